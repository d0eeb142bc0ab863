"""Looks through many cases for list entries that have ended; reads only, and keeps nobody waiting.

Reading in pieces, without a turn, finds the few cases that want an act. Whoever acts on one
looks again within his turn (``withdrawal.withdraw_ended``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import select, union

from portal.disclosure.models import PublicDebtor, PublicRestriction, PublicTermination
from portal.publication.addresses import PublicRow
from portal.publication.listings import Leaving, leavings, paid_on
from portal.reference.clock import BEIJING
from portal.registry.models import RegistryCase
from portal.stores import Stores

# Any of the three models: their rows have a case number in common, and no base that says so.
LISTS: tuple[Any, ...] = (PublicDebtor, PublicRestriction, PublicTermination)
_PIECE = 400

Failure = Callable[[str, Exception], None]


@dataclass(frozen=True)
class EndedCase:
    """A case with entries that have to go."""

    case_number: str
    court: str
    leavings: tuple[Leaving, ...]


def listed_cases(stores: Stores) -> list[str]:
    """Numbers of the cases with an entry on one of the three lists."""
    with stores.disclosure() as public:
        numbers = union(*(select(table.case_number) for table in LISTS))
        return sorted(public.scalars(numbers))


def find_ended(
    stores: Stores, key: bytes, numbers: Sequence[str], today: date, failed: Failure
) -> Iterator[EndedCase]:
    """Yield those of the cases that have public entries which have ended by ``today``.

    A record that cannot be read is handed to ``failed`` and passed over.
    """
    rest = iter(numbers)
    while piece := list(islice(rest, _PIECE)):
        rows = _public_rows(stores, piece)
        cases, paid = _records(stores, piece)
        for case in cases:
            try:
                content = case.content
                found = leavings(
                    rows[case.case_number],
                    content,
                    key,
                    today,
                    paid=paid.get(content.get("resumed_as") or ""),
                    changed_on=case.updated_at.astimezone(BEIJING).date(),
                )
            except Exception as error:
                # One broken record must not keep the others on a list they have left.
                failed(case.case_number, error)
                continue
            if found:
                yield EndedCase(case.case_number, case.court, found)


def _public_rows(stores: Stores, numbers: Sequence[str]) -> defaultdict[str, list[PublicRow]]:
    rows: defaultdict[str, list[PublicRow]] = defaultdict(list)
    with stores.disclosure() as public:
        for table in LISTS:
            for row in public.scalars(select(table).where(table.case_number.in_(numbers))):
                rows[row.case_number].append(row)
    return rows


def _records(
    stores: Stores, numbers: Sequence[str]
) -> tuple[Sequence[RegistryCase], dict[str, date]]:
    """The records, and when the cases they were resumed as were paid, by number."""
    with stores.registry() as session:
        wanted = select(RegistryCase).where(RegistryCase.case_number.in_(numbers))
        cases = session.scalars(wanted.order_by(RegistryCase.case_number)).all()
        resumed = {case.content.get("resumed_as") for case in cases} - {None}
        contents = select(RegistryCase.case_number, RegistryCase.content).where(
            RegistryCase.case_number.in_(resumed)
        )
        days = ((number, paid_on(content)) for number, content in session.execute(contents))
        return cases, {number: day for number, day in days if day}
