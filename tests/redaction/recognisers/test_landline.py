"""Landlines and service numbers, and the telephones of courts, which stay."""

from __future__ import annotations

import pytest

from redaction import identifiers
from redaction.recognisers import landline

MATCHES = [
    ("0417.2857617", ["0417.2857617"], "dot"),
    ("0 4 1 7 2 8 5 7 6 1 7", ["0 4 1 7 2 8 5 7 6 1 7"], "digit by digit"),
    ("零四一七-二八五七六一七", ["零四一七-二八五七六一七"], "Chinese numerals"),
    ("电话：二八五七六一七", ["二八五七六一七"], "numerals without area code, by label"),
    ("电话2857617、2857618", ["2857617", "2857618"], "a list after one label"),
    ("(0417) 2857617-801", ["(0417) 2857617-801"], "extension after a hyphen"),
    ("400 8208 820", ["400 8208 820"], "service number in other groups"),
    ("本院查明张某电话0417-2857617", ["0417-2857617"], "the court says whose it is"),
    ("举报人电话0417-2857617", ["0417-2857617"], "an informer is a person"),
    ("向法院提供其电话0417-2857617", ["0417-2857617"], "words between that are no office"),
]

KEPT = [
    ("本院电话0417-2857617", "the court"),
    ("营口市中级人民法院执行局联系电话：（0417）2857617", "a bureau, in brackets"),
    ("执行指挥中心值班电话为0417-2857617", "the command centre"),
    ("举报电话0417-2857617、0417-2857618", "a list"),
    ("监督热线2857617", "without area code"),
    ("立案庭電話0417-2857617", "traditional characters"),
]

NEAR_MISSES = [
    ("2018-04-12", "a date"),
    ("0417-285761", "a digit short"),
    ("（2018）辽0802执2857617号", "a case number"),
    ("01234", "an area code alone"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: list[str], why: str) -> None:
    assert spans(landline.find, text) == expected, why


@pytest.mark.parametrize(("text", "why"), KEPT)
def test_keeps_what_courts_publish(spans, text: str, why: str) -> None:
    assert spans(landline.find, text) == [], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(landline.find, text) == [], why


@pytest.mark.parametrize(
    "label",
    ["电话", "座机", "传真", "固话", "联系方式", "宅电", "来电", "致电", "拨打"],
)
@pytest.mark.parametrize("link", ["", "号", "号码", "为", "是", "："])
def test_every_label_announces_a_number_without_area_code(spans, label: str, link: str) -> None:
    assert spans(landline.find, f"{label}{link}2857617") == ["2857617"]


@pytest.mark.parametrize("sign", "、,，/;；或和及")
def test_every_sign_joins_another_number(spans, sign: str) -> None:
    assert spans(landline.find, f"电话2857617{sign}2857618") == ["2857617", "2857618"]


@pytest.mark.parametrize(
    "office",
    ["本院", "法院", "法庭", "执行局", "执行庭", "执行一庭", "立案庭", "立案大厅", "诉讼服务中心",
     "诉讼服务大厅", "执行指挥中心", "指挥中心", "监察室", "纪检组", "纪检监察室", "督察室",
     "举报", "监督", "投诉"],
)  # fmt: skip
def test_every_office_keeps_its_telephone(spans, office: str) -> None:
    assert spans(landline.find, f"{office}电话0417-2857617") == []


@pytest.mark.parametrize(
    "word",
    ["的", "公开", "值班", "联系", "咨询", "服务", "办公", "办公室", "受理", "专用", "全天",
     "24小时"],
)  # fmt: skip
def test_every_word_may_stand_between_office_and_telephone(spans, word: str) -> None:
    assert spans(landline.find, f"本院{word}电话0417-2857617") == []


# Read by all recognisers together: what one leaves to another must not be left over.
HOSTILE = [
    ("0417-" * 100, [], "area codes without a number"),
    ("（0417（0417（0417）2857617", ["（0417）2857617"], "brackets that are never closed"),
    ("0417\u202e-2857617", ["0417\u202e-2857617"], "a mark of direction inside"),
    ("0417\u0301-2857617", ["0417\u0301-2857617"], "an accent on a digit"),
    ("0417\ud800-2857617", ["0417\ud800-2857617"], "a lone surrogate inside"),
    ("０４１７－２８５７６１７", ["０４１７－２８５７６１７"], "full width with its hyphen"),
    ("0417\u200b2857617", ["0417\u200b2857617"], "an invisible blank for the hyphen"),
    ("电话2857617" * 200, ["2857617"] * 200, "a label before each of many"),
    ("0" * 5000, ["0" * 5000], "noughts without end"),
]


@pytest.mark.parametrize(("text", "expected", "why"), HOSTILE)
def test_holds_out(spans, text: str, expected: list[str], why: str) -> None:
    assert spans(identifiers.find, text) == expected, why
