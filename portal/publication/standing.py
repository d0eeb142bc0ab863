"""Where cases stand on both sides of the gate, for the office's lists and its dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.disclosure.ledger import IndexChange
from portal.disclosure.models import PublicCase
from portal.reference import case_numbers
from portal.reference.vocabulary import DisclosureLevel
from portal.registry.models import RegistryCase, Review, ReviewState
from portal.registry.party_access import PartyAccess
from portal.stores import Stores
from search_index import SearchIndexError, Where, open_index


class Standing(StrEnum):
    """One thing that is true of a case; a released case may also have a version waiting."""

    RELEASED = "released"
    NOT_PUBLIC = "not_public"
    HELD = "held"
    WITHDRAWN = "withdrawn"
    # parts of what a party reads are withheld until somebody has looked at them
    VIEWS_HELD = "views_held"


@dataclass(frozen=True)
class CaseStanding:
    """One case: its private revision, its public page if any, its waiting review if any."""

    case_number: str
    court: str
    filed_on: date
    revision: int
    updated_at: datetime
    withdrawn_reason: str
    review_id: int | None
    slug: str | None
    level: str | None
    version: int | None
    released_at: datetime | None
    views_held: bool = False

    @property
    def standings(self) -> tuple[Standing, ...]:
        """All that is true of it; nothing while the gate has not seen it yet."""
        facts = {
            Standing.RELEASED: self.level == DisclosureLevel.OPEN,
            Standing.NOT_PUBLIC: self.level == DisclosureLevel.CLOSED,
            Standing.HELD: self.review_id is not None,
            Standing.WITHDRAWN: bool(self.withdrawn_reason),
            Standing.VIEWS_HELD: self.views_held,
        }
        return tuple(standing for standing, holds in facts.items() if holds)


@dataclass(frozen=True)
class Overview:
    """How the office's work stands: cases by standing, published since a moment, index lag."""

    cases: int
    standings: dict[Standing, int]
    released_since: int
    index_lag: int | None


def list_cases(
    stores: Stores,
    *,
    number: str = "",
    court: str = "",
    standing: Standing | None = None,
    since: datetime | None = None,
    limit: int,
    offset: int = 0,
) -> tuple[list[CaseStanding], int]:
    """Cases by date of filing, newest first, and how many match.

    ``number`` may be a whole number in any written form, or a part of one. With ``since``
    those whose public version is no older than that.
    """
    if since or standing in {Standing.RELEASED, Standing.NOT_PUBLIC}:
        numbers, total = _public_numbers(stores, number, court, standing, since, limit, offset)
    else:
        numbers, total = _registry_numbers(stores, number, court, standing, limit, offset)
    found = _by_number(stores, numbers)
    return [found[case_number] for case_number in numbers if case_number in found], total


def find_standing(stores: Stores, case_number: str) -> CaseStanding | None:
    """Where one case stands, or None when the registry does not have it."""
    return _by_number(stores, [case_number]).get(case_number)


def read_overview(stores: Stores, index_path: Where, since: datetime) -> Overview:
    """Count the cases by standing and those published since ``since``, and read the index lag."""
    with stores.registry() as session:
        cases = session.scalar(select(func.count(RegistryCase.id))) or 0
        held = session.scalar(
            select(func.count(Review.id)).where(Review.state == ReviewState.WAITING)
        )
        withdrawn = session.scalar(
            select(func.count(RegistryCase.id)).where(RegistryCase.withdrawn_reason != "")
        )
        views_held = session.scalar(
            select(func.count(RegistryCase.id)).where(RegistryCase.id.in_(_with_held_views()))
        )
    with stores.disclosure() as public:
        level_counts = select(PublicCase.level, func.count()).group_by(PublicCase.level)
        levels = dict(public.execute(level_counts).all())
        released_since = public.scalar(
            select(func.count(PublicCase.id)).where(PublicCase.released_at >= since)
        )
    return Overview(
        cases=cases,
        standings={
            Standing.RELEASED: levels.get(DisclosureLevel.OPEN, 0),
            Standing.NOT_PUBLIC: levels.get(DisclosureLevel.CLOSED, 0),
            Standing.HELD: held or 0,
            Standing.WITHDRAWN: withdrawn or 0,
            Standing.VIEWS_HELD: views_held or 0,
        },
        released_since=released_since or 0,
        index_lag=index_lag(stores, index_path),
    )


