"""``portal lists due``: takes from the public lists what has left them, once a day or oftener.

Dishonest listings whose term is over or that a ground of 法释〔2017〕7号 art. 10 ends, entries the
court's newest record does not know, restrictions that were lifted, 终本 cases that were paid:
they leave page, index and feeds by the same withdrawal as everything else, and the old address
answers 410. The day is given from outside; running again for the same day finds nothing to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import structlog

from portal.publication.ended_listings import find_ended, listed_cases
from portal.publication.gate import Gate
from portal.publication.listings import Leaving
from portal.publication.reconcile import reconcile
from portal.publication.withdrawal import withdraw_ended
from portal.registry.list_runs import begin_run, finish_run

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Clearing:
    """What one run did; ``late`` of the removed entries were public beyond their last day.

    ``errors`` are the numbers of cases that failed and are as they were; ``certain`` is False
    where the holidays of a year were not known to a deadline.
    """

    day: date
    examined: int = 0
    removed: int = 0
    late: int = 0
    errors: tuple[str, ...] = ()
    certain: bool = True


def clear_lists(
    gate: Gate, actor: str, today: date, progress: Callable[[int, int], None] | None = None
) -> Clearing:
    """Remove every list entry that has ended by ``today``; a case that fails stops no other.

    ``progress`` is told cases done of those that have something to remove.
    """
    reconcile(gate.stores, actor)
    with gate.stores.registry.begin() as session:
        run_id = begin_run(session, today, actor)
    numbers = listed_cases(gate.stores)
    gone: list[Leaving] = []
    errors: list[str] = []

    def note(case_number: str, error: Exception) -> None:
        log.error("clearing_failed", case_number=case_number, error=type(error).__name__)
        errors.append(case_number)

    ended = list(find_ended(gate.stores, gate.key, numbers, today, note))
    for done, case in enumerate(ended, 1):
        try:
            gone += withdraw_ended(gate, case.case_number, actor, today)
        except Exception as error:
            # What cannot be removed of one case must not keep the others on their lists.
            note(case.case_number, error)
        if progress:
            progress(done, len(ended))
    gate.settle()
    late = sum(leaving.deadline.date < today for leaving in gone)
    with gate.stores.registry.begin() as session:
        finish_run(
            session,
            run_id,
            examined=len(numbers),
            removed=len(gone),
            late=late,
            failed=len(errors),
        )
    certain = all(leaving.deadline.certain for leaving in gone)
    return Clearing(today, len(numbers), len(gone), late, tuple(errors), certain)
