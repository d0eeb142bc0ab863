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
    ("户口簿编号1234", "1234", "four characters, the fewest"),
    ("病历号\n12345", "12345", "in the next line"),
]

NEAR_MISSES = [
    ("社保缴费12个月", "no number follows the label"),
    ("病历号123", "three characters are too few"),
    ("病历号ABCD", "letters only, and no code"),
    ("住院号码牌", "the word goes on"),
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
