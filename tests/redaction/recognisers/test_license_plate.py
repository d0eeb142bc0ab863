"""Vehicle plates."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: str, why: str) -> None:
    assert spans(license_plate.find, text) == [expected], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(license_plate.find, text) == [], why
