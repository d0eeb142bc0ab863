"""Passages and marks are cut from plain text without changing it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.grams import query_words
from search_index.snippets import SNIPPET_LENGTH, cut, mark


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("欧阳云舟", "云舟", ["云舟"]),
        ("歐陽雲舟", "云舟", ["雲舟"]),
        ("营口ＳＴ宏达", "st宏", ["ＳＴ宏"]),
        ("申请恢复执行", "怎么申请恢复", ["申请恢复"]),
        ("张三与李四", "张三 李四", ["张三", "李四"]),
        ("张三李四", "张三 李四", ["张三李四"]),
        ("张\u200b三", "张三", ["张", "三"]),
        ("云舟云舟", "云舟", ["云舟云舟"]),
        ("无关文字", "云舟", []),
        ("", "云舟", []),
    ],
)
def test_what_matched_is_marked(text: str, typed: str, marked: list[str]) -> None:
    segments = mark(text, query_words(typed))
    assert [piece for piece, is_match in segments if is_match] == marked
    assert "".join(piece for piece, _ in segments) == text


def test_a_short_text_is_shown_whole() -> None:
    assert cut("欧阳云舟到庭", query_words("云舟")) == (
        ("欧阳", False),
        ("云舟", True),
        ("到庭", False),
    )


def test_the_passage_around_the_first_match_is_shown() -> None:
    text = "前" * 500 + "云舟" + "后" * 500
    segments = cut(text, query_words("云舟"))
    assert segments[0] == ("…", False)
    assert segments[-1] == ("…", False)
    assert ("云舟", True) in segments
    shown = "".join(piece for piece, _ in segments[1:-1])
    assert len(shown) == SNIPPET_LENGTH
    assert shown in text


def test_the_beginning_is_shown_where_nothing_matches() -> None:
    segments = cut("前" * 500, query_words("云舟"))
    assert segments == (("前" * SNIPPET_LENGTH, False), ("…", False))


@given(st.text(max_size=400), st.text(max_size=10))
def test_segments_never_change_the_text(text: str, typed: str) -> None:
    words = query_words(typed)
    assert "".join(piece for piece, _ in mark(text, words)) == text
    shown = "".join(piece for piece, _ in cut(text, words)).strip("…")
    assert shown in text
    assert all(piece for piece, _ in cut(text, words))
