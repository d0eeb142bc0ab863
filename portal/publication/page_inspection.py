"""The part of ``portal verify`` that reads the pages, as visitors get them.

The rows were read before; what a template, a feed or an error page makes of them was not. Pages
on a case are held against every private value of that case, line by line, all others against every
long private number of the whole registry. A page that does not answer as it should is a fault.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from importlib.resources import files
from importlib.resources.abc import Traversable

from sqlalchemy.orm import Session

from portal.disclosure.models import PublicCase, PublicDebtor, PublicRestriction
from portal.plaintext import html_to_text
from portal.publication.bookmarks import Bookmark
from portal.publication.compose import KIND_LABELS
from portal.publication.page_addresses import (
    GONE,
    LISTS,
    Visit,
    article_visits,
    case_visits,
    grave_visits,
    standing_visits,
)
from portal.reference.vocabulary import PartyKind
from redaction import PrivateValue, verify

# Shorter numbers meet others by chance; these lengths are phones, cards and IDs.
SHORTEST_NUMBER = 11
_RUN = re.compile(rf"[0-9]{{{SHORTEST_NUMBER},40}}")
_NEXT = re.compile(r'rel="next" href="([^"]+)"')
_SHOWN_ATTRIBUTE = re.compile(r'\b(?:title|alt|content|value|aria-label|placeholder)="([^"]*)"')


@dataclass(frozen=True)
class Page:
    """What came back: the status, the media type, and the text (of pictures as it may be)."""

    status: int
    kind: str
    text: str


Render = Callable[[str], Page]
# Lines remembered in a run: those of the templates come again on every page.
ROOM = 20_000
# (address, reason)
Trouble = tuple[str, str]


@dataclass(frozen=True)
class PageReader:
    """Walks the pages through ``render`` and counts them, and those at fault, in ``place``."""

    render: Render
    place: Bookmark

    def read_case(
        self,
        case: PublicCase,
        private: tuple[PrivateValue, ...],
        allowed: Iterable[tuple[str, str]] = (),
    ) -> Iterator[Trouble]:
        """Private values on any page that shows something of the case.

        ``allowed`` are public texts with words that two people let stand, and the same without.
        """
        let_stand = [pair for texts in allowed for pair in _line_pairs(*texts)]
        # Pages repeat each other: a line is looked through once for all pages that may say it.
        lines: defaultdict[frozenset[str], dict[str, str]] = defaultdict(dict)
        for visit in case_visits(case):
            page = self._visit(visit)
            for line in _lines(page):
                for text, without in let_stand:
                    line = line.replace(text, without)
                lines[_named_on(visit)].setdefault(line, visit.address)
        for named, places in lines.items():
            hidden = [value for value in private if value.value not in named]
            yield from _leaks(places, hidden)

    def read_grave(self, address: str, private: tuple[PrivateValue, ...]) -> Iterator[Trouble]:
        """Private values at the address a withdrawn case had, which names nobody."""
        page = self._visit(Visit(address, GONE))
        yield from _leaks(dict.fromkeys(_lines(page), address), private)

    def read_rest(self, public: Session, numbers: Collection[str]) -> Iterator[Trouble]:
        """Private numbers on every other page: lists to their end, stories, feeds, graves."""
        finder = NumberFinder(numbers)
        for visits in (standing_visits(), article_visits(public), grave_visits(public)):
            for visit in visits:
                yield from self._numbers_on(visit, finder)
        for address in LISTS:
            ahead = address
            while ahead:
                page = yield from self._numbers_on(Visit(ahead), finder)
                following = _NEXT.search(page.text)
                ahead = unescape(following[1]) if following else ""

    def _numbers_on(self, visit: Visit, finder: NumberFinder) -> Generator[Trouble, None, Page]:
        page = self._visit(visit)
        if finder.finds(page.text):
            yield visit.address, "页面中有私密号码"
        return page

    def _visit(self, visit: Visit) -> Page:
        page = self.render(visit.address)
        self.place.pages += 1
        if page.status != visit.status:
            self.place.faults.append([visit.address, f"应答 {page.status}，应为 {visit.status}"])
        return page


class NumberFinder:
    """Knows numbers, and whether a text holds one of them, alone or inside a longer run."""

    def __init__(self, numbers: Collection[str]) -> None:
        self._numbers = frozenset(numbers)
        self._lengths = sorted({len(number) for number in numbers})

    def finds(self, text: str) -> bool:
        """Whether one of the numbers stands in the text."""
        return any(self._holds(run) for run in _RUN.findall(text))

    def _holds(self, run: str) -> bool:
        return any(
            run[start : start + length] in self._numbers
            for length in self._lengths
            for start in range(len(run) - length + 1)
        )


def _line_pairs(text: str, without: str) -> Iterator[tuple[str, str]]:
    """A text and its form without some words, line by line as a page shows them."""
    for line, other in zip(text.splitlines(), without.splitlines(), strict=True):
        if line != other:
            yield line.strip(), other.strip()


def _named_on(visit: Visit) -> frozenset[str]:
    """Private values that the law wants on this page: a list names whom it is about."""
    row, named = visit.row, set[str]()
    if isinstance(row, PublicDebtor | PublicRestriction):
        named.add(row.name)
        if row.kind != PartyKind.PERSON:
            named.add(row.id_masked)
            if isinstance(row, PublicDebtor):
                named.add(row.legal_representative)
    return frozenset(named)


def _lines(page: Page) -> Iterator[str]:
    """What a page says, line by line, but for what stands in the site's own code."""
    text = html_to_text(page.text) if "html" in page.kind or "xml" in page.kind else page.text
    for line in (*text.splitlines(), *map(unescape, _SHOWN_ATTRIBUTE.findall(page.text))):
        words = line.strip()
        if words and not _is_own(words):
            yield words


def _leaks(places: Mapping[str, str], private: Collection[PrivateValue]) -> Iterator[Trouble]:
    """Private values in lines, at the address of the page that each was met on."""
    lines = list(places)
    texts = [(str(number), line) for number, line in enumerate(lines)]
    if not verify(texts, private):
        return
    # A name that is a word of the site's own sentences tells nothing here; in the rows it did.
    found = verify(texts, [value for value in private if not _is_own(value.value)])
    at = ((places[lines[int(leak.path)]], leak.kind) for leak in found)
    for address, kind in dict.fromkeys(at):
        yield address, f"页面中有私密内容（{KIND_LABELS[kind]}）"


@lru_cache(maxsize=ROOM)
def _is_own(words: str) -> bool:
    return words in _own_words()


@cache
def _own_words() -> str:
    """Everything that stands in the code that makes pages, and therefore about nobody."""
    roots = [files("portal") / name for name in ("templates", "reference", "public", "disclosure")]
    sources = [files("portal") / f"{name}.py" for name in ("errors", "formatting")]
    return "\n".join(_texts([*roots, *sources]))


def _texts(places: Iterable[Traversable]) -> Iterator[str]:
    for place in places:
        if place.is_dir():
            yield from _texts(place.iterdir())
        elif place.name.endswith((".html", ".xml", ".py")):
            yield place.read_text("utf-8")
