"""The calendar of the demo world: 2016 to the data cut-off, office days and office hours."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from random import Random

FIRST_DAY = date(2016, 1, 4)
CUT_OFF = date(2018, 10, 31)


def office_day(day: date) -> date:
    """The day itself, or the Monday after it when it falls on a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day


def later(rng: Random, day: date, fewest: int, most: int) -> date:
    """An office day at least ``fewest`` and about ``most`` days after ``day``."""
    return office_day(day + timedelta(days=rng.randint(fewest, most)))


def add_months(day: date, months: int) -> date:
    """The same day of the month that many months on; the last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def office_time(rng: Random, day: date) -> str:
    """A moment of that day in office hours, ISO 8601 with the offset of Asia/Shanghai."""
    hour = rng.choice((8, 9, 9, 10, 10, 11, 13, 14, 14, 15, 16))
    return f"{day.isoformat()}T{hour:02d}:{rng.randrange(60):02d}:00+08:00"


def spelled(day: date) -> str:
    """``2018年4月9日``, as clerks write it."""
    return f"{day.year}年{day.month}月{day.day}日"
