"""Reading the cases closed by 终结本次执行程序 (法〔2016〕373号)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.disclosure.models import PublicTermination
from portal.paging import NewestFirst, Slice, read_slice

ORDER = NewestFirst(PublicTermination.closed_on, PublicTermination.id)
SEARCH_YEARS = 5


@dataclass(frozen=True)
class TerminationRecord:
    """One entry; until ``searched_until`` the court searches every six months (art. 9)."""

    entry: PublicTermination
    searched_until: date


def browse_terminations(
    session: Session, *, court: str = "", year: int | None = None, after: str = ""
) -> Slice[PublicTermination]:
    """List entries by date of closing; ``year`` is the year of closing."""
    query = select(PublicTermination).options(joinedload(PublicTermination.case))
    if court:
        query = query.where(PublicTermination.court_code == court)
    if year is not None:
        query = query.where(
            PublicTermination.closed_on.between(date(year, 1, 1), date(year, 12, 31))
        )
    return read_slice(session, query, ORDER, after)


def read_termination(session: Session, id_: str) -> TerminationRecord | None:
    """Read one entry, None when it is not public."""
    entry = session.get(PublicTermination, id_, options=[joinedload(PublicTermination.case)])
    if entry is None:
        return None
    return TerminationRecord(entry, end_of_searches(entry.closed_on))


def closing_years(session: Session) -> list[int]:
    """Years in which listed cases were closed, newest first, without gaps."""
    first, last = session.execute(
        select(func.min(PublicTermination.closed_on), func.max(PublicTermination.closed_on))
    ).one()
    return list(range(last.year, first.year - 1, -1)) if first else []


def end_of_searches(closed_on: date) -> date:
    """Five years after closing (art. 9); 29 February ends on 28 February."""
    try:
        return closed_on.replace(year=closed_on.year + SEARCH_YEARS)
    except ValueError:
        return closed_on.replace(year=closed_on.year + SEARCH_YEARS, day=28)
