"""Reading the public cases: the list, and one case with everything that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from portal.disclosure.models import PublicCase
from portal.paging import NewestFirst, Slice, read_slice
from portal.reference.case_numbers import CaseNumber

ORDER = NewestFirst(PublicCase.filed_on, PublicCase.id)


@dataclass(frozen=True)
class CaseLink:
    """The case this one was resumed from or as; ``slug`` is None when it is not public."""

    number: str
    slug: str | None


@dataclass(frozen=True)
class CaseRecord:
    """A case page: the case and its 执 or 执恢 counterpart."""

    case: PublicCase
    resumed_from: CaseLink | None
    resumed_as: CaseLink | None


def browse_cases(
    session: Session,
    *,
    court: str = "",
    stage: str = "",
    year: int | None = None,
    after: str = "",
) -> Slice[PublicCase]:
    """List cases by filing date; ``year`` is the year of filing."""
    query = select(PublicCase)
    if court:
        query = query.where(PublicCase.court_code == court)
    if stage:
        query = query.where(PublicCase.stage == stage)
    if year is not None:
        query = query.where(PublicCase.filed_on.between(date(year, 1, 1), date(year, 12, 31)))
    return read_slice(session, query, ORDER, after)


def read_case(session: Session, number: CaseNumber) -> CaseRecord | None:
    """Read the case with this number and all that is shown with it, None when not public."""
    case = session.scalar(
        select(PublicCase)
        .where(PublicCase.case_number == number.canonical)
        .options(
            selectinload(PublicCase.events),
            selectinload(PublicCase.debtors),
            selectinload(PublicCase.restrictions),
            selectinload(PublicCase.termination),
            selectinload(PublicCase.auctions),
        )
    )
    if case is None:
        return None
    return CaseRecord(
        case=case,
        resumed_from=_link(session, case.resumed_from),
        resumed_as=_link(session, case.resumed_as),
    )


def filing_years(session: Session) -> list[int]:
    """Years with public cases, newest first, without gaps."""
    first, last = session.execute(
        select(func.min(PublicCase.filed_on), func.max(PublicCase.filed_on))
    ).one()
    return list(range(last.year, first.year - 1, -1)) if first else []


def _link(session: Session, number: str) -> CaseLink | None:
    if not number:
        return None
    slug = session.scalar(select(PublicCase.slug).where(PublicCase.case_number == number))
    return CaseLink(number, slug)
