"""Keyset paging: lists in any order, with links that stay right while rows come and go.

A cursor names one row by the order of the list, the value sorted by, and the key. The page
after or before it is found by walking an index from there, however deep it lies. It is
opaque to readers and checked on the way in: what this order would not have written leads to
the first page, and the page says so.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.base import ExecutableOption

from portal.columns import Yuan

T = TypeVar("T")

PAGE_SIZE = 20
COUNTED = 1000
MAX_CURSOR = 200
MAX_KEY = 2**63 - 1
SEPARATOR = "~"

Value = date | datetime | Decimal | None


@dataclass(frozen=True)
class Slice(Generic[T]):
    """One page of a list.

    ``total`` counts the whole list, or is COUNTED when there are more (``capped``).
    ``before`` and ``after`` lead to the pages beside this one. ``first`` says that no
    cursor was followed; ``strayed``, that one was given which could not be read.
    """

    items: tuple[T, ...] = ()
    total: int = 0
    capped: bool = False
    before: str | None = None
    after: str | None = None
    first: bool = True
    strayed: bool = False


@dataclass(frozen=True)
class Cursor:
    """A place in a list: the value sorted by (None where the row has none) and the key."""

    order: str
    value: Value
    key: int | str

    @property
    def text(self) -> str:
        """The form that stands in an address."""
        value = self.value
        shown = value.isoformat() if isinstance(value, date) else "" if value is None else value
        plain = SEPARATOR.join((self.order, str(shown), str(self.key)))
        return base64.urlsafe_b64encode(plain.encode()).decode()


@dataclass(frozen=True)
class Order:
    """Sorted by ``column``, rows without a value last, then by ``key``, which is unique.

    Rows with and without a value are read by two queries, because no one index gives both
    in this order on SQLite and on PostgreSQL.
    """

    name: str
    column: InstrumentedAttribute[Any]
    key: InstrumentedAttribute[Any]
    descending: bool = True

    def place_of(self, row: object) -> Cursor:
        """Where a row stands."""
        return Cursor(self.name, getattr(row, self.column.key), getattr(row, self.key.key))

    def read(self, text: str) -> Cursor | None:
        """Read a cursor back; None for anything this order would not have written."""
        if not text or len(text) > MAX_CURSOR:
            return None
        try:
            plain = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True).decode()
            name, value, key = plain.split(SEPARATOR, 2)
            cursor = Cursor(name, self._read_value(value), self._read_key(key))
        except (binascii.Error, UnicodeError, ValueError, OverflowError, InvalidOperation):
            return None
        return cursor if name == self.name and cursor.text == text else None

    def _read_value(self, text: str) -> Value:
        if not text:
            if not self._has_gaps:
                raise ValueError("every row has a value")
            return None
        if self.column.type.python_type is date:
            return date.fromisoformat(text)
        if isinstance(self.column.type, Yuan):
            amount = Decimal(text)
            if not abs(amount) <= MAX_KEY // 100 or amount != amount.quantize(Decimal("0.01")):
                raise ValueError("not an amount")
            return amount
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return moment.astimezone(UTC)

    def _read_key(self, text: str) -> int | str:
        if self.key.type.python_type is not int:
            if not (text.isascii() and text.isprintable() and text):
                raise ValueError("not a key")
            return text
        number = int(text)
        if not 0 <= number <= MAX_KEY:
            raise ValueError("not a key")
        return number

    @property
    def _has_gaps(self) -> bool:
        return bool(self.column.property.columns[0].nullable)

    def parts(
        self, query: Select[T], place: Cursor | None, *, backwards: bool
    ) -> Iterator[Select[T]]:
        """The queries that give, one after the other, the rows beyond ``place``."""
        sinking = self.descending != backwards
        for filled in sorted({True, not self._has_gaps}, reverse=not backwards):
            part = query
            if self._has_gaps:
                part = part.where(self.column.is_not(None) if filled else self.column.is_(None))
            if place is not None:
                if (place.value is not None) == filled:
                    part = part.where(self._beyond(place, sinking=sinking))
                elif filled != backwards:
                    continue
            columns = (self.column, self.key) if filled else (self.key,)
            yield part.order_by(*(c.desc() if sinking else c.asc() for c in columns))

    def _beyond(self, place: Cursor, *, sinking: bool) -> ColumnElement[bool]:
        key = literal(place.key, self.key.type)
        if place.value is None:
            return self.key < key if sinking else self.key > key
        # A row-value comparison lets the database walk its (column, key) index.
        here = tuple_(self.column, self.key)
        there = tuple_(literal(place.value, self.column.type), key)
        return here < there if sinking else here > there


def read_slice(
    session: Session,
    query: Select[T],
    order: Order,
    after: str = "",
    size: int = PAGE_SIZE,
    *,
    before: str = "",
    options: Sequence[ExecutableOption] = (),
) -> Slice[T]:
    """Read the page of ``query`` (filters only, unordered) beyond one of the two cursors.

    ``after`` is looked at first. Going back gives the rows just before the cursor: the page
    may be short where newer rows have arrived since. ``options`` are about how rows are read.
    """
    counted, query = query, query.options(*options)
    backwards = bool(before) and not after
    place = order.read(after or before)
    # One row more than is shown tells whether there is a page beyond.
    found = _walk(session, query, order, place, backwards and place is not None, size + 1)
    shown, beyond = found[:size], len(found) > size
    if backwards and place is not None:
        shown.reverse()
        back, forth = beyond, _leads_on(session, counted, order, shown[-1:], backwards=False)
    else:
        back = place is not None and _leads_on(session, counted, order, shown[:1], backwards=True)
        forth = beyond
    total = count_up_to(session, counted, COUNTED + 1)
    return Slice(
        items=tuple(shown),
        total=min(total, COUNTED),
        capped=total > COUNTED,
        before=order.place_of(shown[0]).text if back else None,
        after=order.place_of(shown[-1]).text if forth else None,
        first=place is None,
        strayed=place is None and bool(after or before),
    )


def count_up_to(session: Session, query: Select[Any], limit: int) -> int:
    """How many rows a query has, without looking at more than ``limit`` of them."""
    some = query.with_only_columns(literal(1), maintain_column_froms=True).limit(limit)
    return session.scalar(select(func.count()).select_from(some.subquery())) or 0


def _walk(
    session: Session,
    query: Select[T],
    order: Order,
    place: Cursor | None,
    backwards: bool,
    limit: int,
) -> list[T]:
    found: list[T] = []
    for part in order.parts(query, place, backwards=backwards):
        if len(found) < limit:
            found += session.scalars(part.limit(limit - len(found)))
    return found


def _leads_on(
    session: Session, query: Select[Any], order: Order, edge: list[T], *, backwards: bool
) -> bool:
    keys = query.with_only_columns(order.key)
    return bool(edge) and bool(
        _walk(session, keys, order, order.place_of(edge[0]), backwards, limit=1)
    )
