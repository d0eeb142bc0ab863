"""Reads the values of a stored record: JSON keeps dates, moments and money as text."""

from __future__ import annotations

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
