"""Runs of digits: every way of writing a number leads back to where it stands."""

from __future__ import annotations

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
