"""Which places the words around them settle, and which are left for the model."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.names.dictionary import Cut
from redaction.names.evidence import Verdict, weigh_all
from redaction.names.leading import Before

NAMES = [
    ("被执行人乔涵烨名下有房产", ["乔涵烨"], "a role before, a word of procedure behind"),
    ("证人张伟、李丽到庭", ["张伟", "李丽"], "names joined to one that is announced"),
    ("开户人马天佑，男", ["马天佑"], "the dictionary reads 人马, the role cuts it"),
    ("经向熊珩核实", ["熊珩"], "the preposition is no family name before another one"),
    ("当场查获唐娟随身携带的财物", ["唐娟"], "a whole word follows the shorter name"),
    ("欧阳娜娜到庭", ["欧阳娜娜"], "a compound family name"),
    ("收款账户为王桂英名下账户", ["王桂英"], "英名 is a word across the end of the name"),
    ("13812345678张伟到庭", ["张伟"], "glued to a telephone number"),
]
NOBODY = [
    ("被执行人于本院查封后转移财产", "于本院 are function words"),
    ("被执行人有财产可供执行", "有 begins a word"),
    ("被执行人应当申报财产", "应当 is a word"),
    ("共计50元现金", "元 counts money"),
    ("坐落于太和庄村", "a village"),
    ("位于白云区", "a district"),
    ("证人证言证实", "no family name at all"),
    ("联系方式不详", "方式 is a word"),
    ("中华人民共和国刑法", "国 stands inside a word"),
    ("张某于判决生效后", "masked already"),
    ("", "no text"),
]
DOUBTFUL = [
    ("被告人帕晓燕，女", "帕晓燕", "a family name of no table behind a role"),
    ("约定由方平及其亲属交付", "方平", "a rare word of the dictionary behind a preposition"),
]


@pytest.mark.parametrize(("text", "names", "why"), NAMES)
def test_settles_names(text: str, names: list[str], why: str) -> None:
    settled = [e for e in weigh_all(text, Cut(text)) if e.verdict is Verdict.NAME]
    assert [text[e.start : e.end] for e in settled] == names, why
    assert all(0.8 <= e.score <= 0.97 for e in settled), why


@pytest.mark.parametrize(("text", "why"), NOBODY)
def test_finds_nobody_in_words(text: str, why: str) -> None:
    assert all(e.verdict is Verdict.NONE for e in weigh_all(text, Cut(text))), why


@pytest.mark.parametrize(("text", "word", "why"), DOUBTFUL)
def test_leaves_the_rest_to_the_model(text: str, word: str, why: str) -> None:
    doubts = [e for e in weigh_all(text, Cut(text)) if e.verdict is Verdict.DOUBTFUL]
    assert any(e.start <= text.index(word) < e.end for e in doubts), why


def test_names_joined_to_a_title_are_titled_too() -> None:
    text = "审判员李建国、王芳"
    assert [e.before for e in weigh_all(text, Cut(text))] == [Before.TITLE, Before.TITLE]


@given(st.text(alphabet="张王向于被执行人证人的、，。0某 名下到庭a·", max_size=60))
def test_places_lie_in_the_text_in_order(text: str) -> None:
    reached = 0
    for evidence in weigh_all(text, Cut(text)):
        assert 0 <= evidence.start < evidence.end <= len(text)
        assert evidence.start >= reached
        reached = evidence.start
