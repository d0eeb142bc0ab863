"""Vehicle identification, engine and registration numbers. All are invented."""

from __future__ import annotations

import pytest

from redaction.recognisers import vehicle
from redaction.view import View

MATCHES = [
    ("车架号LSVAA49J192123456", "LSVAA49J192123456", "by label"),
    ("1M8GDM9AXKP042788", "1M8GDM9AXKP042788", "valid check digit, no label"),
    ("1m8gdm9axkp042788", "1m8gdm9axkp042788", "lower case"),
    ("LSVAA49J192123456", "LSVAA49J192123456", "wrong check digit, but it ends in four digits"),
    ("VIN:LSVAA49J1921234AB", "LSVAA49J1921234AB", "a label stands for the missing check digit"),
    ("发动机号：B5204T4-123", "B5204T4-123", "engine number by label"),
    ("发动机号12345", "12345", "five characters, the fewest"),
    ("机动车登记证书编号210012345678", "210012345678", "registration certificate"),
    ("车辆识别代号为LSVAA49J 192123456", "LSVAA49J 192123456", "a blank inside, by label"),
    ("LSVAABCDE5FGJ1234", "LSVAABCDE5FGJ1234", "no label, five digits, the fewest"),
    ("LSVAA49J1BCDE1234", "LSVAA49J1BCDE1234", "no label, four digits at the end, the fewest"),
    ("发动机号" + "A1" * 12, "A1" * 12, "twenty-four characters, the most"),
    ("行驶证号210800123456", "210800123456", "driving licence of the vehicle"),
]

NEAR_MISSES = [
    ("91210800MA06820137", "eighteen characters: a credit code"),
    ("12345678901234567", "digits only are no vehicle number"),
    ("LSVAA49J19212345", "sixteen characters"),
    ("LSVAA49O192123456", "the alphabet has no O"),
    ("LSVAA49J1921234AB", "wrong check digit, no label, no four digits at the end"),
    ("LSVAABCDEFGHJ1234", "wrong check digit and hardly a digit"),
    ("LSVAA49J19212A345", "wrong check digit, no label, three digits at the end"),
    ("发动机号" + "A1" * 12 + "A", "twenty-five characters are too many"),
    ("发动机号ABCDE", "letters only are a make"),
    ("发动机号1234", "four characters are too few"),
    ("发动机一台", "the word alone"),
]

HOSTILE = [
    ("车架号" * 500 + "LSVAA49J192123456", ["LSVAA49J192123456"], "many labels, one number"),
    ("发动机号" + "A1" * 5000, [], "an endless code after a label"),
    ("1M8GDM9AXKP042788" * 300, [], "no edge anywhere"),
    ("1M8GDM9A\u200dXKP042788", ["1M8GDM9A\u200dXKP042788"], "a zero-width joiner inside"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: str, why: str) -> None:
    assert spans(vehicle.find, text) == [expected], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(vehicle.find, text) == [], why


@pytest.mark.parametrize(("text", "expected", "why"), HOSTILE)
def test_holds_out(spans, text: str, expected: list[str], why: str) -> None:
    assert spans(vehicle.find, text) == expected, why


@pytest.mark.parametrize(
    "label",
    ["发动机号", "发动机号码", "发动机编号", "车架号", "车架号码", "车辆识别代号", "车辆识别代码",
     "大架号", "底盘号", "机动车登记证号", "机动车登记证书号", "机动车登记证书编号",
     "机动车登记证书", "档案编号", "行驶证号"],
)  # fmt: skip
@pytest.mark.parametrize("link", ["", "为", "是", "："])
def test_every_label_announces_a_number(spans, label: str, link: str) -> None:
    assert spans(vehicle.find, f"{label}{link}A12345") == ["A12345"]


@pytest.mark.parametrize("word", ["车架", "识别代", "底盘", "VIN", "vin", "大架"])
def test_a_word_outweighs_a_wrong_check_digit(word: str) -> None:
    (bare,) = vehicle.find(View("LSVAA49J892120001"))
    (announced,) = vehicle.find(View(f"{word} LSVAA49J892120001"))
    assert bare.score < announced.score


def test_goes_on_after_a_code_that_is_none(spans) -> None:
    assert spans(vehicle.find, "ABC12345，1M8GDM9AXKP042788") == ["1M8GDM9AXKP042788"]
