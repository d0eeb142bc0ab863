"""Citizen numbers: 18 digits (GB 11643), residence permits of the same form, and old 15-digit ones.

A wrong check digit does not make the number harmless (clerks mistype one digit of seventeen), so
the shape and the date inside are enough; the checksum and a label only raise the score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction import checksums
from redaction.digits import DigitRun
from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "id_number"
_LABEL = re.compile(r"身份|证件|公民|居住证|居留|证号|[Ii][Dd]|驾驶证|号码")
_TAIL = re.compile(r"[ \t\r\n·.\-]{0,4}([XxＸ×*])(?![0-9A-Za-z])")
_CONFUSABLE = str.maketrans("OoQDIl|ZzSsBb", "0000111225588")
# A label and what follows it when a scanner or a tired clerk read letters for digits.
_LABELLED = re.compile(
    r"(?:身份证件?(?:号码?)?|公民身份号码|证件号码?|身份号码)"
    r"[^0-9A-Za-z\u3400-\u9fff]{0,4}为?[:： ]*"
    r"([0-9OoQDIlZzSsBb][0-9OoQDIl|ZzSsBb \-]{12,24}[0-9OoIlXx])(?![0-9A-Za-z])"
)
_REGION_FIRST = "12345689"


def find(view: View) -> Iterator[Candidate]:
    """Yield every citizen number of a text."""
    for run in view.digit_runs:
        yield from _eighteen(view, run)
        yield from _fifteen(view, run)
    if "证" in view.text or "身份号" in view.text:
        yield from _misread(view)


def _eighteen(view: View, run: DigitRun) -> Iterator[Candidate]:
    for first, last in run.pieces(18, 18):
        digits = run.digits[first:last]
        if digits[0] in _REGION_FIRST and checksums.has_id_date(digits):
            start, end = run.span(first, last)
            yield _scored(view, start, end, digits)
    for first, last in run.pieces(17, 17):
        digits = run.digits[first:last]
        start, end = run.span(first, last)
        tail = _TAIL.match(view.text, end)
        if tail and digits[0] in _REGION_FIRST and checksums.has_id_date(digits):
            yield _scored(view, start, tail.end(1), digits + "X")


def _scored(view: View, start: int, end: int, digits: str) -> Candidate:
    valid = checksums.id_check_digit(digits[:17]) == digits[17]
    labelled = bool(_LABEL.search(view.before(start)))
    if valid:
        return _candidate(start, end, 1.0, "十八位公民身份号码，校验位正确")
    reason = "十八位公民身份号码样式，校验位不符"
    return _candidate(start, end, 0.95 if labelled else 0.85, reason)


def _fifteen(view: View, run: DigitRun) -> Iterator[Candidate]:
    """Old numbers have no check digit: the date must be real."""
    for first, last in run.pieces(15, 15):
        digits = run.digits[first:last]
        year, month, day = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
        if digits[0] not in _REGION_FIRST or not checksums.is_calendar_date(
            1900 + year, month, day
        ):
            continue
        start, end = run.span(first, last)
        labelled = bool(_LABEL.search(view.before(start)))
        if labelled or not view.guards.covers(start, end):
            score = 0.95 if labelled else 0.75
            yield _candidate(start, end, score, "十五位旧式公民身份号码样式")


def _misread(view: View) -> Iterator[Candidate]:
    for match in _LABELLED.finditer(view.text):
        compact = re.sub(r"[ \-]", "", match.group(1))
        digits = compact[:-1].translate(_CONFUSABLE)
        if len(compact) in (15, 18) and digits.isdecimal():
            yield _candidate(*match.span(1), 0.9, "证件号码标签后的号码，疑似数字误识为字母")


def _candidate(start: int, end: int, score: float, reason: str) -> Candidate:
    return Candidate(Kind.ID_NUMBER, start, end, score, reason, NAME)
