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


VERBS = [
    "就读于", "就读", "在读于", "上学于", "读书于", "学习于", "入读", "转入", "转学至", "转学到",
    "考入", "考上", "毕业于", "系", "在", "现为", "送至", "送到",
]  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_leads_to_the_school_behind_it(spans, verb: str) -> None:
    assert spans(minor.find, f"该学生{verb}青石小学") == ["青石小学"]


SCHOOLS = [
    "青石幼儿园", "青石托儿所", "青石小学", "青石中学", "青石初中", "青石高中", "青石职高",
    "青石技校", "青石学校", "青石附小", "青石附中", "营口一中", "营口十中",
    "青石小学东校区", "青石小学东风新城校区", "青石小学十二年级12班", "青石小学学前班",
    "青石小学3年", "青石小学3班", "青石小学（12）班", "营口一中高三",
]  # fmt: skip


@pytest.mark.parametrize("school", SCHOOLS)
def test_school_and_class_go_whole(spans, school: str) -> None:
    assert spans(minor.find, f"其子在{school}，成绩") == [school]


CONTEXTS = [
    "就读", "在读", "上学", "读书", "入读", "转学", "学生", "未成年", "之子", "之女",
    "其子", "其女",
    "长子", "长女", "次子", "次女", "孩子", "子女", "年级", "儿子", "女儿", "婚生", "幼子", "幼女",
    "班主任",
]  # fmt: skip


@pytest.mark.parametrize("word", CONTEXTS)
def test_every_word_about_a_child_makes_the_school_one_of_a_child(spans, word: str) -> None:
    assert spans(minor.find, f"{word}，在青石小学") == ["青石小学"]
    assert spans(minor.find, "某人，在青石小学") == [], "without the word nobody is a child"


@pytest.mark.parametrize(
    "masked", ["某", "×", "一所", "当地", "该", "公立", "私立", "高收费私立", "于某", "于×"]
)
def test_a_school_that_is_not_named_stays(spans, masked: str) -> None:
    assert spans(minor.find, f"其子就读{masked}寄宿小学") == []


def test_word_about_a_child_is_looked_for_only_near_the_school(spans) -> None:
    far = "其子" + "，" * 38
    assert spans(minor.find, f"{far}在青石小学") == [], "one character too far"
    assert spans(minor.find, f"{far[:-1]}在青石小学") == ["青石小学"], "40 before"
    assert spans(minor.find, f"在青石小学{'，' * 11}学生") == [], "one too far behind"
    assert spans(minor.find, f"在青石小学{'，' * 10}学生") == ["青石小学"], "12 behind"


def test_one_school_that_is_masked_hides_none_behind_it(spans) -> None:
    assert spans(minor.find, "其子就读于某小学，后转入青石中学") == ["青石中学"]


def test_school_at_the_head_of_the_text_and_class_far_in_it(spans) -> None:
    assert spans(minor.find, "一年级1班的孩子") == ["一年级1班"]
    assert spans(minor.find, "班班一年级1班的孩子") == ["一年级1班"]


@pytest.mark.parametrize(
    "behind",
    [
        "（1岁", "，17岁", "，十岁", "，十七周岁", "，九岁", "(9岁", "、9岁", ",9岁", "9岁",
        "（ 9 岁",
        "，女、9岁", "（男，9岁", "，现年9岁", "，年仅9岁", "，时年9岁", "，今年9岁", "，现9岁",
        "（系未成年", "，随其母共同生活的未成年",
        "（" + "甲" * 24 + "未成年",
    ],
)  # fmt: skip
def test_words_behind_a_name_that_say_child(behind: str) -> None:
    assert minor.is_child(View(f"刘子涵{behind}"), 0, 3)


@pytest.mark.parametrize(
    "behind",
    ["，18岁", "，十八岁", "，二十岁", "，30岁", "，一百岁", "未成年", "（" + "甲" * 25 + "未成年"],
)
def test_words_behind_a_name_that_say_nothing_of_a_child(behind: str) -> None:
    assert not minor.is_child(View(f"刘子涵{behind}"), 0, 3)


@pytest.mark.parametrize(
    "before",
    [
        "未成年人", "未成年子", "未成年子女", "未成年女", "未成年儿子", "未成年女儿", "婚生子",
        "婚生女", "小学生", "初中生", "幼子", "幼女", "男童", "女童", "男婴", "女婴",
        "男童：", "女婴、",
    ],
)  # fmt: skip
def test_words_before_a_name_that_say_child(before: str) -> None:
    text = f"{before}刘子涵"
    assert minor.is_child(View(text), len(before), len(text))
