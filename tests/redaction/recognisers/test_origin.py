"""Ethnic group and religion of a person."""

from __future__ import annotations

import pytest

from redaction.recognisers import origin
from redaction.view import View

MATCHES = [
    ("男，满族，1975年1月5日出生", "满族", "personal line"),
    ("民族：朝鲜族", "朝鲜族", "after a label"),
    ("其信仰伊斯兰教，", "伊斯兰教", "religion"),
    ("系虔诚的基督教徒", "基督教徒", "believer"),
]  # fmt: skip

NEAR_MISSES = [
    ("岫岩满族自治县人民法院", "a county"),
    ("家族企业", "a family business"),
    ("满族、锡伯族聚居地区", "peoples of a region"),
    ("营口市佛教协会", "an organisation"),
]  # fmt: skip

HOSTILE = ["族", "满族", "系", "信仰", "教"]


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: str, why: str) -> None:
    assert spans(origin.find, text) == [expected], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(origin.find, text) == [], why


@pytest.mark.parametrize("unit", HOSTILE)
def test_long_runs_come_back(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    for candidate in origin.find(View(text)):
        assert 0 <= candidate.start < candidate.end <= len(text)
