"""Reading what stands in an address. Junk is never an error: it counts as not given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from werkzeug.routing import BaseConverter

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


@dataclass(frozen=True)
class Chip:
    """A filter that is on; ``remaining`` are the parameters of the list without it."""

    label: str
    text: str
    remaining: dict[str, str]


class Filters:
    """The facets of a list and which of their values this address asks for."""

    def __init__(self, facets: Iterable[Facet], args: Mapping[str, str], text: str = "") -> None:
        self.facets = tuple(facets)
        self.text = text
        self._words = {
            facet.name: dict(facet.options)[args[facet.name]]
            for facet in self.facets
            if args.get(facet.name) in dict(facet.options)
        }
        self.values = {name: args[name] for name in self._words}

    def __getitem__(self, name: str) -> str:
        """The value asked for, empty when any will do."""
        return self.values.get(name, "")

    @property
    def parameters(self) -> dict[str, str]:
        """What an address needs to show the same list again."""
        return {"q": self.text, **self.values} if self.text else dict(self.values)

    @property
    def chips(self) -> list[Chip]:
        """The filters that are on, each with the way to take it off."""
        labels = {facet.name: facet.label for facet in self.facets}
        return [
            Chip(labels[name], word, {k: v for k, v in self.parameters.items() if k != name})
            for name, word in self._words.items()
        ]


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


def read_year(value: str) -> int | None:
    """A year a facet let through, None when none was asked for."""
    return int(value) if value else None
