"""From what somebody typed to an answer: understand, look up, leave out what is gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from portal.disclosure.tombstones import gone_among
from portal.paging import Slice
from portal.reference.case_numbers import CaseNumber
from portal.reference.case_numbers import find as find_case_number
from search_index import Hit, Kind, Page, Query, QueryTooShort, SearchIndex

T = TypeVar("T")

PAGE_SIZE = 10
MAX_LISTED = 100


@dataclass(frozen=True)
class Question:
    """One search as the address states it."""

    text: str
    kind: Kind | None = None
    court: str = ""
    page: int = 1


@dataclass(frozen=True)
class Findings:
    """The answer. ``number`` is the case number the text was understood as, if any.

    ``too_short`` means that nothing was looked up and help is in place.
    """

    number: CaseNumber | None = None
    hits: tuple[Hit, ...] = ()
    total: int = 0
    capped: bool = False
    """There are more than ``total``; nobody has counted them."""
    pages: int = 0
    exact: bool = False
    near: bool = False
    counts: Mapping[Kind, int] = field(default_factory=dict)
    too_short: bool = False


def find(index: SearchIndex, session: Session, question: Question) -> Findings:
    """Answer a search over everything public."""
    number = find_case_number(question.text)
    try:
        page = index.search(_query(question, number, PAGE_SIZE))
    except QueryTooShort:
        return Findings(number=number, too_short=True)
    return Findings(
        number=number,
        hits=_still_public(session, page),
        total=page.total,
        capped=page.capped,
        pages=page.pages,
        exact=page.exact,
        near=page.near,
        counts=page.counts_by_kind,
    )


@dataclass(frozen=True)
class Listed(Generic[T]):
    """Entries of one list, browsed or looked up by name."""

    rows: Slice[T]
    near: bool = False
    too_short: bool = False
    cut: bool = False
    """More fits than MAX_LISTED; the rest was not looked at."""


def find_listed(
    index: SearchIndex,
    question: Question,
    read: Callable[[Sequence[str]], tuple[T, ...]],
) -> Listed[T]:
    """The entries of one list that fit best, at most MAX_LISTED on one page.

    ``read`` fetches rows by id from the store and leaves out what is no longer public.
    """
    try:
        page = index.search(_query(question, find_case_number(question.text), MAX_LISTED))
    except QueryTooShort:
        return Listed(Slice(), too_short=True)
    rows = read([hit.id for hit in page.hits])
    return Listed(
        Slice(rows, len(rows)), near=page.near, cut=page.capped or page.total > MAX_LISTED
    )


def _query(question: Question, number: CaseNumber | None, size: int) -> Query:
    return Query(
        text=question.text,
        case_key=number.key if number else "",
        near_keys=number.near_keys if number else (),
        kind=question.kind,
        court=question.court,
        page=question.page,
        page_size=size,
    )


def _still_public(session: Session, page: Page) -> tuple[Hit, ...]:
    """An index that lags behind a withdrawal must not show what was withdrawn."""
    gone = gone_among(session, [hit.url for hit in page.hits])
    return tuple(hit for hit in page.hits if hit.url not in gone)
