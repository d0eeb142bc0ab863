"""Keyset paging: lists newest first, with links that stay right while rows are added.

The cursor in ``after`` names the last row shown by its date and key. It is opaque to
readers and checked on the way in: whatever cannot be read means the first page.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

T = TypeVar("T")

PAGE_SIZE = 20
MAX_CURSOR = 200
MAX_KEY = 2**63 - 1
SEPARATOR = "~"


@dataclass(frozen=True)
class Slice(Generic[T]):
    """One page of a list: ``total`` counts the whole list, ``after`` leads to the next page."""

    items: tuple[T, ...]
    total: int
    first: bool
    after: str | None


@dataclass(frozen=True)
class Cursor:
    """The last row of a page; ``moment`` is None where the row has no date."""

    moment: date | datetime | None
    key: int | str

    @property
    def text(self) -> str:
        """The form that stands in an address."""
        moment = "" if self.moment is None else self.moment.isoformat()
        return base64.urlsafe_b64encode(f"{moment}{SEPARATOR}{self.key}".encode()).decode()


@dataclass(frozen=True)
class NewestFirst:
    """Descending by ``moment`` (rows without one last), then by ``key``, which is unique."""

    moment: InstrumentedAttribute[Any]
    key: InstrumentedAttribute[Any]

    def read(self, text: str) -> Cursor | None:
        """Read a cursor back; None for anything this list would not have written."""
        if not text or len(text) > MAX_CURSOR:
            return None
        try:
            plain = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True).decode()
            moment, _, key = plain.partition(SEPARATOR)
            cursor = Cursor(self._read_moment(moment), self._read_key(key))
        except (binascii.Error, UnicodeError, ValueError, OverflowError):
            return None
        return cursor if cursor.text == text else None

    def _read_moment(self, text: str) -> date | datetime | None:
        if not text:
            return None
        if self.moment.type.python_type is date:
            return date.fromisoformat(text)
        value = datetime.fromisoformat(text)
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def _read_key(self, text: str) -> int | str:
        if self.key.type.python_type is not int:
            if not (text.isascii() and text.isprintable() and text):
                raise ValueError("not a key")
            return text
        number = int(text)
        if not 0 <= number <= MAX_KEY:
            raise ValueError("not a key")
        return number

    def beyond(self, cursor: Cursor) -> ColumnElement[bool]:
        """The rows that come after the cursor."""
        if cursor.moment is None:
            return and_(self.moment.is_(None), self.key < cursor.key)
        # A row-value comparison lets the database walk its (moment, key) index.
        later = tuple_(self.moment, self.key) < tuple_(cursor.moment, cursor.key)
        nullable = self.moment.property.columns[0].nullable
        return or_(later, self.moment.is_(None)) if nullable else later


def read_slice(
    session: Session,
    query: Select[T],
    order: NewestFirst,
    after: str = "",
    size: int = PAGE_SIZE,
) -> Slice[T]:
    """Read the page of ``query`` (filters only, unordered) that follows the cursor ``after``."""
    total = session.scalar(query.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    cursor = order.read(after)
    ordered = query.order_by(order.moment.desc().nulls_last(), order.key.desc())
    if cursor is not None:
        ordered = ordered.where(order.beyond(cursor))
    rows = list(session.scalars(ordered.limit(size + 1)))
    shown, more = rows[:size], len(rows) > size
    following = None
    if more:
        last = shown[-1]
        following = Cursor(getattr(last, order.moment.key), getattr(last, order.key.key)).text
    return Slice(tuple(shown), total, first=cursor is None, after=following)
