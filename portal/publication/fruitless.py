"""Listings that art. 10, item 4 of 法释〔2017〕7号 may have ended: for a person to look at.

After 终本 two searches or more found nothing and nobody gave a valid clue: then a listing without
a term has to go. The record knows the searches and not the clues, so the portal removes nothing
by itself; it shows the office which cases to ask the court about.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.disclosure.models import PublicDebtor, PublicTermination
from portal.stores import Stores

SEARCHES = 2
MOST_READ = 500
# Words of clerks for a search without a result. A search in other words counts as found.
_NOTHING = ("未发现", "没有发现", "无结果", "未查到", "未查询到", "无可供执行", "无财产")


@dataclass(frozen=True)
class Fruitless:
    """A listed case with its searches in vain; ``since`` is the day of the second."""

    case_number: str
    court: str
    since: date
    searches: int


def list_fruitless(stores: Stores) -> tuple[Fruitless, ...]:
    """Cases on both lists whose searches all found nothing, the longest waiting first.

    Looks at the MOST_READ cases that were closed first, and at listings without a term only.
    """
    query = (
        select(
            PublicTermination.case_number,
            PublicTermination.court_code,
            PublicTermination.requeries,
        )
        .where(
            PublicTermination.case_id.in_(
                select(PublicDebtor.case_id).where(PublicDebtor.expires_on.is_(None))
            )
        )
        .order_by(PublicTermination.closed_on, PublicTermination.id)
        .limit(MOST_READ)
    )
    found = []
    with stores.disclosure() as public:
        for number, court, searches in public.execute(query):
            in_vain = all(_found_nothing(search["result"]) for search in searches)
            if len(searches) >= SEARCHES and in_vain:
                days = sorted(date.fromisoformat(search["on"]) for search in searches)
                found.append(Fruitless(number, court, days[SEARCHES - 1], len(days)))
    return tuple(sorted(found, key=lambda case: (case.since, case.case_number)))


def _found_nothing(result: str) -> bool:
    return any(words in result for words in _NOTHING)
