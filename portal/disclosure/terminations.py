"""Reading the cases closed by 终结本次执行程序 (法〔2016〕373号)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session, joinedload

from portal.disclosure.lists import PublicList, by_day
from portal.disclosure.models import PublicTermination
from portal.disclosure.related import RelatedCase, read_related
from portal.paging import Order
from portal.reference.clock import add_months
from portal.reference.vocabulary import Relation

TERMINATIONS = PublicList(
    PublicTermination,
    filters={"court": PublicTermination.court_code},
    day=PublicTermination.closed_on,
    orders=(
        *by_day(PublicTermination.closed_on, PublicTermination.id),
        Order("unpaid", PublicTermination.amount_unpaid, PublicTermination.id),
    ),
    unread=(PublicTermination.checks, PublicTermination.requeries),
)
SEARCH_YEARS = 5
SEARCH_MONTHS = 6


@dataclass(frozen=True)
class TerminationRecord:
    """One entry; until ``searched_until`` the court searches every six months (art. 9).

    ``next_search`` is the day by which the next one is owed, None when all have been made.
    ``resumption`` is the public case in which enforcement goes on.
    """

    entry: PublicTermination
    searched_until: date
    next_search: date | None
    resumption: RelatedCase | None


def read_termination(session: Session, id_: str) -> TerminationRecord | None:
    """Read one entry, None when it is not public."""
    entry = session.get(PublicTermination, id_, options=[joinedload(PublicTermination.case)])
    if entry is None:
        return None
    made = [date.fromisoformat(search["on"]) for search in entry.requeries]
    until = end_of_searches(entry.closed_on)
    resumed = [
        one for one in read_related(session, entry.case) if one.relation is Relation.RESUMPTION
    ]
    following = next_search(entry.closed_on, made)
    return TerminationRecord(entry, until, following, resumed[-1] if resumed else None)


def next_search(closed_on: date, made: Sequence[date]) -> date | None:
    """Six months after the newest search (art. 9); None once that lies beyond the five years."""
    following = add_months(max((closed_on, *made)), SEARCH_MONTHS)
    return following if following <= end_of_searches(closed_on) else None


def end_of_searches(closed_on: date) -> date:
    """Five years after closing (art. 9); 29 February ends on 28 February."""
    return add_months(closed_on, 12 * SEARCH_YEARS)
