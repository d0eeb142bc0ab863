"""Folding: one alphabet, and the way back to the original characters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
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
    ("張偉", "张伟", "a name in traditional characters is the name of the case"),
    ("瀋陽蘇傑", "沈阳苏杰", "places and rarer characters"),
    ("营⼝市⼈⺠法院", "营口市人民法院", "radicals, as copied out of a PDF"),
    ("⻢⻓⻰", "马长龙", "radicals that no normal form turns into characters"),
    ("㬵州", "胶州", "the other character that PDF files give out"),
    ("⻑", "长", "a traditional radical is simplified too"),
    ("薴", "苎", "converted until nothing is left to convert"),
    ("皇后", "皇后", "simplified characters stay as they are"),
    ("二○一八", "二〇一八", "a circle typed for the numeral"),
    ("138…4412", "138.4412", "an ellipsis stands for one sign, so that offsets stay"),
    ("138\u20284412", "138\n4412", "a line separator is a line break"),
    ("𠀀😀", "𠀀😀", "characters beyond the basic plane that fold to nothing else"),
    ("ำ", "า", "of a sign that decomposes into a mark and a letter the letter is left"),
    ("第㈠组", "第一组", "a parenthesised numeral is one sign"),
    ("½", "1\u20442", "a fraction becomes three characters"),
]


@pytest.mark.parametrize(("text", "folded", "why"), ROWS)
def test_folds(text: str, folded: str, why: str) -> None:
    assert fold(text).text == folded, why


@settings(deadline=None)  # the first text folded waits for the table
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


@settings(deadline=None)  # the first text folded waits for the table
@given(st.text())
def test_folding_is_idempotent(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


def test_a_span_takes_the_marks_inside_along() -> None:
    text = "电话1\u200b3\u200b8。"
    folded = fold(text)
    start, end = folded.span(folded.text.index("1"), folded.text.index("8") + 1)
    assert text[start:end] == "1\u200b3\u200b8"


def test_traditional_characters_keep_their_places() -> None:
    text = "證人張偉（電話13844120537）到庭。"
    folded = fold(text)
    assert folded.text == "证人张伟（电话13844120537）到庭。"
    assert folded.positions is None
    assert folded.original == text


def test_a_whole_text_in_traditional_characters() -> None:
    text = (
        "遼寧省營口市蓋州市人民法院執行裁定書，申請執行人張偉與被執行人劉東買賣合同糾紛一案，"
        "經審理終結，現已發生法律效力，審判長陳國強，書記員趙麗華"
    )
    assert fold(text).text == (
        "辽宁省营口市盖州市人民法院执行裁定书，申请执行人张伟与被执行人刘东买卖合同纠纷一案，"
        "经审理终结，现已发生法律效力，审判长陈国强，书记员赵丽华"
    )
