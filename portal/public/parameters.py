"""Reading what stands in an address. Junk is never an error: it counts as not given.

What a list leaves out of account it says. The sentences never repeat the junk itself, so
that nobody can send round an address which makes this site say something.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from werkzeug.datastructures import MultiDict
from werkzeug.routing import BaseConverter

from portal.formatting import day, yuan

Bound = TypeVar("Bound", date, Decimal)

MAX_TEXT = 200
MAX_PAGE = 100


class TokenConverter(BaseConverter):
    """An id in an address: letters, digits, hyphens and underscores, at most 64."""

    regex = r"[\w-]{1,64}"


@dataclass(frozen=True)
class Facet:
    """One way to narrow a list: a closed set of values with their words."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, name: str, label: str, values: Iterable[object]) -> Facet:
        """A facet whose values are their own words."""
        return cls(name, label, tuple((str(value), str(value)) for value in values))


class Measure(StrEnum):
    """What the two bounds of a range are; the words are types of form fields."""

    DAY = "date"
    YUAN = "text"


@dataclass(frozen=True)
class Range:
    """A way to narrow a list between two bounds, both included, either left open."""

    name: str
    label: str
    measure: Measure

    @property
    def example(self) -> str:
        """How a bound is written."""
        return "2018-04-08" if self.measure is Measure.DAY else "350000"

    @property
    def bounds(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """The parameters of the two bounds, each with its label."""
        return (f"{self.name}_from", f"{self.label}从"), (f"{self.name}_to", f"{self.label}到")


@dataclass(frozen=True)
class Chip:
    """A filter that is on; ``remaining`` are the parameters of the list without it."""

    label: str
    text: str
    remaining: dict[str, str]


class Filters:
    """What the address of a list asks for, and what of it is left out of account.

    ``orders`` is the facet to sort by; its first option is what an empty value means.
    ``others`` names parameters that somebody else reads.
    """

    def __init__(
        self,
        facets: Iterable[Facet],
        args: Mapping[str, str],
        text: str = "",
        *,
        ranges: Iterable[Range] = (),
        orders: Facet | None = None,
        others: Collection[str] = ("q", "page", "after", "before"),
    ) -> None:
        self.facets = tuple(facets)
        self.ranges = tuple(ranges)
        self.orders = orders
        self.text = text
        self.values: dict[str, str] = {}
        self.days: dict[str, date] = {}
        self.amounts: dict[str, Decimal] = {}
        self.order = ""
        self.ignored: list[str] = []
        self._chips: list[tuple[str, str, str]] = []
        for facet in self.facets:
            self._take_value(facet, args.get(facet.name, ""))
        for range_ in self.ranges:
            if range_.measure is Measure.DAY:
                self.days |= self._take_bounds(range_, args, _read_day, day)
            else:
                self.amounts |= self._take_bounds(range_, args, _read_yuan, yuan)
        if orders is not None:
            self._take_order(orders, args.get(orders.name, ""))
        self._note_strangers(args, others)

    def __getitem__(self, name: str) -> str:
        """The value asked for, empty when any will do."""
        return self.values.get(name, "")

    def bound(self, name: str) -> str:
        """A bound as it stands in the form and in an address, empty when left open."""
        if name in self.days:
            return self.days[name].isoformat()
        return str(self.amounts.get(name, ""))

    @property
    def parameters(self) -> dict[str, str]:
        """What an address needs to show the same list again."""
        given = {"q": self.text, **self.values}
        given |= {name: self.bound(name) for name in (*self.days, *self.amounts)}
        if self.orders is not None:
            given[self.orders.name] = self.order
        return {name: value for name, value in given.items() if value}

    @property
    def chips(self) -> list[Chip]:
        """The filters that are on, each with the way to take it off."""
        return [
            Chip(label, words, {k: v for k, v in self.parameters.items() if k != name})
            for name, label, words in self._chips
        ]

    def _take_value(self, facet: Facet, given: str) -> None:
        words = dict(facet.options).get(given)
        if words is not None:
            self.values[facet.name] = given
            self._chips.append((facet.name, facet.label, words))
        elif given:
            self.ignored.append(f"“{facet.label}”没有您要的选项，这一条件没有采用。")

    def _take_bounds(
        self,
        range_: Range,
        args: Mapping[str, str],
        read: Callable[[str], Bound],
        words: Callable[[Bound], str],
    ) -> dict[str, Bound]:
        taken: dict[str, Bound] = {}
        for name, label in range_.bounds:
            given = args.get(name, "").strip()
            try:
                taken |= {name: read(given)} if given else {}
            except ValueError:
                self.ignored.append(
                    f"“{label}”没有看懂，没有采用。请按 {range_.example} 这样填写。"
                )
        bounds = list(taken.values())
        if bounds != sorted(bounds):
            self.ignored.append(f"“{range_.label}”的起点大于终点，这一条件没有采用。")
            return {}
        labels = dict(range_.bounds)
        self._chips += [(name, labels[name], words(bound)) for name, bound in taken.items()]
        return taken

    def _take_order(self, orders: Facet, given: str) -> None:
        names = [name for name, _ in orders.options]
        if given in names[1:]:
            self.order = given
        elif given and given != names[0]:
            self.ignored.append(f"没有您要的排序方式，仍按{orders.options[0][1]}排列。")

    def _note_strangers(self, args: Mapping[str, str], others: Collection[str]) -> None:
        known = {facet.name for facet in self.facets} | set(others)
        known |= {name for range_ in self.ranges for name, _ in range_.bounds}
        known |= {self.orders.name} if self.orders is not None else set()
        if set(args) - known:
            self.ignored.append("网址中有这一页不认识的条件，没有采用。")
        if isinstance(args, MultiDict) and any(len(args.getlist(name)) > 1 for name in known):
            self.ignored.append("网址中同一条件写了几次，只采用了第一个。")


def read_text(args: Mapping[str, str], name: str = "q") -> str:
    """Free text on one line: what cannot be shown is a blank, what is too long is cut off."""
    given = args.get(name, "")[: 4 * MAX_TEXT]
    shown = "".join(char if char.isprintable() else " " for char in given)
    return shown.strip()[:MAX_TEXT].rstrip()


def read_page(args: Mapping[str, str]) -> int:
    """A page number from 1 to MAX_PAGE; anything else means the first."""
    given = args.get("page", "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) <= 4 else 1
    return number if 1 <= number <= MAX_PAGE else 1


def read_part_number(args: Mapping[str, str]) -> int | None:
    """The number of a part of a long page; None where none is given that could be one."""
    given = args.get("part", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 4 else None


def _read_day(text: str) -> date:
    if not re.fullmatch(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("not a day")
    return date.fromisoformat(text)


def _read_yuan(text: str) -> Decimal:
    plain = unicodedata.normalize("NFKC", text[:40]).replace(",", "").removesuffix("元").strip()
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,2})?", plain):
        raise ValueError("not an amount")
    return Decimal(plain)
