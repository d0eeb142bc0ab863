"""The one civil time of the courts, and how terms in months are counted in it.

A fixed offset: China has kept UTC+8 without summer time since 1991, and a bare system
may have no time zone database to look it up in.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "UTC+8")


def today_in_beijing() -> date:
    """The day it is at the courts."""
    return datetime.now(BEIJING).date()


def start_of_day(day: date) -> datetime:
    """The moment a day begins at the courts."""
    return datetime.combine(day, time.min, BEIJING)


def add_months(start: date, months: int) -> date:
    """The same day ``months`` later, or the last day of a month that is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    month += 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
