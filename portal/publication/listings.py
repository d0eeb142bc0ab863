"""Which listings of a record stand, and which have left their list, why and since when.

An export ends a listing with ``ended_on``. A term ends by itself (法释〔2017〕7号 art. 10), a
listing without a term ends with its case (art. 10, items 1, 6 and 7), an entry of the 终本 list
when the debt is paid, in this case or in the one it was resumed as. None of the latter needs an
export, so each is read here from the record and a day.

Composing and clearing the lists go by the same facts, so that what one takes for ended the
other does not publish again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.models import PublicCase
from portal.publication.addresses import EntryIds, PublicRow, item_id, item_kind
from portal.publication.values import as_date, as_money
from portal.reference.dishonesty import count_term
from portal.reference.list_ends import BY_CLOSING, Ground, read_ground, removal_deadline
from portal.reference.vocabulary import TERMINATION_OF_PROCEDURE, MeasureKind
from portal.reference.workdays import Deadline
from portal.registry.models import RegistryCase

Record = Mapping[str, Any]
Facts = tuple[str, ...]

CLOSING = "closing"
_PAID_METHOD = "执行完毕"


@dataclass(frozen=True)
class End:
    """Why and since when a listing is over; ``since`` is the day the ground arose."""

    ground: Ground
    since: date


@dataclass(frozen=True)
class Leaving:
    """A public entry that has to go, and the last day on which it may still be seen."""

    kind: str
    entry_id: str
    ground: Ground
    since: date
    deadline: Deadline


def measure_facts(measure: Record) -> Facts | None:
    """What makes the address of a measure's entry; None for a measure that is on no list."""
    if measure["kind"] == MeasureKind.DISHONEST:
        return ("debtor", measure["party"], measure["decided_on"], str(measure["kind"]))
    if measure["kind"] == MeasureKind.RESTRICTION:
        return ("restriction", measure["party"], measure["decided_on"])
    return None


def published_day(measure: Record) -> date:
    """The day a listing was published, from which its term runs."""
    return as_date(measure.get("published_from") or measure["decided_on"])


def ended_paths(content: Record, day: date | None, paid: date | None = None) -> frozenset[str]:
    """Paths in the record of listings over by ``day``: ``measures[2]``, ``closing``.

    Without a day only what the record itself ends counts: nobody has cleared the lists yet.
    """
    return frozenset(path for path, _facts, end in _listings(content, day, paid) if end)


def leavings(
    rows: Collection[PublicRow],
    content: Record,
    key: bytes,
    day: date,
    *,
    paid: date | None = None,
    changed_on: date,
) -> tuple[Leaving, ...]:
    """Those of a case's public rows that have left their list by ``day``.

    A row the record knows nothing of any more (``changed_on``) was wrong. ``key`` is the
    office's, by which addresses are made; ``rows`` without a list are passed over. ``paid`` is
    the day the debt was paid in the case this one was resumed as.
    """
    ends = _ends_by_address(content, key, day, paid)
    found = []
    for row in rows:
        if isinstance(row, PublicCase) or item_kind(row) == "auction":
            continue
        address = item_kind(row), item_id(row)
        end = ends.get(address, End(Ground.DROPPED, changed_on))
        if end is not None:
            deadline = removal_deadline(end.since)
            found.append(Leaving(*address, end.ground, end.since, deadline))
    return tuple(found)


def paid_in_resumed(session: Session, content: Record) -> date | None:
    """The day the case this one was resumed as was executed in full, None where it was not."""
    number = content.get("resumed_as")
    if not number:
        return None
    resumed = session.scalars(
        select(RegistryCase.content).filter_by(case_number=number)
    ).one_or_none()
    return paid_on(resumed) if resumed else None


def paid_on(content: Record) -> date | None:
    """The day a case was executed in full, None where it was not."""
    closing = content.get("closing") or {}
    return as_date(closing["closed_on"]) if closing.get("method") == _PAID_METHOD else None


def _listings(
    content: Record, day: date | None, paid: date | None
) -> Iterator[tuple[str, Facts, End | None]]:
    for index, measure in enumerate(content.get("measures") or []):
        facts = measure_facts(measure)
        if facts:
            end = _end_of_measure(measure, content, day, paid)
            yield f"measures[{index}]", facts, end
    closing = content.get("closing") or {}
    if closing.get("method") == TERMINATION_OF_PROCEDURE:
        yield CLOSING, ("termination",), _end_of_closing(closing, day, paid)


def _end_of_measure(
    measure: Record, content: Record, day: date | None, paid: date | None
) -> End | None:
    kind = MeasureKind(measure["kind"])
    if measure.get("ended_on"):
        ground = read_ground(kind, measure.get("end_reason") or "")
        return End(ground, as_date(measure["ended_on"]))
    if kind is not MeasureKind.DISHONEST or day is None:
        return None
    term = count_term(measure.get("behaviour") or "", measure.get("term_months"))
    last_day = term.last_day(published_day(measure))
    if last_day is not None:
        return End(Ground.EXPIRED, last_day) if last_day < day else None
    closing = content.get("closing") or {}
    if closing.get("method") in BY_CLOSING:
        return End(BY_CLOSING[closing["method"]], as_date(closing["closed_on"]))
    return End(Ground.PERFORMED, paid) if paid else None


def _end_of_closing(closing: Record, day: date | None, paid: date | None) -> End | None:
    if day is None:
        return None
    unpaid = as_money(closing.get("amount_unpaid"))
    if unpaid is not None and unpaid == 0:
        return End(Ground.PAID, as_date(closing["closed_on"]))
    return End(Ground.PAID, paid) if paid else None


def _ends_by_address(
    content: Record, key: bytes, day: date, paid: date | None
) -> dict[tuple[str, str], End | None]:
    """How every entry the record ever had stands, by kind and id; None while it is in force.

    Entries in force take the ids of their facts in order, as composing gives them; ids
    beyond those once belonged to entries that have ended.
    """
    groups: defaultdict[Facts, list[End | None]] = defaultdict(list)
    for _path, facts, end in _listings(content, day, paid):
        groups[facts].append(end)
    ids = EntryIds(key, content["case_number"])
    return {
        (facts[0], ids.make(*facts)): end
        for facts, ends in groups.items()
        for end in sorted(ends, key=lambda end: end is not None)
    }
