"""Folding: one alphabet, and the way back to the original characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.folding import fold

ROWS = [
    ("１３８", "138", "full-width digits"),
    ("①③⑧", "138", "circled digits"),
    ("𝟏𝟑𝟖", "138", "mathematical digits"),
    ("١٣٨", "138", "Arabic-Indic digits"),
    ("1\u20e33\u20e38\u20e3", "138", "keycaps: an enclosing mark on each digit"),
    ("1\u200b3\u20608", "138", "zero-width blank and word joiner"),
    ("\u202e138\u202c", "138", "direction overrides"),
    ("\ufeff138", "138", "a byte order mark"),
    ("1\u0301\u03013\u03018", "138", "combining accents piled on digits"),
    ("a\ud800b", "ab", "a lone surrogate"),
    ("執行號", "执行号", "traditional forms of court words"),
    ("鮁鱼圈", "鲅鱼圈", "the variant of the district's name"),
    ("（，：）", "（，：）", "ordinary Chinese punctuation stays"),
    ("張偉", "張偉", "names are not converted"),
    ("第㈠组", "第一组", "a parenthesised numeral is one sign"),
    ("½", "1\u20442", "a fraction becomes three characters"),
]


@pytest.mark.parametrize(("text", "folded", "why"), ROWS)
def test_folds(text: str, folded: str, why: str) -> None:
    assert fold(text).text == folded, why


@given(st.text())
def test_every_folded_span_maps_into_the_original(text: str) -> None:
    folded = fold(text)
    reached = 0
    for offset in range(len(folded.text)):
        start, end = folded.span(offset, offset + 1)
        assert 0 <= start < end <= len(text)
        assert start >= reached or folded.positions is not None
        reached = start
    assert folded.span(0, len(folded.text))[1] <= len(text)


@given(st.text())
def test_folding_is_idempotent(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


def test_a_span_takes_the_marks_inside_along() -> None:
    text = "电话1\u200b3\u200b8。"
    folded = fold(text)
    start, end = folded.span(folded.text.index("1"), folded.text.index("8") + 1)
    assert text[start:end] == "1\u200b3\u200b8"
