"""Text is cut so that any two adjacent letters can be asked for."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.folding import fold, fold_with_offsets
from search_index.grams import MAX_RUN, Run, Word, name_words, query_words, whole, words
from search_index.variants import simplify


@pytest.mark.parametrize(
    ("text", "grams", "runs"),
    [
        ("欧阳云舟", ["欧阳", "阳云", "云舟"], []),
        ("张", [], []),
        ("2018", [], [Run("2018", True)]),
        ("辽0803执9", ["辽0", "3执", "执9"], [Run("0803", False)]),
        ("营口ST宏达", ["营口", "口s", "t宏", "宏达"], [Run("st", False)]),
        ("第12批", ["第1", "2批"], [Run("12", False)]),
        ("a1b2", [], [Run("a1b2", True)]),
        ("José", ["sé"], [Run("jos", False)]),
        ("𠮷野家", ["𠮷野", "野家"], []),
        ("〇五", ["〇五"], []),
        ("x" * 99, [], [Run("x" * MAX_RUN, True)]),
    ],
)
def test_a_word_is_cut_into_pairs_and_runs(text: str, grams: list[str], runs: list[Run]) -> None:
    (word,) = words(text)
    assert list(word.grams()) == grams
    assert list(word.runs()) == runs


def test_whatever_is_no_letter_separates_words() -> None:
    cut = [word.text for word in words("（2018）辽0803执123号，张三*李四%王_五\n赵六")]
    assert cut == ["2018", "辽0803执123号", "张三", "李四", "王", "五", "赵六"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("张三 李", ["张三"]),
        ("张 三", ["张三"]),
        ("张·三", ["张三"]),
        ("张三 张三", ["张三"]),
        ("张", []),
        ("* ?", []),
        ("1 2", ["12"]),
    ],
)
def test_single_characters_are_left_out_or_joined(typed: str, expected: list[str]) -> None:
    assert [word.text for word in query_words(typed)] == expected


def test_a_name_with_a_dot_is_also_one_word() -> None:
    assert [w.text for w in name_words("阿依·努尔")] == ["阿依", "努尔", "阿依努尔"]
    assert whole("阿依·努尔") == whole(" 阿依努尔 ")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ＡＢＣ１２", "abc12"),
        ("歐陽雲", "欧阳云"),
        ("營口市鮁魚圈區", "营口市鲅鱼圈区"),
        ("㈱宏達", "(株)宏达"),
        ("张\u200b三\u2060", "张三"),
        ("Ｓtraße", "strasse"),
        ("執行\ufeff", "执行"),
        ("e\u0301", "é"),
    ],
)
def test_written_forms_fold_to_one(typed: str, stored: str) -> None:
    assert fold(typed) == fold(stored) == stored


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("歐陽雲舟", "欧阳云舟"),
        ("遼寧省營口市鮁魚圈區", "辽宁省营口市鲅鱼圈区"),
        ("執行異議復議", "执行异议复议"),
        ("葉赫那拉·瑯琊", "叶赫那拉·琅琊"),
        ("蘇甦", "苏苏"),
        ("A座㈱", "a座(株)"),
        ("⻢⻓⺠⼈", "马长民人"),
    ],
)
def test_traditional_characters_and_radicals_are_folded(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF))
def test_a_simplified_character_stays(char: str) -> None:
    once = simplify(char)
    assert simplify(once) == once
    assert len(once) == 1


@given(st.text(max_size=40))
def test_folding_is_idempotent_and_traceable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    composed = unicodedata.normalize("NFC", text)
    folded, offsets = fold_with_offsets(composed)
    assert folded == fold(text)
    assert len(offsets) == len(folded)
    assert list(offsets) == sorted(offsets)


@given(st.text(max_size=40))
def test_every_pair_of_a_word_is_in_a_gram_or_a_run(text: str) -> None:
    for word in words(text):
        pieces = [*word.grams(), *(run.text for run in word.runs())]
        for pair in zip(word.text[:MAX_RUN], word.text[1:MAX_RUN], strict=False):
            assert any("".join(pair) in piece for piece in pieces)


@given(st.text(alphabet="张三李ab12 *", min_size=1, max_size=12))
def test_pairs_of_a_part_are_pairs_of_the_whole(text: str) -> None:
    longer = Word(fold(f"前{text}后").replace(" ", "").replace("*", ""))
    part = Word(longer.text[1:-1])
    assert set(part.grams()) <= set(longer.grams())
