"""Names whose characters stand apart, found behind a role without a list of parties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction import Redactor
from redaction.names import spaced
from redaction.view import View

MATCHES = [
    ("法定代表人 赵 铁 柱 未到庭", ["赵 铁 柱"], "three characters"),
    ("被执行人：刘　洋", ["刘　洋"], "ideographic blank"),
    ("被执行人  刘　洋，男", ["刘　洋"], "two blanks before"),
    ("被执行人：刘　洋、王　磊", ["刘　洋", "王　磊"], "a list: the second has no role of its own"),
    ("被执行人 欧 阳 锋 未到庭", ["欧 阳 锋"], "compound family name"),
    ("申请执行人 王 伟 诉 被执行人 李 强", ["王 伟", "李 强"], "a verb between two"),
    ("被执行人 刘 洋 男 1980年生", ["刘 洋"], "the sex is no given name"),
    ("法定代表人刘 洋到庭", ["刘 洋"], "a verb of procedure right behind"),
    ("原告 王 伟 到庭", ["王 伟"], "a word behind a blank"),
]  # fmt: skip

NEAR_MISSES = [
    ("执 行 裁 定 书", "a heading"),
    ("委托代理人 王 律师", "a family name with a title"),
    ("审判长 王 刚", "a judge acting as such"),
    ("今天 王 伟 来了", "no role before"),
    ("代理人 王 和 李", "a conjunction"),
    ("案外人 中 国 银 行", "no family name"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names", "why"), MATCHES)
def test_finds(text: str, names: list[str], why: str) -> None:
    view = View(text)
    assert [text[c.start : c.end] for c in spaced.find(view)] == names, why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(text: str, why: str) -> None:
    assert list(spaced.find(View(text))) == [], why


def test_the_same_person_is_found_without_blanks_too() -> None:
    text = Redactor().redact("被执行人 欧 阳 锋 未到庭，欧阳锋下落不明").text
    assert text == "被执行人 欧阳某 未到庭，欧阳某下落不明"


def test_two_spellings_are_one_person() -> None:
    text = Redactor().redact("被执行人 刘 洋 到庭，刘洋称其与被执行人刘强系兄弟").text
    assert text.count("刘某1") == 2 and text.count("刘某2") == 1


@pytest.mark.parametrize(
    ("name", "usual"), [("刘 洋", "刘洋"), ("刘洋", "刘洋"), ("John Smith", "John Smith")]
)
def test_only_chinese_names_lose_their_blanks(name: str, usual: str) -> None:
    assert spaced.without_blanks(name) == usual


@given(st.text(alphabet="被执行人王伟刘洋 　、：男诉到庭", max_size=200))
def test_any_text_gives_spans_inside_it_that_do_not_overlap(text: str) -> None:
    view = View(text)
    reached = 0
    for candidate in spaced.find(view):
        assert reached <= candidate.start < candidate.end <= len(view.text)
        reached = candidate.end


@pytest.mark.parametrize("unit", ["王 ", "被执行人 王 伟 ", "人 ", "、王 "])
def test_long_runs_come_back(unit: str) -> None:
    list(spaced.find(View(unit * (60_000 // len(unit)))))
