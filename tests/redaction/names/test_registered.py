"""A sex, a birthday or a citizen number right behind makes a name of any word."""

from __future__ import annotations

import pytest

from redaction import Redactor
from redaction.names import registered
from redaction.view import View

MATCHES = [
    ("被执行人：黄河，男，汉族", "黄河", "a river"),
    ("被执行人国庆，男，1980年1月1日出生", "国庆", "no family name of any table"),
    ("被执行人安全（男，1980年1月1日出生）", "安全", "in brackets"),
    ("原告泰山（身份证号210803198001013270）", "泰山", "citizen number"),
    ("被告于是，女。", "于是", "sex alone"),
    ("被告万一，1990年2月3日生", "万一", "birthday alone"),
    ("申请执行人高山（曾用名高岭）", "高山", "former name"),
    ("其妻子白雪莲，女，", "白雪莲", "three characters, kinship"),
]  # fmt: skip

NEAR_MISSES = [
    ("被执行人财产情况，男方认可", "男方 is no sex"),
    ("二被执行人均系成年人，男", "a word for people"),
    ("被执行人张某，男，", "masked already"),
    ("黄河，男，", "no role before"),
    ("审判长黄河，男", "a judge acting as such"),
    ("被执行人夫妻二人，女，", "both"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "why"), MATCHES)
def test_finds(text: str, name: str, why: str) -> None:
    assert [text[c.start : c.end] for c in registered.find(View(text))] == [name], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(text: str, why: str) -> None:
    assert list(registered.find(View(text))) == [], why


@pytest.mark.parametrize(
    ("text", "shown", "why"),
    [
        ("其女王小美（2010年生）随母生活", "其女王某", "女王 is a word, 其女 a relative"),
        ("申请执行人张三丰到庭", "申请执行人张某", "a name of legend is a name"),
        ("死者吴某之父吴天明到庭", "吴某之父吴某1", "not to be taken for the one masked already"),
        ("原告张三与被告李四", "原告张某与被告李某", "names of textbooks"),
    ],
)
def test_names_that_a_dictionary_would_hide(text: str, shown: str, why: str) -> None:
    assert shown in Redactor().redact(text).text, why


@pytest.mark.parametrize("unit", ["，男，", "被执行人黄河，男，", "（男，", "人人"])
def test_long_runs_come_back(unit: str) -> None:
    list(registered.find(View(unit * (60_000 // len(unit)))))
