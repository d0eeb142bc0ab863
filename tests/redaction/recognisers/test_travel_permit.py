"""Travel and residence permits. All numbers are invented."""

from __future__ import annotations

import pytest

from redaction.recognisers import travel_permit
from redaction.view import View

MATCHES = [
    ("C12345678", "C12345678", "to Hong Kong and Macao"),
    ("CA1234567", "CA1234567", "to Hong Kong and Macao, second series"),
    ("W12345678", "W12345678", "to Hong Kong and Macao, older"),
    ("T12345678", "T12345678", "to Taiwan"),
    ("L12345678", "L12345678", "to Taiwan, second series"),
    ("C1234567", "C1234567", "seven digits, the fewest"),
    ("CHN123456789012", "CHN123456789012", "residence permit of 2017, no label"),
    ("M12345678", "M12345678", "from Macao"),
    ("H1234567801", "H1234567801", "home-return permit with renewal count"),
    ("h12345678", "h12345678", "lower case"),
    ("台胞证12345678", "12345678", "eight digits, by label"),
    ("回乡证号：H 1234 5678", "H 1234 5678", "blanks after a label"),
    ("居留证CHN123456789012", "CHN123456789012", "residence permit of 2017"),
    ("通行证号码为1234567", "1234567", "seven characters, the fewest by label"),
    ("通行证编号1234567890123456", "1234567890123456", "sixteen characters, the most by label"),
    ("通行证A123456", "A123456", "six digits, the fewest beside letters"),
    ("订单编号及通行证：C12345678", "C12345678", "a word for a permit outweighs the order"),
]

NEAR_MISSES = [
    ("H12345", "too short"),
    ("H123456789", "nine digits: neither with nor without renewal count"),
    ("C123456", "six digits after C"),
    ("C123456789", "nine digits after C"),
    ("CH123456789012", "two letters are no country"),
    ("CHNA123456789012", "nor are four"),
    ("CHN12345678901", "a residence permit, a digit short"),
    ("CHN1234567890123", "a residence permit, a digit too long"),
    ("B12345678", "no permit begins with B"),
    ("通行证123456", "six characters are too few"),
    ("通行证12345678901234567", "seventeen characters are another number"),
    ("通行证AB12345", "five digits are too few"),
    ("往来港澳通行证一本", "the words alone"),
    ("订单号C12345678", "the number of an order"),
]

HOSTILE = [
    ("通行证" * 500 + "C12345678", ["C12345678"], "many labels before one number"),
    ("通行证" + "1 " * 5000, [("1 " * 16).strip()], "a number without end: sixteen characters"),
    ("C12345678" * 500, [], "no edge anywhere"),
    ("C1234\u202e5678", ["C1234\u202e5678"], "a sign that turns the direction of writing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: str, why: str) -> None:
    assert spans(travel_permit.find, text) == [expected], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(travel_permit.find, text) == [], why


@pytest.mark.parametrize(("text", "expected", "why"), HOSTILE)
def test_holds_out(spans, text: str, expected: list[str], why: str) -> None:
    assert spans(travel_permit.find, text) == expected, why


@pytest.mark.parametrize("label", ["通行证", "台胞证", "回乡证", "居留证", "居留身份证", "返乡证"])
@pytest.mark.parametrize("link", ["", "号", "号码", "证号", "编号", "为", "是", "：", "号（"])
def test_every_label_announces_a_number(spans, label: str, link: str) -> None:
    assert spans(travel_permit.find, f"{label}{link}12345678") == ["12345678"]


@pytest.mark.parametrize("word", ["通行证", "台胞证", "回乡证", "居留", "证件", "往来"])
def test_a_word_for_a_permit_outweighs_an_amount(spans, word: str) -> None:
    assert spans(travel_permit.find, "一张，C12345678元") == []
    assert spans(travel_permit.find, f"{word}一张，C12345678元") == ["C12345678"]


@pytest.mark.parametrize("word", ["通行证", "台胞证", "回乡证", "居留", "证件", "往来"])
def test_a_word_for_a_permit_makes_it_surer(word: str) -> None:
    (bare,) = travel_permit.find(View("W12345678"))
    # The same number may be read twice, by its shape and after its label: each is surer.
    announced = list(travel_permit.find(View(f"{word} W12345678")))
    assert announced and all(bare.score < candidate.score for candidate in announced)
