"""Citizen numbers: 18 digits (GB 11643), residence permits of the same form, and old 15-digit ones.

A wrong check digit does not make the number harmless (clerks mistype one digit of seventeen), so
the shape and the date inside are enough; the checksum and a label only raise the score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction import checksums
from redaction.digits import CHINESE_DIGITS, LOOKALIKES, SEPARATORS, DigitRun, misread
from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "id_number"
_LABEL = re.compile(r"身份|证件|公民|居住证|居留|证号|[Ii][Dd]|驾驶证|号码")
# What clerks type for X; digits may follow only where X is the right check character.
_TAIL = re.compile(rf"[{SEPARATORS}]{{0,4}}([XxХх×*╳✕✖])(?![A-Za-z])(\d)?")
_WRITTEN = rf"[0-9{CHINESE_DIGITS}{LOOKALIKES}]"
_LABELLED = re.compile(
    r"(?:身份证件?(?:号码?)?|证件号码?|身份号码?)[^0-9A-Za-z\u3400-\u9fff]{0,4}为?[:： \n]*"
    rf"({_WRITTEN}(?:[{SEPARATORS}]{{0,3}}{_WRITTEN}){{13,18}}(?:[{SEPARATORS}]{{0,3}}[Xx×*])?)"
    r"(?![0-9A-Za-z])"
)
_DATE = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_EIGHTEEN = re.compile(rf"(?=([1-9]\d{{5}}(?:18|19|20)\d\d{_DATE}\d{{4}}))")
_SEVENTEEN = re.compile(rf"(?=([1-9]\d{{5}}(?:18|19|20)\d\d{_DATE}\d{{3}}))")
_FIFTEEN = re.compile(rf"(?=([1-9]\d{{7}}{_DATE}\d{{3}}))")


def find(view: View) -> Iterator[Candidate]:
    """Yield every citizen number of a text."""
    for run in view.digit_runs:
        yield from _eighteen(view, run)
        yield from _fifteen(view, run)
    yield from _after_label(view)


def _eighteen(view: View, run: DigitRun) -> Iterator[Candidate]:
    for first, last in run.whole(_EIGHTEEN, 18, 18):
        digits = run.digits[first:last]
        if checksums.has_id_date(digits):
            start, end = run.span(first, last)
            yield _scored(view, start, end, digits)
    for first, last in run.whole(_SEVENTEEN, 17, 17):
        digits = run.digits[first:last]
        start, end = run.span(first, last)
        tail = _TAIL.match(view.text, end)
        if tail is None or not checksums.has_id_date(digits):
            continue
        if tail.group(2) is None or checksums.id_check_digit(digits) == "X":
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
    for first, last in run.whole(_FIFTEEN, 15, 15):
        digits = run.digits[first:last]
        year, month, day = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
        if not checksums.is_calendar_date(1900 + year, month, day):
            continue
        start, end = run.span(first, last)
        labelled = bool(_LABEL.search(view.before(start)))
        if labelled or not view.guards.covers(start, end):
            score = 0.95 if labelled else 0.75
            yield _candidate(start, end, score, "十五位旧式公民身份号码样式")


def _after_label(view: View) -> Iterator[Candidate]:
    """After a label a digit may be missing, or a letter stand for one."""
    for at in view.labels(NAME):
        match = _LABELLED.match(view.text, at)
        if match and misread(match.group(1).rstrip("Xx×*")):
            yield _candidate(*match.span(1), 0.9, "证件号码标签后的号码")


def _candidate(start: int, end: int, score: float, reason: str) -> Candidate:
    return Candidate(Kind.ID_NUMBER, start, end, score, reason, NAME)
