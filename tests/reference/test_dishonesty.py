"""Why somebody is listed, in the words of art. 1, and how long by art. 2."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reference.dishonesty import (
    LONGEST_MONTHS,
    Counted,
    Term,
    count_term,
    item_name,
    official_words,
    read_items,
)
from portal.reference.vocabulary import DISHONEST_BEHAVIOURS

REFUSAL, VIOLENCE, SHAM, NO_REPORT, LIMITS, SETTLEMENT = DISHONEST_BEHAVIOURS


@pytest.mark.parametrize(
    ("behaviour", "items", "why"),
    [
        (REFUSAL, (1,), "the words of art. 1"),
        (VIOLENCE, (2,), "the words of art. 1"),
        (SHAM, (3,), "the words of art. 1"),
        (NO_REPORT, (4,), "the words of art. 1"),
        (LIMITS, (5,), "the words of art. 1"),
        (SETTLEMENT, (6,), "the words of art. 1"),
        (f"其他{REFUSAL}的", (1,), "as the national list writes it"),
        ("违反 财产报告制度 ", (4,), "blanks of a form"),
        ("违反限制高消费令的", (5,), "an older name of the order"),
        ("以伪造证据,暴力,威胁等方法妨碍,抗拒执行", (2,), "half-width commas"),
        (f"{NO_REPORT}；{LIMITS}", (4, 5), "two of them"),
        ("拒不到庭", (), "a clerk's own words"),
        ("", (), "nothing written"),
    ],
)
def test_the_cases_of_art_1_are_read(behaviour: str, items: tuple[int, ...], why: str) -> None:
    assert read_items(behaviour) == items, why


@pytest.mark.parametrize(
    ("behaviour", "shown"),
    [
        (f"其他{REFUSAL}的", REFUSAL),
        ("违反高消费令。", LIMITS),
        ("无正当理由拒不履行和解协议的", SETTLEMENT),
        (NO_REPORT, NO_REPORT),
        # what says more than art. 1 is not cut
        (f"{NO_REPORT}，逾期二十日未报告", f"{NO_REPORT}，逾期二十日未报告"),
        (f"{NO_REPORT}；{LIMITS}", f"{NO_REPORT}；{LIMITS}"),
        ("拒不到庭", "拒不到庭"),
    ],
)
def test_a_behaviour_is_told_in_the_words_of_art_1(behaviour: str, shown: str) -> None:
    assert official_words(behaviour) == shown


@pytest.mark.parametrize(
    ("behaviour", "months", "term"),
    [
        (REFUSAL, None, Term(None, Counted.NONE)),
        (VIOLENCE, None, Term(24, Counted.ASSUMED)),
        (NO_REPORT, 24, Term(24, Counted.TWO_YEARS)),
        (VIOLENCE, 36, Term(36, Counted.LONGER)),
        (f"{NO_REPORT}；{LIMITS}", 60, Term(60, Counted.LONGER)),
        # outside what art. 2 gives, the decision stands as it is
        (NO_REPORT, 12, Term(12, Counted.DECIDED)),
        (NO_REPORT, 30, Term(30, Counted.DECIDED)),
        (REFUSAL, 24, Term(24, Counted.DECIDED)),
        # refusing to perform beside another behaviour: until it is removed
        (f"{REFUSAL}；{LIMITS}", None, Term(None, Counted.NONE)),
        ("拒不到庭", None, Term(None, Counted.UNKNOWN)),
        ("拒不到庭", 24, Term(24, Counted.DECIDED)),
    ],
)
def test_a_term_is_counted_by_art_2(behaviour: str, months: int | None, term: Term) -> None:
    assert count_term(behaviour, months) == term


@given(st.sampled_from(DISHONEST_BEHAVIOURS), st.integers(1, 120))
def test_a_stated_term_is_never_changed(behaviour: str, months: int) -> None:
    term = count_term(behaviour, months)
    assert term.months == months
    assert term.counted is not Counted.LONGER or 36 <= months <= LONGEST_MONTHS


@pytest.mark.parametrize(
    ("published_on", "months", "last_day"),
    [
        (date(2018, 5, 3), 24, date(2020, 5, 3)),
        (date(2016, 2, 29), 24, date(2018, 2, 28)),
        (date(2018, 8, 31), 6, date(2019, 2, 28)),
        (date(2018, 12, 31), 60, date(2023, 12, 31)),
    ],
)
def test_a_term_runs_from_publication(published_on: date, months: int, last_day: date) -> None:
    assert Term(months, Counted.DECIDED).last_day(published_on) == last_day


def test_a_term_beyond_the_calendar_ends_with_it() -> None:
    assert Term(24, Counted.DECIDED).last_day(date(9998, 12, 31)) == date.max


def test_without_a_term_there_is_no_last_day() -> None:
    assert Term(None, Counted.NONE).last_day(date(2018, 5, 3)) is None


def test_items_are_named_as_the_rule_names_them() -> None:
    assert [item_name(item) for item in (1, 6)] == ["第一条第（一）项", "第一条第（六）项"]
