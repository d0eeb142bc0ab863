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
_N = rf"(?:\d{{1,2}}|[{CHINESE_DIGITS}十廿]{{1,3}})"
_DATE = (
    rf"{_Y}\s?(?:年\s?(?:农历|阴历)?\s?{_N}\s?月(?:\s?{_N}\s?[日号])?|[-./]\s?\d{{1,2}}(?:\s?[-./]\s?\d{{1,2}})?"
    r"|\d{4}(?!\d))"
)
_AFTER = re.compile(
    rf"(?<![0-9{CHINESE_DIGITS}]){_DATE}(?=\s?(?:出?生(?![产活效意成态存命])|生人|出世|诞生|降生))"
)
_BEFORE = re.compile(
    r"(?:出生(?:日期|年月日?|时间|于)?|生于|生日|诞生于|出生年月日?)(?:为|是|系|在|[:： （(])*"
    + _DATE
)
# 张某，男，汉族，1975年1月5日: the personal line at the head of every court paper
_HEAD = re.compile(
    rf"(?:^|(?<=[，,、（(]))\s?[男女]\s?[，,、](?:[^，,、。；\d]{{1,6}}[，,、])?\s?{_DATE}"
)


def find(view: View) -> Iterator[Candidate]:
    """Yield dates of birth; the replacement keeps the year."""
    text = view.text
    if not view.mentions("生", "出世", "男", "女"):
        return
    for pattern, score in ((_AFTER, 0.97), (_BEFORE, 0.95), (_HEAD, 0.9)):
        for match in pattern.finditer(text):
            year = match.group("year").translate(TO_ASCII)
            start = match.start("year")
            mask = f"{year}年×月×日"
            yield Candidate(Kind.BIRTH_DATE, start, match.end(), score, "出生日期", NAME, mask)
