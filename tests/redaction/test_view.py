"""What recognisers share: windows of the text, labels, blanked spans."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from redaction.view import View, windows


@given(st.lists(st.integers(0, 200)), st.integers(0, 20), st.integers(1, 20))
def test_windows_cover_the_same_as_each_by_itself_and_never_overlap(offsets, left, right) -> None:
    spans = list(windows(sorted(offsets), left, right))
    assert all(before < start for (_, before), (start, _) in pairwise(spans))
    assert {cell for start, end in spans for cell in range(start, end)} == {
        cell for o in offsets for cell in range(max(0, o - left), o + right)
    }


def test_before_and_after_stop_at_the_ends_of_the_text() -> None:
    view = View("甲乙丙丁")
    assert view.before(2) == "甲乙" and view.after(2) == "丙丁"
    assert view.before(3, 2) == "乙丙" and view.after(0, 1) == "甲"
    assert view.before(0) == "" and view.after(4) == ""


def test_blanked_spans_keep_every_offset() -> None:
    view = View("电话13844120537，卡6217003383693518269")
    rest = view.without([(14, 33), (2, 13), (5, 9)])
    assert rest.text == "电话" + "×" * 11 + "，" + "×" * 19 + "9"
    assert rest.digit_runs == []


def test_mentions_whatever_the_case() -> None:
    assert View("WeChat号").mentions("qq", "wechat")
    assert not View("WeChat号").mentions("qq")


def test_labels_stand_where_their_words_begin() -> None:
    view = View("联系电话：无；PASSPORT，微 信")
    assert list(view.labels("phone")) == [2]
    assert list(view.labels("passport")) == [7]
    assert list(view.labels("social_account")) == [16]
    assert list(view.labels("bank_card")) == []
