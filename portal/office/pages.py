"""Numbered pages of the office's lists, and reading numbers and days out of an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import request, url_for

PAGE_SIZE = 30
MAX_PAGE = 100_000


@dataclass(frozen=True)
class Pages:
    """Where a list stands: ``number`` counts from 1; ``total`` are the rows of all pages."""

    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def last(self) -> int:
        """Number of the last page; an empty list has one page."""
        return max(1, -(-self.total // self.size))

    def address(self, number: int) -> str:
        """This same list at another page."""
        arguments = request.args.to_dict()
        arguments.pop("page", None)
        if number > 1:
            arguments["page"] = str(number)
        # Never through url_for: it takes some names (_scheme, _external) for its own.
        query = f"?{urlencode(arguments)}" if arguments else ""
        return url_for(request.endpoint or "", **(request.view_args or {})) + query


def page_number() -> int:
    """The page the address asks for; junk is the first page."""
    return max(1, min(whole_number("page", 1), MAX_PAGE))


def page_offset() -> int:
    """Rows before the page the address asks for."""
    return (page_number() - 1) * PAGE_SIZE


def whole_number(name: str, default: int = 0) -> int:
    """A whole number from the address or the form; anything else is the default."""
    text = request.values.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else default


def day_or_none(name: str) -> date | None:
    """A day written YYYY-MM-DD in the address or the form, or None."""
    try:
        return date.fromisoformat(request.values.get(name, ""))
    except ValueError:
        return None
