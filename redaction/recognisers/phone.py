"""Mobile numbers, with or without country code, in every usual grouping."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.digits import LOOKALIKES, SEPARATORS, misread
from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "phone"
LABEL = re.compile(
    r"电话|手机|联系|号码|致电|拨打|来电|热线|传真|座机|微信|短信|tel|phone|mob|call"
)
"""Words before a number that make it a telephone number; looked for in lower case."""
_MOBILE = re.compile(r"(?=((?:0086|086|86|0)?1[3-9]\d{9}))")
_COUNTRY_CODE = re.compile(r"[（(]?\+?\s?[（(]?\s?\+?(?:00)?86\s?[)）]?[ \-·.]{0,2}$|\+$")
_CODE_ENDS = frozenset("6+)） -·.")
_UNIT = re.compile(r"\s*(?:元|万|亿|平方|m2(?![0-9A-Za-z])|吨|股|美元)")
_MISREAD = re.compile(
    r"(?:电话|手机|联系方式|致电|拨打|来电)(?:号码|号)?(?:为|是|[:： ])*(?:\+?86[ \-]?)?"
    rf"([1lI|](?:[{SEPARATORS}]{{0,2}}[0-9{LOOKALIKES}]){{10}})(?![0-9A-Za-z])"
)


def find(view: View) -> Iterator[Candidate]:
    """Yield every mobile number of a text."""
    for run in view.digit_runs:
        for first, last in run.whole(_MOBILE, 11, 15):
            start, end = run.span(first, last)
            labelled = is_labelled(view, start)
            if not labelled and (view.guards.covers(start, end) or _UNIT.match(view.text, end)):
                continue
            score = 0.98 if labelled else 0.9
            yield candidate(_code_start(view, start), end, score, "手机号码")
    for at in view.labels(NAME):
        match = _MISREAD.match(view.text, at)
        if match and misread(match.group(1)):
            yield candidate(*match.span(1), 0.85, "电话标签后的号码，疑似数字误识为字母")


def is_labelled(view: View, start: int) -> bool:
    """Whether a word for a telephone stands before an offset."""
    return bool(LABEL.search(view.before(start, 10).lower()))


def _code_start(view: View, start: int) -> int:
    """Where the number begins, +86, 0086 or (86) before it included."""
    if view.text[max(0, start - 1) : start] not in _CODE_ENDS:
        return start
    window = view.before(start, 12)
    match = _COUNTRY_CODE.search(window)
    return start - (len(window) - match.start()) if match else start


def candidate(start: int, end: int, score: float, reason: str) -> Candidate:
    """A telephone number."""
    return Candidate(Kind.PHONE, start, end, score, reason, NAME)
