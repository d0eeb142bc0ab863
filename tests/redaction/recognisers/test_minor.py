"""Children: school and class, and who is said to be a child."""

from __future__ import annotations

import pytest

from redaction.recognisers import minor
from redaction.view import View

MATCHES = [
    ("其子就读于营口市实验小学三年级2班。", "营口市实验小学三年级2班", "school and class"),
    ("婚生女在大石桥市第一中学读书", "大石桥市第一中学", "school"),
    ("系盖州市第二高级中学高三（7）班学生", "盖州市第二高级中学高三（7）班", "class in brackets"),
    ("女儿在蓝天幼儿园大班上学", "蓝天幼儿园大班", "kindergarten"),
    ("送至营口市小太阳托儿所，孩子", "营口市小太阳托儿所", "nursery"),
    ("其女上初二（3）班，成绩", "初二（3）班", "class alone"),
]  # fmt: skip

NEAR_MISSES = [
    ("就读于某小学，", "masked already"),
    ("在营口市实验小学调查取证", "a school as a place, no child near"),
    ("子女就读高收费私立学校", "the rule on spending names no school"),
    ("营口市教育局与中学签约", "no child near"),
    ("值班人员三班轮换", "another kind of class"),
]  # fmt: skip

HOSTILE = ["小学", "就读于", "年级", "班", "在", "系一中"]


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: str, why: str) -> None:
    assert spans(minor.find, text) == [expected], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(minor.find, text) == [], why


@pytest.mark.parametrize("unit", HOSTILE)
def test_long_runs_come_back(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    for candidate in minor.find(View(text)):
        assert 0 <= candidate.start < candidate.end <= len(text)


@pytest.mark.parametrize(
    ("text", "child", "why"),
    [
        ("之子刘子涵（8岁）", True, "age in brackets"),
        ("刘子涵，女，12岁", True, "sex and age"),
        ("刘子涵（2012年8月6日出生，系未成年人）", True, "said so"),
        ("婚生女刘子涵随母生活", True, "a child of the marriage"),
        ("刘子涵（38岁）", False, "grown up"),
        ("刘子涵现年十八周岁", False, "grown up since today"),
        ("刘子涵到庭", False, "nothing said"),
    ],
)
def test_tells_who_is_a_child(text: str, child: bool, why: str) -> None:
    start = text.index("刘子涵")
    assert minor.is_child(View(text), start, start + 3) is child, why
