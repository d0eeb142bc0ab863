"""What the office sees of the lists' terms: what is over and still public, what ends soon.

The page asks little: the records that changed since the lists were last cleared whole, the
listings whose term is over, and those it ends for within a month.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import structlog
from sqlalchemy import select

from portal.disclosure.models import PublicDebtor
from portal.publication.ended_listings import find_ended
from portal.reference.list_ends import Ground, removal_deadline
from portal.reference.workdays import Deadline, workdays_left
from portal.registry.list_runs import last_whole_run, newest_run
from portal.registry.models import ListRun, RegistryCase
from portal.stores import Stores

log = structlog.get_logger(__name__)

SOON = timedelta(days=30)
MOST_EXAMINED = 2_000
MOST_COMING = 200
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Urgency(StrEnum):
    """How an entry stands towards its last day."""

    OVERDUE = "overdue"
    DUE = "due"
    COMING = "coming"


@dataclass(frozen=True)
class ListDeadline:
    """One entry that has to go, or will; ``left`` are working days, negative once overdue."""

    case_number: str
    court: str
    kind: str
    ground: Ground
    since: date
    deadline: Deadline
    left: int
    urgency: Urgency


@dataclass(frozen=True)
class ListDeadlines:
    """All of them for one day, the most pressing first, and the newest run.

    ``cut`` says that more records changed than were examined.
    """

    today: date
    items: tuple[ListDeadline, ...]
    run: ListRun | None
    cut: bool = False

    def count(self, urgency: Urgency) -> int:
        """How many entries stand so."""
        return sum(item.urgency is urgency for item in self.items)

    def by_rule(self) -> dict[str, Counter[Urgency]]:
        """How many entries stand so under each article, the most pressing article first."""
        counts: dict[str, Counter[Urgency]] = {}
        for item in self.items:
            counts.setdefault(item.ground.value.rule, Counter())[item.urgency] += 1
        return counts

    def under(self, rule: str) -> ListDeadlines:
        """Those of one article alone."""
        items = tuple(item for item in self.items if item.ground.value.rule == rule)
        return replace(self, items=items)


def read_deadlines(stores: Stores, key: bytes, today: date) -> ListDeadlines:
    """Everything that is over or ends within a month; ``key`` makes the addresses of entries."""
    numbers, run, cut = _candidates(stores, today)
    items = [
        _item(case.case_number, case.court, leaving.kind, leaving.ground, leaving.since, today)
        for case in find_ended(stores, key, numbers, today, _note)
        for leaving in case.leavings
    ]
    items += _coming(stores, today)
    items.sort(key=lambda item: (item.deadline.date, item.case_number, item.kind))
    return ListDeadlines(today, tuple(items), run, cut)


def _item(
    case_number: str, court: str, kind: str, ground: Ground, since: date, today: date
) -> ListDeadline:
    deadline = removal_deadline(since)
    if deadline.date < today:
        urgency = Urgency.OVERDUE
    else:
        coming = ground is Ground.EXPIRED and since >= today
        urgency = Urgency.COMING if coming else Urgency.DUE
    left = workdays_left(today, deadline.date)
    return ListDeadline(case_number, court, kind, ground, since, deadline, left, urgency)


def _candidates(stores: Stores, today: date) -> tuple[list[str], ListRun | None, bool]:
    with stores.registry() as session:
        run, whole = newest_run(session), last_whole_run(session)
        since = whole.started_at if whole else _NEVER
        changed = session.execute(
            select(RegistryCase.case_number, RegistryCase.content["resumed_from"].as_string())
            .where(RegistryCase.updated_at >= since)
            .order_by(RegistryCase.updated_at.desc())
            .limit(MOST_EXAMINED + 1)
        ).all()
    with stores.disclosure() as public:
        expired = set(
            public.scalars(select(PublicDebtor.case_number).where(PublicDebtor.expires_on < today))
        )
    cut = len(changed) > MOST_EXAMINED
    touched = {number for pair in changed[:MOST_EXAMINED] for number in pair if number}
    return sorted(touched | expired), run, cut


def _coming(stores: Stores, today: date) -> list[ListDeadline]:
    query = (
        select(PublicDebtor.case_number, PublicDebtor.court_code, PublicDebtor.expires_on)
        .where(PublicDebtor.expires_on >= today, PublicDebtor.expires_on <= today + SOON)
        .order_by(PublicDebtor.expires_on, PublicDebtor.id)
        .limit(MOST_COMING)
    )
    with stores.disclosure() as public:
        return [
            _item(number, court, "debtor", Ground.EXPIRED, last_day, today)
            for number, court, last_day in public.execute(query)
            if last_day
        ]


def _note(case_number: str, error: Exception) -> None:
    log.error("deadline_unreadable", case_number=case_number, error=type(error).__name__)
