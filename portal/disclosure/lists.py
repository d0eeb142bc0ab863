"""What all public lists have in common: narrowed, sorted and paged without words.

A list says once which of its columns can be asked for; every filter and every order that is
offered has its index (see the models), so that a page costs the same however long the list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session, defer
from sqlalchemy.sql.base import ExecutableOption

from portal.disclosure.base import DisclosureBase
from portal.paging import PAGE_SIZE, Order, Slice, read_slice
from portal.reference.clock import BEIJING

Row = TypeVar("Row", bound=DisclosureBase)


@dataclass(frozen=True)
class Wanted:
    """What somebody asks of a list; what is left out may be anything.

    ``since`` and ``until`` are days in Beijing, ``least`` and ``most`` yuan; all four are
    included. ``ends`` are the two moments between which something comes to its end. ``order``
    is the name of an order of the list, the first one when empty.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    ends: tuple[datetime, datetime] | None = None
    order: str = ""
    after: str = ""
    before: str = ""


@dataclass(frozen=True)
class PublicList(Generic[Row]):
    """One public list: its rows, what it can be narrowed by, and its orders (default first).

    ``unread`` are the long columns that it does not show: to read them would cost more than all
    the rest, and asking a row for one is an error.
    """

    model: type[Row]
    filters: Mapping[str, InstrumentedAttribute[str]]
    day: InstrumentedAttribute[Any]
    orders: tuple[Order, ...]
    price: InstrumentedAttribute[Any] | None = None
    end: InstrumentedAttribute[Any] | None = None
    unread: tuple[InstrumentedAttribute[Any], ...] = ()

    def browse(self, session: Session, wanted: Wanted, size: int = PAGE_SIZE) -> Slice[Row]:
        """One page of the rows that fit; KeyError for an order or a filter there is not."""
        orders = {order.name: order for order in self.orders}
        order = orders[wanted.order] if wanted.order else self.orders[0]
        return read_slice(
            session,
            self.select(wanted),
            order,
            wanted.after,
            size,
            before=wanted.before,
            options=self._options,
        )

    def pick(self, session: Session, ids: Sequence[str], wanted: Wanted) -> tuple[Row, ...]:
        """Those of the rows ``ids`` that fit, in the order of ``ids`` unless one is asked for.

        What is no longer public is left out.
        """
        key: InstrumentedAttribute[Any] = self.orders[0].key
        query = self.select(wanted).where(key.in_(ids)).options(*self._options)
        if wanted.order:
            order = next(order for order in self.orders if order.name == wanted.order)
            parts = order.parts(query, None, backwards=False)
            return tuple(row for part in parts for row in session.scalars(part))
        found = {getattr(row, key.key): row for row in session.scalars(query)}
        return tuple(found[id_] for id_ in ids if id_ in found)

    @cached_property
    def _options(self) -> tuple[ExecutableOption, ...]:
        return tuple(defer(column, raiseload=True) for column in self.unread)

    def select(self, wanted: Wanted) -> Select[Row]:
        """The rows that fit, in no order."""
        query: Select[Any] = select(self.model)
        for name, value in wanted.values.items():
            query = query.where(self.filters[name] == value)
        if wanted.since is not None:
            query = query.where(self.day >= self._begin(wanted.since))
        if wanted.until is not None:
            query = query.where(self.day < self._begin(wanted.until + timedelta(days=1)))
        if self.price is not None:
            if wanted.least is not None:
                query = query.where(self.price >= wanted.least)
            if wanted.most is not None:
                query = query.where(self.price <= wanted.most)
        if self.end is not None and wanted.ends is not None:
            query = query.where(self.end.between(*wanted.ends))
        return query

    def _begin(self, day: date) -> date | datetime:
        if self.day.type.python_type is date:
            return day
        return datetime.combine(day, time.min, BEIJING)


def by_day(day: InstrumentedAttribute[Any], key: InstrumentedAttribute[Any]) -> tuple[Order, Order]:
    """The two orders every list has."""
    return Order("newest", day, key), Order("oldest", day, key, descending=False)
