"""Numbers that stay: each guard, what it does not reach to, and that reading is bounded."""

from __future__ import annotations

import pytest

from redaction.view import View

# The number that asks stands between the marks.
GUARDED = [
    ("（2018）辽0802执恢《123》号之一", "a case number"),
    ("〔2015〕营执字第《123》号", "an old case number"),
    ("法释〔2016〕《19》号", "a judicial interpretation"),
    ("（ 2018 ）辽 0802 执 《1234》-2 号", "blanks, and a sub-number"),
    ("2018辽0803执《123》号", "a case number without brackets"),
    ("于《2018-04-12》开拍", "a date"),
    ("于《2018.4.12》开拍", "a date with dots"),
    ("《2018年4月12日10:30:00》", "a date with a time of day"),
    ("《13,844,120,537.00》元", "an amount"),
    ("《13844120537》万元", "an amount in ten thousands"),
    ("共《13844120537》平方米", "an area"),
    ("《13844120537》㎡", "an area by its sign"),
    ("人民币《1827142.23》", "an amount, currency before it"),
    ("本金为：《182714223》", "words of money before it"),
    ("拍品编号：《13844120537》", "the number of a lot"),
    ("订单号《13844120537》", "an order"),
    ("流水号为《A13844120537》", "a receipt"),
    ("《91210800MA06820137》", "a unified social credit code"),
    ("统一社会信用代码《912108000682013777》", "a credit code without a letter, by label"),
    ("注册号：《210800004012345》", "a registration"),
    ("请拨打《12368》", "the line of the courts"),
    ("http://example.invalid/《13844120537》.htm", "the older sort of web address"),
    ("（1998）辽0802执《123》号", "a case of the last century"),
    ("于《1998-04-12》开拍", "a date of the last century"),
    ("《2018-04-12T10:30:00》", "a date with a time as machines write it"),
    ("机构代码：《21080000》", "eight digits, the fewest of a code"),
    ("（2018）营字第《1234》号", "four digits after 字第: a case"),
    ("https://example.invalid/《13844120537》.htm", "in a web address"),
]

OPEN = [
    ("电话《13844120537》", "nothing guards a telephone"),
    ("（2018）营口市不动产权第《0012345》号", "a certificate of property looks like a case number"),
    ("（2018）营房权证字第《20110012345》号", "a deed, too"),
    ("《91210800106820137》", "seventeen characters, no credit code"),
    ("《912108001068201377》", "no letter: rather a citizen number"),
    ("《11912368》", "the line of the courts inside a longer number"),
    ("《13844120537》米", "metres are not measured to eleven digits"),
    ("https://example.invalid/，《13844120537》", "after the end of a web address"),
    ("机构代码：《2108000》", "seven digits are no code"),
    ("（2018）营字第《23456》号", "five digits after 字第: a deed"),
    ("《123680》", "longer than the line of the courts"),
    ("订单《13844120537》", "an order, but not its number"),
    ("人民币存入《13844120537》", "money, but another word stands between"),
]


def _asked(marked: str) -> bool:
    start = marked.index("《")
    end = marked.index("》") - 1
    return View(marked.replace("《", "").replace("》", "")).guards.covers(start, end)


@pytest.mark.parametrize(("marked", "why"), GUARDED)
def test_stays(marked: str, why: str) -> None:
    assert _asked(marked), why


@pytest.mark.parametrize(("marked", "why"), OPEN)
def test_is_not_guarded(marked: str, why: str) -> None:
    assert not _asked(marked), why


def test_every_number_of_a_text_gets_its_own_answer() -> None:
    text = "订单号13844120537，电话13844120538，" * 3
    guards = View(text).guards
    answers = []
    at = text.find("138")
    while at >= 0:
        answers.append(guards.covers(at, at + 11))
        at = text.find("138", at + 1)
    assert answers == [True, False] * 3
    assert guards.covers(4, 14), "asked again, after others"


def test_a_long_web_address_guards_its_end() -> None:
    text = "https://example.invalid/" + "a/" * 400 + "13844120537"
    assert View(text).guards.covers(len(text) - 11, len(text))


def test_digits_on_end_are_read_together_with_what_stands_before_them() -> None:
    text = "订单号" + "1" * 300
    assert View(text).guards.covers(290, 303)


@pytest.mark.parametrize("word", ["房权", "国用", "集用", "他项", "土地", "房产"])
def test_no_word_for_a_deed_stands_in_a_case_number(word: str) -> None:
    assert not _asked(f"（2018）营{word}第《0012》号")


@pytest.mark.parametrize(
    "unit",
    [
        "元",
        "万",
        "万元",
        "亿",
        "亿元",
        "美元",
        "平方米",
        "平米",
        "公里",
        "余元",
        "千克",
        "吨",
        "股",
    ],
)
def test_every_unit_makes_a_quantity(unit: str) -> None:
    assert _asked(f"共《13844120537》{unit}")


@pytest.mark.parametrize(
    "word", ["人民币", "￥", "¥", "RMB", "金额", "本金", "利息", "价款", "标的", "标的额"]
)
@pytest.mark.parametrize("link", ["", "为", "是", "共计", "合计", "："])
def test_every_word_of_money_makes_an_amount(word: str, link: str) -> None:
    assert _asked(f"{word}{link}《182714223》")


@pytest.mark.parametrize(
    "noun",
    ["拍品", "标的", "标的物", "拍卖", "公告", "订单", "交易", "流水", "文书", "案件", "项目",
     "合同", "发票", "凭证", "备案"],
)  # fmt: skip
@pytest.mark.parametrize("word", ["编号", "编码", "序号", "ID", "id", "号码", "号"])
def test_every_sort_of_reference_stays(noun: str, word: str) -> None:
    assert _asked(f"{noun}{word}：《13844120537》")


@pytest.mark.parametrize("word", ["信用代码", "机构代码", "注册号", "税号", "纳税人识别号"])
def test_every_word_for_a_code_keeps_it(word: str) -> None:
    assert _asked(f"{word}：《210800004012345》")


@pytest.mark.parametrize("line", ["12368", "12309", "12345", "12315"])
def test_every_public_line_stays(line: str) -> None:
    assert _asked(f"致电《{line}》")
