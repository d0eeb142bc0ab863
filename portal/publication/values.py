"""Reads the values of a stored record: JSON keeps dates, moments and money as text."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime
from decimal import Decimal


def as_date(value: date | str) -> date:
    """A date of the record."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def as_moment(value: datetime | str) -> datetime:
    """A moment of the record, aware, in UTC."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment.astimezone(UTC)


def as_money(value: Decimal | str | None) -> Decimal | None:
    """Money of the record, exact, in yuan."""
    return None if value is None else Decimal(value)


def add_months(start: date, months: int) -> date:
    """The same day ``months`` later, or the last day of a month that is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    month += 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
