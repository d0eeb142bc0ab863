"""Working days of mainland China, for terms that the rules count in working days (工作日).

Public holidays and the weekends worked for them come from the yearly arrangement of the State
Council as ``chinesecalendar`` tables it. A year that its table does not reach yet is counted by
plain weekdays, and the result says so: ``certain`` is then False, and who shows the date should
say that the holidays of that year were not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

import chinese_calendar

_SATURDAY = 5
# The New Year holiday reaches into the old year (30 and 31 December 2018) and the weekend
# worked for it before that (29 December 2018); both are announced with the new year.
_TURN_OF_YEAR = (12, 28)


@dataclass(frozen=True, order=True)
class Deadline:
    """The last day of a term; ``certain`` is False where holidays were not known."""

    date: date
    certain: bool = True


@lru_cache(maxsize=20_000)
def is_workday(day: date) -> bool:
    """Whether offices work on that day; plain weekdays where the table lacks the year."""
    if day.year in _tabled_years():
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < _SATURDAY


def is_certain(day: date) -> bool:
    """Whether the table knows the holidays around that day."""
    tabled = _tabled_years()
    turning = (day.month, day.day) >= _TURN_OF_YEAR
    return day.year in tabled and (not turning or day.year + 1 in tabled)


def deadline_after(start: date, workdays: int) -> Deadline:
    """The last day of a term of ``workdays`` working days that ``start`` sets off.

    The day that sets a term off is not counted in it, whether offices worked on it or not.
    ValueError for a term of less than one day.
    """
    if workdays < 1:
        raise ValueError(f"a term of {workdays} working days")
    day, left, certain = start, workdays, True
    while left:
        day += timedelta(days=1)
        certain = certain and is_certain(day)
        left -= is_workday(day)
    return Deadline(day, certain)


def deadline_in_days(start: date, days: int) -> Deadline:
    """The last day of a term of ``days`` days of the calendar that ``start`` sets off.

    The day that sets a term off is not counted in it. A last day on which offices are closed
    gives way to the next on which they are open. ValueError for a term of less than one day.
    """
    if days < 1:
        raise ValueError(f"a term of {days} days")
    day = start + timedelta(days=days)
    certain = is_certain(day)
    while not is_workday(day):
        day += timedelta(days=1)
        certain = certain and is_certain(day)
    return Deadline(day, certain)


def workdays_left(today: date, last_day: date) -> int:
    """Working days still to come after ``today`` up to and with ``last_day``.

    0 on the last day itself; after it the working days gone by since, as a negative number
    (0 yet, when only a weekend or a holiday has passed).
    """
    if last_day < today:
        return -_count(last_day, today)
    return _count(today, last_day)


@lru_cache(maxsize=20_000)
def _count(after: date, until: date) -> int:
    days = (until - after).days
    return sum(is_workday(after + timedelta(days=n)) for n in range(1, days + 1))


@cache
def _tabled_years() -> frozenset[int]:
    return frozenset(day.year for day in chinese_calendar.holidays)
