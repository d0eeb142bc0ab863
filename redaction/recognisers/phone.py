"""Mobile and landline numbers, with or without country code, in every usual grouping.

Published numbers stay: the 12368 service line, and the numbers the caller lists to keep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "phone"
_MOBILE = re.compile(r"(?:0086|086|86|0)?(1[3-9]\d{9})")
_LABEL = re.compile(
    r"电话|手机|联系|号码|致电|拨打|来电|热线|传真|座机|微信|短信|tel|phone|mob|call", re.IGNORECASE
)
_COUNTRY_CODE = re.compile(r"[（(]?\+?\s?[（(]?\s?\+?(?:00)?86\s?[)）]?[ \-·.]{0,2}$|\+$")
_UNIT = re.compile(r"\s*(?:元|万|亿|平方|㎡|吨|股|美元)")
_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z.])(?:[（(]\s?0\d{2,3}\s?[)）]|0\d{2,3})[ \-]{0,3}[2-9]\d{2,3}[ \-]?\d{4}"
    r"(?:\s?(?:-|转|转分机)\s?\d{1,6})?(?![0-9])"
)
_SERVICE = re.compile(r"(?<![0-9A-Za-z])[48]00[ \-]?\d{3}[ \-]?\d{4}(?![0-9])")
_BARE = re.compile(
    r"(?:电话|座机|传真|家庭电话|固话|联系方式|宅电|来电|致电|拨打)(?:号码|号)?(?:为|是|[:： ])*"
    r"([2-9]\d{2,3}[ \-]?\d{4}(?:\s?(?:-|转)\s?\d{1,6})?)(?![0-9])"
)
_LANDLINE_LABELS = ("电话", "座机", "传真", "固话", "联系", "宅电", "来电", "致电", "拨打")
_MISREAD = re.compile(
    r"(?:电话|手机|联系方式|手机号码?)(?:号码|号)?(?:为|是|[:： ])*"
    r"([1lI][3-9SsBb][0-9OoQDIlZzSsBb \-]{8,14}[0-9OoQDIlSB])(?![0-9A-Za-z])"
)
_CONFUSABLE = str.maketrans("OoQDIlZzSsBb", "000011225588")


def find(view: View) -> Iterator[Candidate]:
    """Yield every telephone number of a text."""
    for run in view.digit_runs:
        for first, last in run.pieces(11, 15):
            match = _MOBILE.fullmatch(run.digits, first, last)
            if match is None:
                continue
            start, end = run.span(first, last)
            labelled = bool(_LABEL.search(view.before(start, 10)))
            if not labelled and (view.guards.covers(start, end) or _UNIT.match(view.text, end)):
                continue
            score = 0.98 if labelled else 0.9
            yield _candidate(_code_start(view, start), end, score, "手机号码")
    if view.has_digits:
        yield from _landlines(view)
    if view.mentions("电话", "手机", "联系"):
        yield from _misread(view)


def _code_start(view: View, start: int) -> int:
    """Where the number begins, +86, 0086 or (86) before it included."""
    window = view.before(start, 12)
    match = _COUNTRY_CODE.search(window)
    return start - (len(window) - match.start()) if match else start


def _landlines(view: View) -> Iterator[Candidate]:
    for match in _LANDLINE.finditer(view.text):
        labelled = bool(_LABEL.search(view.before(match.start(), 10)))
        if labelled or not view.guards.covers(*match.span()):
            yield _candidate(*match.span(), 0.95 if labelled else 0.8, "固定电话号码")
    for match in _SERVICE.finditer(view.text):
        if not view.guards.covers(*match.span()):
            yield _candidate(*match.span(), 0.8, "400/800电话号码")
    if not view.mentions(
        "电话", "座机", "传真", "固话", "联系", "宅电", "来电", "致电", "拨打", "手机"
    ):
        return
    for match in _BARE.finditer(view.text):
        yield _candidate(*match.span(1), 0.9, "电话标签后的号码")


def _misread(view: View) -> Iterator[Candidate]:
    for match in _MISREAD.finditer(view.text):
        compact = re.sub(r"[ \-]", "", match.group(1)).translate(_CONFUSABLE)
        if len(compact) == 11 and compact.isdecimal():
            yield _candidate(*match.span(1), 0.85, "电话标签后的号码，疑似数字误识为字母")


def _candidate(start: int, end: int, score: float, reason: str) -> Candidate:
    return Candidate(Kind.PHONE, start, end, score, reason, NAME)
