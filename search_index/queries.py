"""What is asked of the index and what it answers."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from search_index.documents import Kind

MAX_TEXT = 100
"""Characters of a query's text that are looked at; the rest is ignored."""
MAX_PAGE_SIZE = 100
MOST_COUNTED = 1_000
"""Hits that are counted and can be paged through. Who finds more has to ask more closely: counting
all the documents that hold a common word would cost time in proportion to the collection."""

Segments = tuple[tuple[str, bool], ...]
"""Plain text in pieces, each with whether it matched; joined, the pieces are the text."""


@dataclass(frozen=True)
class Query:
    """One search. Text is plain: no character in it has a special meaning.

    A `case_key` is tried first; where it has no document, `near_keys` are tried, then the text.
    Dates are inclusive; an undated document never lies within a range.
    """

    text: str = ""
    case_key: str = ""
    near_keys: tuple[str, ...] = ()
    kind: Kind | None = None
    court: str = ""
    status: str = ""
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    page: int = 1
    page_size: int = 10

    def __post_init__(self) -> None:
        if self.page < 1 or not 1 <= self.page_size <= MAX_PAGE_SIZE:
            raise ValueError(f"page {self.page} of {self.page_size} hits cannot be shown")


@dataclass(frozen=True)
class Hit:
    """One found item, ready to show once every segment has been escaped."""

    kind: Kind
    id: str
    title: str
    url: str
    title_segments: Segments
    snippet: Segments
    court: str
    date: dt.date | None
    status: str
    score: float


@dataclass(frozen=True)
class Page:
    """One page of hits with counts over all pages.

    Counts are exact up to MOST_COUNTED. Where there are more hits `capped` is set, `total` is
    MOST_COUNTED, and the counts by kind are what was counted until then, at most as many each.
    """

    hits: tuple[Hit, ...]
    total: int
    page: int
    page_size: int
    capped: bool = False
    exact: bool = False
    """The hits carry exactly the case number that was asked for."""
    near: bool = False
    """Nothing fits exactly; the hits are what comes closest."""
    counts_by_kind: Mapping[Kind, int] = field(default_factory=lambda: MappingProxyType({}))
    """Hits of each kind with the same filters but without the filter by kind."""

    @property
    def pages(self) -> int:
        return -(-self.total // self.page_size)
