"""Reading the cases closed by 终结本次执行程序 (法〔2016〕373号)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session, joinedload

from portal.disclosure.lists import PublicList, by_day
from portal.disclosure.models import PublicTermination
from portal.paging import Order
from portal.reference.clock import add_months

TERMINATIONS = PublicList(
    PublicTermination,
    filters={"court": PublicTermination.court_code},
    day=PublicTermination.closed_on,
    orders=(
        *by_day(PublicTermination.closed_on, PublicTermination.id),
        Order("unpaid", PublicTermination.amount_unpaid, PublicTermination.id),
    ),
)
SEARCH_YEARS = 5


@dataclass(frozen=True)
class TerminationRecord:
    """One entry; until ``searched_until`` the court searches every six months (art. 9)."""

    entry: PublicTermination
    searched_until: date


def read_termination(session: Session, id_: str) -> TerminationRecord | None:
    """Read one entry, None when it is not public."""
    entry = session.get(PublicTermination, id_, options=[joinedload(PublicTermination.case)])
    if entry is None:
        return None
    return TerminationRecord(entry, end_of_searches(entry.closed_on))


def end_of_searches(closed_on: date) -> date:
    """Five years after closing (art. 9); 29 February ends on 28 February."""
    return add_months(closed_on, 12 * SEARCH_YEARS)
