"""Terms in working days: holidays and worked weekends count as the State Council set them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reference.workdays import (
    Deadline,
    deadline_after,
    is_certain,
    is_workday,
    workdays_left,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
TABLED_DAYS = st.dates(date(2010, 1, 1), date(2025, 12, 31))
FAR_DAYS = st.dates(date(2090, 1, 1), date(2120, 12, 31))
TERMS = st.integers(1, 30)


@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        (date(2018, 4, 9), True, "a Monday"),
        (date(2018, 4, 14), False, "a Saturday"),
        (date(2018, 4, 5), False, "Qingming, a Thursday"),
        (date(2018, 4, 6), False, "a Friday off for Qingming"),
        (date(2018, 4, 8), True, "the Sunday worked for it"),
        (date(2018, 10, 3), False, "National Day week"),
        (date(2018, 9, 29), True, "a Saturday worked for it"),
        (date(2018, 12, 31), False, "off for the New Year of 2019"),
        (date(2018, 12, 29), True, "the Saturday worked for it"),
        (date(2099, 10, 1), True, "no table yet: a Thursday"),
        (date(2099, 10, 3), False, "no table yet: a Saturday"),
        (date(1999, 10, 1), True, "before the table: a Friday"),
    ],
)
def test_a_working_day(day: date, works: bool, why: str) -> None:
    assert is_workday(day) is works, why


@pytest.mark.parametrize(
    ("start", "workdays", "last"),
    [
        # the day that sets the term off is not counted
        (date(2018, 5, 7), 3, date(2018, 5, 10)),
        # over a weekend
        (date(2018, 5, 10), 3, date(2018, 5, 15)),
        # set off on a Saturday
        (date(2018, 5, 12), 3, date(2018, 5, 16)),
        # over the National Day week with two Saturdays or Sundays worked
        (date(2018, 9, 28), 3, date(2018, 10, 8)),
        # over the Spring Festival
        (date(2018, 2, 14), 3, date(2018, 2, 24)),
        # over the turn of a year
        (date(2018, 12, 28), 3, date(2019, 1, 3)),
    ],
)
def test_a_term_ends(start: date, workdays: int, last: date) -> None:
    assert deadline_after(start, workdays) == Deadline(last, certain=True)


def test_a_year_without_a_table_is_counted_by_weekdays_and_says_so() -> None:
    # Thursday 1 October 2099 would be a holiday; nobody has announced it yet.
    assert deadline_after(date(2099, 9, 30), 3) == Deadline(date(2099, 10, 5), certain=False)


def test_a_term_that_only_ends_beyond_the_table_is_not_certain() -> None:
    assert not is_certain(date(2003, 12, 31))
    assert deadline_after(date(2003, 12, 30), 3).certain is False


@pytest.mark.parametrize("workdays", [0, -1])
def test_a_term_has_at_least_one_day(workdays: int) -> None:
    with pytest.raises(ValueError, match="working days"):
        deadline_after(date(2018, 5, 7), workdays)


@given(DAYS, TERMS)
def test_a_term_ends_on_a_working_day_and_holds_just_its_days(start: date, term: int) -> None:
    last = deadline_after(start, term).date
    between = [start + timedelta(days=n) for n in range(1, (last - start).days + 1)]
    assert is_workday(last)
    assert sum(map(is_workday, between)) == term


@given(DAYS, TERMS, TERMS)
def test_terms_add_up(start: date, first: int, second: int) -> None:
    there = deadline_after(start, first)
    beyond = deadline_after(there.date, second)
    whole = deadline_after(start, first + second)
    assert whole.date == beyond.date
    assert whole.certain == (there.certain and beyond.certain)


@given(DAYS, DAYS, TERMS)
def test_a_later_start_never_ends_earlier(one: date, other: date, term: int) -> None:
    earlier, later = sorted((one, other))
    assert deadline_after(earlier, term).date <= deadline_after(later, term).date


@given(TABLED_DAYS, TERMS)
def test_years_of_the_table_are_certain(start: date, term: int) -> None:
    assert deadline_after(start, term).certain


@given(FAR_DAYS, TERMS)
def test_years_beyond_the_table_never_are(start: date, term: int) -> None:
    assert not deadline_after(start, term).certain


@given(DAYS, TERMS)
def test_the_days_left_of_a_fresh_term_are_all_its_days(start: date, term: int) -> None:
    last = deadline_after(start, term).date
    assert workdays_left(start, last) == term
    assert workdays_left(last, last) == 0
    assert workdays_left(deadline_after(last, term).date, last) == -term