def index_lag(stores: Stores, index_path: Where) -> int | None:
    """Changes the index has not taken in yet; None when there is no index to ask."""
    with stores.disclosure() as public:
        newest_change = public.scalar(select(func.max(IndexChange.id))) or 0
    try:
        index = open_index(index_path)
    except SearchIndexError:
        return None
    try:
        return max(newest_change - index.position, 0)
    finally:
        index.close()


def _registry_numbers(
    stores: Stores, number: str, court: str, standing: Standing | None, limit: int, offset: int
) -> tuple[list[str], int]:
    query = select(RegistryCase.case_number)
    if standing is Standing.HELD:
        waiting = select(Review.case_id).where(Review.state == ReviewState.WAITING)
        query = query.where(RegistryCase.id.in_(waiting))
    elif standing is Standing.WITHDRAWN:
        query = query.where(RegistryCase.withdrawn_reason != "")
    elif standing is Standing.VIEWS_HELD:
        query = query.where(RegistryCase.id.in_(_with_held_views()))
    if court:
        query = query.where(RegistryCase.court == court)
    if number:
        query = query.where(RegistryCase.case_number.contains(_wanted(number), autoescape=True))
    newest_first = (RegistryCase.filed_on.desc(), RegistryCase.id.desc())
    with stores.registry() as session:
        total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        return list(
            session.scalars(query.order_by(*newest_first).limit(limit).offset(offset))
        ), total


def _public_numbers(
    stores: Stores,
    number: str,
    court: str,
    standing: Standing | None,
    since: datetime | None,
    limit: int,
    offset: int,
) -> tuple[list[str], int]:
    query = select(PublicCase.case_number)
    if standing is not None:
        closed = standing is Standing.NOT_PUBLIC
        level = DisclosureLevel.CLOSED if closed else DisclosureLevel.OPEN
        query = query.where(PublicCase.level == level)
    if since is not None:
        query = query.where(PublicCase.released_at >= since)
    if court:
        query = query.where(PublicCase.court_code == court)
    if number:
        query = query.where(PublicCase.case_number.contains(_wanted(number), autoescape=True))
    newest_first = (PublicCase.filed_on.desc(), PublicCase.id.desc())
    with stores.disclosure() as public:
        total = public.scalar(select(func.count()).select_from(query.subquery())) or 0
        return list(
            public.scalars(query.order_by(*newest_first).limit(limit).offset(offset))
        ), total


def _wanted(number: str) -> str:
    try:
        return case_numbers.parse(number).canonical
    except case_numbers.CaseNumberError:
        return "".join(number.split())


def _by_number(stores: Stores, numbers: Sequence[str]) -> dict[str, CaseStanding]:
    with stores.registry() as session:
        cases = session.scalars(
            select(RegistryCase).where(RegistryCase.case_number.in_(numbers))
        ).all()
        ids = [case.id for case in cases]
        waiting = _waiting(session, ids)
        held = set(session.scalars(_with_held_views().where(PartyAccess.case_id.in_(ids))))
    with stores.disclosure() as public:
        rows = public.scalars(select(PublicCase).where(PublicCase.case_number.in_(numbers)))
        pages = {row.case_number: row for row in rows}
    standings = {}
    for case in cases:
        page = pages.get(case.case_number)
        standings[case.case_number] = CaseStanding(
            case_number=case.case_number,
            court=case.court,
            filed_on=case.filed_on,
            revision=case.revision,
            updated_at=case.updated_at,
            withdrawn_reason=case.withdrawn_reason,
            review_id=waiting.get(case.id),
            slug=page.slug if page else None,
            level=page.level if page else None,
            version=page.version if page else None,
            released_at=page.released_at if page else None,
            views_held=case.id in held,
        )
    return standings


def _with_held_views() -> Select[Any]:
    """Ids of cases of which a party is not shown everything yet."""
    return (
        select(PartyAccess.case_id)
        .join(RegistryCase, RegistryCase.id == PartyAccess.case_id)
        .where(
            PartyAccess.ended_at.is_(None),
            PartyAccess.withheld > 0,
            RegistryCase.withdrawn_reason == "",
        )
    )


def _waiting(session: Session, case_ids: Sequence[int]) -> dict[int, int]:
    query = select(Review.case_id, Review.id).where(
        Review.case_id.in_(case_ids), Review.state == ReviewState.WAITING
    )
    return dict(session.execute(query).all())
