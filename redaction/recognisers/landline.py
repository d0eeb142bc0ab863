"""Landlines and 400 numbers, with area code or, after a label, without.

What a court publishes about itself stays: the 12368 line, and a landline that directly follows
words for the court's own telephone (本院执行局联系电话：0417-…). A mobile number never does, and a
number known to be private is masked by its value, whatever stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.digits import CHINESE_DIGITS, DIGIT, SEPARATORS
from redaction.recognisers.phone import candidate, is_labelled
from redaction.view import Candidate, View

NAME = "landline"
_ZERO = "[0〇零]"
_SUBSCRIBER = f"[2-9{CHINESE_DIGITS[3:11]}]{DIGIT}{{2,3}}[{SEPARATORS}]?{DIGIT}{{4}}"
_EXTENSION = rf"(?:\s?(?:-|转|转分机|分机)\s?{DIGIT}{{1,6}})?"
_REST = rf"[{SEPARATORS}]{{0,3}}{_SUBSCRIBER}{_EXTENSION}(?![0-9])"
_LANDLINE = re.compile(rf"(?<![0-9A-Za-z.]){_ZERO}{DIGIT}{{2,3}}{_REST}")
_BRACKETED = re.compile(rf"[（(]\s?{_ZERO}{DIGIT}{{2,3}}\s?[)）]{_REST}")
# Digit by digit or in other groups: only real area codes, 010, 02x and four digits
_COMPACT = (
    re.compile(r"(?=(0[12]\d[2-9]\d{7}|0[3-9]\d\d[2-9]\d{6}|[48]00\d{7}))"),
    re.compile(r"(?=(0[3-9]\d\d[2-9]\d{7}))"),
)
_BARE = re.compile(
    r"(?:电话|座机|传真|固话|联系方式|宅电|来电|致电|拨打)(?:号码|号)?(?:为|是|[:： ])*"
    rf"({_SUBSCRIBER}{_EXTENSION})(?![0-9])"
)
_ANOTHER = re.compile(rf"\s?[、,，/;；或和及]\s?({_SUBSCRIBER}{_EXTENSION})(?![0-9])")
_FIRST = ("0", "400", "800")
_EXTENSION_WIDTH = 16
_LABEL_WIDTH = 40
_OFFICE = (
    r"本院|法院|法庭|执行局|执行[一二三四五六七八九十]?庭|立案庭|立案大厅|诉讼服务(?:中心|大厅)|"
    r"执行指挥中心|指挥中心|监察室|纪检(?:监察)?[组室]|督察室|举报|监督|投诉"
)
# Nothing but words of an office may stand between it and its telephone: 本院查明张某的电话 is
# about somebody else.
_COURT = re.compile(
    rf"(?:{_OFFICE})(?:{_OFFICE}|的|公开|值班|联系|咨询|服务|办公室?|受理|专用|全天|24小时)*"
    r"(?:电话|热线|专线)(?:号码)?(?:为|是|[:： ])*"
    r"(?:(?:[（(]?0\d{2,3}[)）]?[ \-]?)?\d{3,4}[ \-]?\d{4}\s?[、,，/;；或和及]\s?)*$"
)


def find(view: View) -> Iterator[Candidate]:
    """Yield landlines and service numbers."""
    for start, end in _seen(view):
        labelled = is_labelled(view, start)
        if (labelled or not view.guards.covers(start, end)) and not _is_of_court(view, start):
            yield candidate(start, end, 0.95 if labelled else 0.8, "固定电话号码")
    for at in view.labels("phone"):
        match = _BARE.match(view.text, at)
        while match:
            if not _is_of_court(view, match.start(1)):
                yield candidate(*match.span(1), 0.9, "电话标签后的号码")
            match = _ANOTHER.match(view.text, match.end(1))


def _seen(view: View) -> Iterator[tuple[int, int]]:
    for at in view.labels(NAME):
        if match := _BRACKETED.match(view.text, at):
            yield match.span()
    for run in view.digit_runs:
        if any(run.digits.startswith(_FIRST, bound) for bound in run.bounds):
            end = run.offsets[-1] + _EXTENSION_WIDTH
            for match in _LANDLINE.finditer(view.text, run.offsets[0], end):
                yield match.span()
            for pattern in _COMPACT:
                for first, last in run.whole(pattern, 10, 12):
                    yield run.span(first, last)


def _is_of_court(view: View, start: int) -> bool:
    return _COURT.search(view.before(start, _LABEL_WIDTH)) is not None
