"""Dates of birth, recognised by the words around a date. The year stays, month and day go.

Other dates are proceedings and stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.digits import CHINESE_DIGITS, TO_ASCII
from redaction.model import Kind
from redaction.view import Candidate, View

NAME = "birth_date"
_Y = rf"(?P<year>(?:1[89]|20)\d\d|[一二][{CHINESE_DIGITS}]{{3}}|\d\d(?=年))"
_MONTH = rf"(?:\d{{1,2}}|[{CHINESE_DIGITS}十]{{1,2}}|[正冬腊])"
_DAY = rf"(?:\d{{1,2}}|[{CHINESE_DIGITS}十廿]{{1,3}}|初[{CHINESE_DIGITS}十])"
_DATE = (
    rf"{_Y}\s?(?:年\s?(?:农历|阴历)?\s?{_MONTH}\s?月(?:\s?{_DAY}\s?[日号]|初[{CHINESE_DIGITS}十]|[廿十][{CHINESE_DIGITS}])?"
    r"|[-./]\s?\d{1,2}(?:\s?[-./]\s?\d{1,2})?|\d{4}(?!\d))"
)
_BORN = re.compile(r"出生(?![产活效意成态存命])|生(?:人|(?![产活效意成态存命]))|出世|诞生|降生")
_DATED = re.compile(rf"(?<![0-9{CHINESE_DIGITS}])(?P<date>{_DATE})\s?$")
_LONGEST_DATE = 24
_ENDS_DATE = frozenset("0123456789日号月 十" + CHINESE_DIGITS)
_BEFORE = re.compile(
    r"(?:出生(?:日期|年月日?|时间|于)?|生于|生日|诞生于)(?:为|是|系|在|[:： （(])*"
    rf"(?:{_DATE}|(?<=[日是为：:])(?P<day>{_MONTH}\s?月\s?{_DAY}\s?[日号]))"
)
# 张某，男，汉族，1975年1月5日: the personal line at the head of every court paper
_HEAD = re.compile(
    rf"[男女](?<![^，,、（(\s][男女])\s?[，,、](?:[^，,、。；\d]{{1,6}}[，,、])?\s?{_DATE}"
)


def find(view: View) -> Iterator[Candidate]:
    """Yield dates of birth; the replacement keeps the year."""
    for match, score in _matches(view):
        if match.groupdict().get("day"):
            yield Candidate(Kind.BIRTH_DATE, *match.span("day"), score, "生日", NAME, "×月×日")
            continue
        year = match.group("year").translate(TO_ASCII)
        end = match.end("date" if "date" in match.re.groupindex else 0)
        yield Candidate(
            Kind.BIRTH_DATE, match.start("year"), end, score, "出生日期", NAME, f"{year}年×月×日"
        )


def _matches(view: View) -> Iterator[tuple[re.Match[str], float]]:
    text = view.text
    for born in _BORN.finditer(text):
        end = born.start()
        if text[end - 1 : end] not in _ENDS_DATE:
            continue
        dated = _DATED.search(text, max(0, end - _LONGEST_DATE), end)
        if dated:
            yield dated, 0.97
    for match in _BEFORE.finditer(text):
        yield match, 0.95
    for match in _HEAD.finditer(text):
        yield match, 0.9
