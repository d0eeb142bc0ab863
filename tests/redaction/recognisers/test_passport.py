"""Passports. All numbers are invented."""

from __future__ import annotations

import pytest

from redaction.recognisers import passport

MATCHES = [
    ("护照E12345678", "E12345678", "ordinary passport since 2012"),
    ("EA1234567号", "EA1234567", "second series, no label"),
    ("G12345678", "G12345678", "ordinary passport before 2012"),
    ("持D12345678出境", "D12345678", "diplomatic"),
    ("SE1234567", "SE1234567", "service passport, second series"),
    ("K12345678", "K12345678", "Hong Kong"),
    ("KJ1234567", "KJ1234567", "Hong Kong, second series"),
    ("MA1234567", "MA1234567", "Macao"),
    ("护照号码：ab1234567", "ab1234567", "foreign, by label"),
    ("护照号G 1234 5678", "G 1234 5678", "blanks after a label"),
    ("Passport No. X1234567", "X1234567", "label in English"),
    ("PASSPORT X1234567", "X1234567", "in capitals"),
    ("护照编号为123456", "123456", "six digits, the fewest"),
    ("护照号12345678901", "12345678901", "eleven characters, the most"),
    ("护照（E12345678）", "E12345678", "in brackets"),
    ("Ｅ１２３４５６７８", "Ｅ１２３４５６７８", "full width"),
    ("护照号AB12345", "AB12345", "five digits, the fewest beside letters"),
    ("订单号E12345678，护照E87654321", "E87654321", "a lot of that shape stays, the passport goes"),
    ("订单编号与护照一致：E12345678", "E12345678", "a word for a passport outweighs the order"),
]

NEAR_MISSES = [
    ("E1234567", "seven digits only"),
    ("G123456789", "nine digits"),
    ("EI1234567", "no series has an I"),
    ("护照号ABCDEFG", "letters only are a name"),
    ("护照号ABC1234", "four digits are too few"),
    ("护照号123456789012", "twelve characters are another number"),
    ("护照编号为12345", "five characters are too few"),
    ("护照一本", "the word alone"),
    ("订单号E12345678", "the number of an order"),
    ("https://example.invalid/E12345678", "in a web address"),
]

HOSTILE = [
    ("护照" * 500 + "E12345678", ["E12345678"], "many labels before one number"),
    ("护照" + "A1" * 5000, [], "an endless code after a label"),
    ("护照" + "（" * 500 + "E12345678", ["E12345678"], "nested brackets between"),
    ("护照E1\u200b2345678", ["E1\u200b2345678"], "a zero-width blank inside"),
    ("护照E1234\ud8005678", ["E1234\ud8005678"], "a lone surrogate inside"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MATCHES)
def test_finds(spans, text: str, expected: str, why: str) -> None:
    assert spans(passport.find, text) == [expected], why


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES)
def test_leaves(spans, text: str, why: str) -> None:
    assert spans(passport.find, text) == [], why


@pytest.mark.parametrize(("text", "expected", "why"), HOSTILE)
def test_holds_out(spans, text: str, expected: list[str], why: str) -> None:
    assert spans(passport.find, text) == expected, why
