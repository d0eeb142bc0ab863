"""Certificates of real property. All numbers are invented."""

from __future__ import annotations

import pytest

from redaction.recognisers import property_certificate

MATCHES = [
    ("（权证号：辽（2018）营口市不动产权第4067338号）", "辽（2018）营口市不动产权第4067338号",
     "unified certificate"),
    ("辽(2018)营口市 不动产权 第 0012345 号", "辽(2018)营口市 不动产权 第 0012345 号",
     "blanks and half-width brackets"),
    ("辽（二〇一八）营口市不动产权第四〇六七三三八号",
     "辽（二〇一八）营口市不动产权第四〇六七三三八号", "Chinese numerals"),
    ("沪（2017）浦字不动产权第015342号", "沪（2017）浦字不动产权第015342号", "Shanghai's form"),
    ("辽（2018）营口市不动产证明第0012345号", "辽（2018）营口市不动产证明第0012345号",
     "certificate of a mortgage"),
    ("辽（2018）营口市不动产权0012345号", "辽（2018）营口市不动产权0012345号", "第 left out"),
    ("不动产权第123号", "不动产权第123号", "no head, three digits, the fewest"),
    ("营房权证鲅字第20110012345号", "营房权证鲅字第20110012345号", "deed before 2015"),
    ("盖国用（2009）第0123号", "盖国用（2009）第0123号", "land use"),
    ("营集用（2009）第0123号之二", "营集用（2009）第0123号之二", "collective land, a second sheet"),
    ("他项权证营字第2011001号", "他项权证营字第2011001号", "other rights"),
    ("210802001003GB00012F00010023", "210802001003GB00012F00010023", "unit number"),
    ("210802 001003 GB00012 F00010023", "210802 001003 GB00012 F00010023", "unit number in groups"),
    ("房照号：12345", "12345", "the old word for a deed"),
    ("权证号为盖农字12345", "盖农字12345", "words before the digits belong to the number"),
]  # fmt: skip

NEAR_MISSES = [
    ("（2018）辽0802执1234号", "a case number"),
    ("不动产权属争议", "the words alone"),
    ("动产权第0012345号", "movables have no certificate"),
    ("不动产权第12号", "two digits are an ordinal"),
    ("不动产权0012345号", "neither head nor 第"),
    ("210802001003GB00012F0001002", "unit number, a digit short"),
    ("A210802001003GB00012F00010023", "part of a longer code"),
    ("房产证两本", "a quantity of deeds"),
]

HOSTILE = [
    ("不动产权" * 500, [], "words without end, no number"),
    ("（" * 2000 + "不动产权第0012345号", ["不动产权第0012345号"], "nested brackets before"),
    ("不动产权第0012\u200b345号", ["不动产权第0012\u200b345号"], "a zero-width blank inside"),
    ("不动产权第\ud8000012345号", ["不动产权第\ud8000012345号"], "a lone surrogate inside"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: str, why: str) -> None:
    assert spans(property_certificate.find, text) == [expected], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(property_certificate.find, text) == [], why


@pytest.mark.parametrize(("text", "expected", "why"), HOSTILE)
def test_holds_out(spans, text: str, expected: list[str], why: str) -> None:
    assert spans(property_certificate.find, text) == expected, why


@pytest.mark.parametrize(
    "label",
    ["权证号", "权证号码", "产权证", "产权证号", "房产证", "房产证号", "权属证编号",
     "权属证书编号", "权属证书号", "不动产证", "不动产证号", "房照", "房照号", "土地证",
     "土地证号", "不动产单元号"],
)  # fmt: skip
@pytest.mark.parametrize("link", ["：", "为", "是"])
def test_every_label_announces_a_number(spans, label: str, link: str) -> None:
    (found,) = spans(property_certificate.find, f"{label}{link}A12345")
    assert found.endswith("A12345")


@pytest.mark.parametrize(
    "word",
    ["房权证", "房地证", "房产证", "房屋所有权证", "他项权证", "他项权", "土地使用权证",
     "土地使用证", "预告登记证明", "国用", "集用"],
)  # fmt: skip
def test_every_kind_of_deed_is_known(spans, word: str) -> None:
    assert spans(property_certificate.find, f"{word}营字第2011001号") == [f"{word}营字第2011001号"]
