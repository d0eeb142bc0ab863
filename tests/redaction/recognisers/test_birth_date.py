"""Dates of birth: found by the words around them; the year stays."""

from __future__ import annotations

import pytest

from redaction.recognisers import birth_date
from redaction.view import View

MATCHES = [
    ("熊舸涵（2012年8月6日出生，系未成年人）", "2012年8月6日", "before the word"),
    ("出生日期：1975-01-05", "1975-01-05", "after a label"),
    ("出生于一九七五年一月五日", "一九七五年一月五日", "Chinese numerals"),
    ("生于1975.1.5", "1975.1.5", "dots"),
    ("1975年1月生", "1975年1月", "no day"),
    ("男，汉族，1975年1月5日，住", "1975年1月5日", "personal line of a court paper"),
    ("19750105出生", "19750105", "eight digits"),
    ("1990 年 5 月 3 日 出生", "1990 年 5 月 3 日", "blanks between the parts"),
    ("（女，1980.01.02，满族）", "1980.01.02", "personal line in brackets"),
    ("85年3月2日生", "85年3月2日", "a year of two digits"),
    ("农历一九七五年腊月初五出生", "一九七五年腊月初五", "the old calendar"),
    ("1975年正月十五生人", "1975年正月十五", "its first month"),
    ("其生日是3月5日", "3月5日", "no year: nothing of it stays"),
]  # fmt: skip

NEAR_MISSES = [
    ("2018年4月12日立案", "proceedings"),
    ("判决于2018年4月12日生效", "生 inside another word"),
    ("2018年4月12日生产", "produced, not born"),
    ("于2018年5月1日发生争吵", "happened, not born"),
    ("2018年1月5日，生意失败", "the next clause"),
    ("1975年出生", "the year alone may stay"),
    ("被执行人男，已婚", "a personal line without a date"),
]  # fmt: skip

HOSTILE = ["生", "1月", "出生", "1975年", "一", "男，"]


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: str, why: str) -> None:
    assert spans(birth_date.find, text) == [expected], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(birth_date.find, text) == [], why


@pytest.mark.parametrize("unit", HOSTILE)
def test_long_runs_come_back(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    for candidate in birth_date.find(View(text)):
        assert 0 <= candidate.start < candidate.end <= len(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1975年1月5日出生", "1975年×月×日"),
        ("生于一九七五年一月五日", "1975年×月×日"),
        ("生日为1月5日", "×月×日"),
    ],
)
def test_keeps_the_year(text: str, shown: str) -> None:
    assert {candidate.replacement for candidate in birth_date.find(View(text))} == {shown}
