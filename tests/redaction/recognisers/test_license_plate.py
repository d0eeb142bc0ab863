"""Vehicle plates."""

from __future__ import annotations

import pytest

from redaction import identifiers
from redaction.recognisers import license_plate

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
]

NEAR_MISSES = [
    ("辽0802执12号", "a court's code"),
    ("辽H", "the office letter alone"),
    ("云A股60000手", "shares"),
    ("京东A座12层", "a tower"),
    ("使用123456元购车", "a verb, and an amount"),
    ("黑B", "too short"),
]


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


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: str, why: str) -> None:
    assert spans(license_plate.find, text) == [expected], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(license_plate.find, text) == [], why


@pytest.mark.parametrize(("text", "expected", "why"), HOSTILE)
def test_holds_out(spans, text: str, expected: list[str], why: str) -> None:
    assert spans(identifiers.find, text) == expected, why
