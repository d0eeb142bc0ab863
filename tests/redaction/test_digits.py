"""Runs of digits: every way of writing a number leads back to where it stands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redaction import identifiers
from redaction.digits import OVERLONG, misread
from redaction.overlap import resolve
from redaction.view import View

NUMERALS = st.sampled_from(["0123456789", "〇一二三四五六七八九", "零幺贰叁肆伍陆柒捌玖"])
GAPS = st.sampled_from(["", " ", "-", "·", "..", " - ", "\n", "\n      "])


@settings(deadline=None)  # the first text folded waits for the table
@given(st.lists(st.tuples(st.text("0123456789", min_size=1, max_size=6), NUMERALS, GAPS)))
def test_a_run_holds_the_digits_and_their_offsets(groups) -> None:
    text = "号" + "".join(
        "".join(script[int(digit)] for digit in digits) + gap for digits, script, gap in groups
    )
    compact = "".join(digits for digits, _, _ in groups)
    runs = View(text).digit_runs
    if len(compact) < 10:
        assert runs == []
        return
    (run,) = runs
    assert run.digits == compact
    assert [misread(text[offset]) for offset in run.offsets] == list(compact)
    assert run.bounds[0] == 0 and run.bounds[-1] == len(compact)
    assert sum(run.sizes(0, len(compact))) == len(compact)


@pytest.mark.parametrize(
    ("raw", "digits"),
    [("2lO8", "2108"), ("13 8-4", "1384"), ("二lO八", "2108"), ("OOll1", ""), ("12a4", "")],
)
def test_letters_read_for_digits(raw: str, digits: str) -> None:
    assert misread(raw) == digits


@pytest.mark.parametrize("unit", ["1", "1 ", "13 ", "6217 0033 ", "1三", "0417-", "a@a.", "a_1 "])
def test_the_work_on_hostile_runs_grows_with_the_text(unit: str) -> None:
    """Candidates stand for the work: each is the outcome of a bounded number of steps."""
    few = len(identifiers.find(View(unit * 3000)))
    many = len(identifiers.find(View(unit * 12000)))
    assert many <= 4 * few + 8


def test_an_endless_run_is_masked_whole_whatever_stands_in_it() -> None:
    text = "1 " * OVERLONG + "2018-04-12 13844120537元"
    (found,) = resolve(identifiers.find(View(text)))
    assert (found.start, found.end) == (0, len(text) - 1)


@pytest.mark.parametrize(
    "text", ["1234567890", "号12345 67890", "1234.567890", "〇一二三四五六七八九"]
)
def test_ten_digits_are_a_run(text: str) -> None:
    (run,) = View(text).digit_runs
    assert len(run.digits) == 10


@pytest.mark.parametrize("text", ["123456789", "12345 6789", "1234.56789"])
def test_nine_digits_are_none(text: str) -> None:
    assert View(text).digit_runs == []


def test_a_code_holds_letters_and_digits_seven_at_least() -> None:
    text = "AB12345，1234567，ABCDEFG，AB1234，A1-B2-C3-D4"
    assert [text[start:end] for start, end in View(text).codes] == ["AB12345"]


def test_a_number_is_made_of_whole_groups() -> None:
    pattern = re.compile(r"(?=(1[3-9]\d{9}))")
    for text, found in {
        "1384412 0537": [(0, 11)],
        "1384412 05378": [],
        "21384412 0537": [],
        "1 13844120537": [(1, 12)],
        "13844120537": [(0, 11)],
        "138441205378": [],
    }.items():
        (run,) = View(text).digit_runs
        assert list(run.whole(pattern, 11, 15)) == found, text


def test_half_of_the_characters_must_be_digits_to_be_misread() -> None:
    assert misread("12lO") == "1210"
    assert misread("1lOO") == ""
