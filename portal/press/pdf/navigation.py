"""Bookmarks and links of a PDF, as far as they may go out: titles with a page, web addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.errors import PyPdfError
from pypdf.generic import Destination, RectangleObject

from portal.press.content import one_line
from portal.press.pdf.limits import MAX_LINKS, MAX_OUTLINE

MAX_TITLE = 200
MAX_ADDRESS = 500
_DEEPEST = 8


@dataclass(frozen=True)
class Bookmark:
    """One title of the outline; ``page`` counts from 0, ``depth`` too."""

    title: str
    page: int
    depth: int


def read_outline(reader: PdfReader) -> list[Bookmark]:
    """The outline in its order; none where it cannot be followed."""
    try:
        return list(_bookmarks(reader, reader.outline, 0))[:MAX_OUTLINE]
    except (PyPdfError, AttributeError, KeyError, TypeError, ValueError):
        return []


def write_outline(writer: PdfWriter, outline: list[Bookmark]) -> None:
    """Put the outline into a file that has its pages."""
    parents: list[Any] = []
    for each in outline:
        del parents[each.depth :]
        parent = parents[-1] if parents else None
        parents.append(
            writer.add_outline_item(title=each.title, page_number=each.page, parent=parent)
        )


def read_links(page: PageObject) -> list[tuple[RectangleObject, str]]:
    """Where on the page a link to the web stands, and its address; no other kind of link."""
    found = []
    for note in (each.get_object() for each in page.get("/Annots") or ()):
        action = note.get("/A")
        address = str(action.get_object().get("/URI", "")) if action is not None else ""
        if note.get("/Subtype") == "/Link" and is_web_address(address):
            found.append((RectangleObject([float(side) for side in note["/Rect"]]), address))
    return found[:MAX_LINKS]


def write_links(writer: PdfWriter, number: int, links: list[tuple[RectangleObject, str]]) -> None:
    """Put the links of a page into the new file."""
    for place, address in links:
        writer.add_annotation(number, Link(rect=place, url=address))


def is_web_address(address: str) -> bool:
    """Whether it leads to a site by http or https and says nothing but where."""
    if not (address.isascii() and address.isprintable() and len(address) <= MAX_ADDRESS):
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in address
    except ValueError:
        return False


def _bookmarks(reader: PdfReader, outline: Any, depth: int) -> Iterator[Bookmark]:
    for each in outline:
        if isinstance(each, list):
            if depth < _DEEPEST:
                yield from _bookmarks(reader, each, depth + 1)
        elif isinstance(each, Destination):
            page = reader.get_destination_page_number(each)
            title = one_line(str(each.title))[:MAX_TITLE]
            if title and page is not None and 0 <= page < len(reader.pages):
                yield Bookmark(title, page, depth)
