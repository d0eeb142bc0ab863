"""Vehicle plates."""

from __future__ import annotations

import pytest

from redaction import identifiers
from redaction.recognisers import license_plate
from redaction.view import View

MATCHES = [
    ("车牌号为辽H15D3W的轿车", "辽H15D3W", "plain"),
    ("辽H·12345", "辽H·12345", "middle dot as printed on the plate"),
    ("辽H 12345", "辽H 12345", "blank"),
    ("辽 H12345", "辽 H12345", "blank after the province"),
    ("辽h15d3w", "辽h15d3w", "lower case"),
    ("遼H15D3W", "遼H15D3W", "traditional province sign"),
    ("辽Ｈ１５Ｄ３Ｗ", "辽Ｈ１５Ｄ３Ｗ", "full width"),
    ("辽HD12345", "辽HD12345", "new energy, small car"),
    ("辽H12345F", "辽H12345F", "new energy, large car"),
    ("辽HYEQPN", "辽HYEQPN", "letters only"),
    ("辽H1234挂", "辽H1234挂", "trailer"),
    ("辽H1234学", "辽H1234学", "learner"),
    ("WJ辽12345", "WJ辽12345", "armed police"),
    ("WJ08-12345", "WJ08-12345", "armed police, older series"),
    ("使014·578号车辆", "使014·578", "embassy"),
    ("使014578的轿车", "使014578", "embassy, unbroken"),
    ("沪A1234领", "沪A1234领", "consulate"),
    ("京X1234应急", "京X1234应急", "emergency services"),
    ("辽H12345临", "辽H12345临", "temporary"),
    ("车牌号H12345", "H12345", "province left out, by label"),
    ("辽H1 2 3 4 5", "辽H1 2 3 4 5", "digit by digit"),
    ("辽HD·1·2·3·4·5", "辽HD·1·2·3·4·5", "six characters, dots between"),
    ("辽H12-345", "辽H12-345", "cut after the second"),
    ("辽H123 45", "辽H123 45", "cut after the third"),
    ("辽H123 4567", "辽H123 4567", "four behind the cut are as many as there may be"),
    ("辽H临1234", "辽H临1234", "temporary, the sign in front"),
    ("辽H临12345", "辽H临12345", "temporary, five characters"),
    ("辽H1234临", "辽H1234临", "temporary, four characters"),
    ("WJ1234", "WJ1234", "armed police, four digits and no province"),
    ("WJ辽12345B", "WJ辽12345B", "armed police with a letter at the end"),
]

NEAR_MISSES = [
    ("辽0802执12号", "a court's code"),
    ("辽H", "the office letter alone"),
    ("云A股60000手", "shares"),
    ("京东A座12层", "a tower"),
    ("使用123456元购车", "a verb, and an amount"),
    ("黑B", "too short"),
    ("辽H1234567", "seven characters are too many"),
    ("辽H123挂", "three before the sign of a trailer are too few"),
    ("辽H12345678 临时", "no plate, and no sign of a temporary one"),
    ("AWJ12345", "letters of a longer code"),
    ("WJ123456789", "nine digits"),
    ("车牌号H123", "four characters after a label are too few"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: str, why: str) -> None:
    assert spans(license_plate.find, text) == [expected], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(license_plate.find, text) == [], why


@pytest.mark.parametrize("province", license_plate.PROVINCES)
def test_every_province_is_known(spans, province: str) -> None:
    assert spans(license_plate.find, f"{province}H12345") == [f"{province}H12345"]


@pytest.mark.parametrize("end", "挂学警港澳领使试")
def test_every_series_is_known(spans, end: str) -> None:
    assert spans(license_plate.find, f"辽H1234{end}") == [f"辽H1234{end}"]


@pytest.mark.parametrize("word", ["车", "牌", "轿", "货", "客", "摩托"])
def test_an_embassy_wants_a_word_for_a_vehicle(spans, word: str) -> None:
    assert spans(license_plate.find, f"{word}使014578") == ["使014578"]


LABELS = ["车牌", "车牌号", "车牌号码", "号牌", "号牌号码", "车牌照", "牌照", "牌照号", "车号"]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("link", ["", "为", "是", "：", "为：\n"])
def test_every_label_announces_a_plate_without_its_province(spans, label: str, link: str) -> None:
    assert spans(license_plate.find, f"{label}{link}H12345") == ["H12345"]


@pytest.mark.parametrize("word", ["车", "牌", "轿", "货", "客", "摩托"])
def test_a_word_for_a_vehicle_makes_it_surer(word: str) -> None:
    (bare,) = license_plate.find(View("辽H12345"))
    (announced,) = license_plate.find(View(f"{word}辽H12345"))
    assert bare.score < announced.score


def test_a_lower_case_word_behind_a_province_needs_a_vehicle(spans) -> None:
    assert spans(license_plate.find, "云abcdef") == []
    assert spans(license_plate.find, "车辆云abcdef") == ["云abcdef"]


def test_the_digits_of_an_embassy_need_a_vehicle(spans) -> None:
    assert spans(license_plate.find, "使014578") == []


# Read by all recognisers together: what one leaves to another must not be left over.
HOSTILE = [
    ("辽" * 5000, [], "provinces without end"),
    ("辽H" * 2000, [], "offices without end"),
    ("WJ" * 2000, [], "armed police without end"),
    ("辽H12345" * 50, ["辽H12345"] * 50, "plates without a gap"),
    ("辽\u202eH12345", ["辽\u202eH12345"], "a mark of direction inside"),
    ("辽H\u030112345", ["辽H\u030112345"], "an accent on the letter"),
    ("辽H\ud80012345", ["辽H\ud80012345"], "a lone surrogate inside"),
    ("辽\u200bH\u200b12345", ["辽\u200bH\u200b12345"], "invisible blanks"),
    ("辽 Ｈ 12345", ["辽 Ｈ 12345"], "full width and blanks together"),
    ("辽H··· 12345", ["辽H··· 12345"], "a row of dots"),
    ("（（辽H12345））", ["辽H12345"], "nested brackets"),
]


@pytest.mark.parametrize(("text", "expected", "why"), HOSTILE)
def test_holds_out(spans, text: str, expected: list[str], why: str) -> None:
    assert spans(identifiers.find, text) == expected, why
