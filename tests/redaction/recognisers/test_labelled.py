"""Numbers only their label gives away. All are invented."""

from __future__ import annotations

import pytest

from redaction.recognisers import labelled

MATCHES = [
    ("病历号：A0012345", "A0012345", "medical file"),
    ("社会保障卡号码210800123456", "210800123456", "social security"),
    ("医保卡号为12345678", "12345678", "health insurance"),
    ("公积金账号210800123456", "210800123456", "housing fund"),
    ("学籍号G210802201201010012", "G210802201201010012", "school file"),
    ("残疾人证号21080219850317001211", "21080219850317001211", "disability"),
    ("军官证号：军字第1234567号", "军字第1234567号", "three characters before the digits"),
    ("军官证号：空字1234567号", "空字1234567号", "an office of the army before the digits"),
    ("驾驶证档案编号210800123456", "210800123456", "driver's file"),
    ("查询码ABCD", "ABCD", "a code of letters only"),
    ("密码：abcd", "abcd", "a password of letters only"),
    ("IP地址192.168.1.10", "192.168.1.10", "an address on the net"),
    ("IP：192.168.1.10", "192.168.1.10", "the same, abbreviated: a colon follows"),
    ("户口簿编号1234", "1234", "four characters, the fewest"),
    ("病历号\n12345", "12345", "in the next line"),
]

NEAR_MISSES = [
    ("社保缴费12个月", "no number follows the label"),
    ("病历号123", "three characters are too few"),
    ("病历号ABCD", "letters only, and no code"),
    ("住院号码牌", "the word goes on"),
    ("VIP：12345", "the end of another word"),
    ("IP案件2018年", "letters, and no colon"),
    ("学号遗失", "the word alone"),
]

HOSTILE = [
    ("病历号" * 1000 + "12345", ["病历号12345"], "many labels before one number"),
    ("病历号" + "1" * 5000, [], "a number without end is left to the recogniser of accounts"),
    ("病历号" + " " * 3000 + "12345", ["12345"], "blanks without end between"),
    ("密码" + "a-" * 5000, ["a-" * 29 + "a"], "a password without end: thirty characters"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: str, why: str) -> None:
    assert spans(labelled.find, text) == [expected], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(labelled.find, text) == [], why


@pytest.mark.parametrize(("text", "expected", "why"), HOSTILE)
def test_holds_out(spans, text: str, expected: list[str], why: str) -> None:
    assert spans(labelled.find, text) == expected, why


@pytest.mark.parametrize(
    "label",
    ["社会保障卡号", "社会保障号", "社会保障号码", "社保卡号", "社保账号", "社保号", "社保号码",
     "社保编号", "社保个人编号", "医保卡号", "医保账号", "医保号", "医保号码", "公积金账号",
     "公积金账户", "公积金个人账户", "公积金号", "病历号码", "住院号", "住院号码", "门诊号",
     "门诊号码", "就诊卡号", "就诊号", "病案号", "学籍号", "学号", "准考证号", "残疾证号",
     "残疾人证", "残疾人证编号", "军官证", "士兵证号", "士兵证", "警官证号", "警官证",
     "驾驶证号", "驾驶证号码", "保单号", "保单号码", "工号", "户口簿号", "户口号", "户口编号",
     "出生医学证明", "出生医学证明编号", "IMEI", "设备号", "IP地", "IP地址"],
)  # fmt: skip
@pytest.mark.parametrize("link", ["", "为", "是", "："])
def test_every_label_announces_a_number(spans, label: str, link: str) -> None:
    assert spans(labelled.find, f"{label}{link}12345") == ["12345"]
