"""The runs that clear the public lists: when each ran, for which day, what it did.

``lists_day`` is what the gate asks for every case; the row is written before the first entry
goes, so that nobody publishes again what the run is about to take away.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.registry.audit import record_act, wait_turn
from portal.registry.models import ListRun


def lists_day(session: Session) -> date | None:
    """The latest day the lists were cleared for, None where they never were.

    Not the newest run's: one for an earlier day must not bring back what has ended.
    """
    return session.scalar(select(func.max(ListRun.day)))


def newest_run(session: Session) -> ListRun | None:
    """The run that was begun last."""
    return session.scalars(select(ListRun).order_by(ListRun.id.desc()).limit(1)).first()


def last_whole_run(session: Session) -> ListRun | None:
    """The newest run that came to its end and left no case behind."""
    whole = select(ListRun).where(ListRun.finished_at.is_not(None), ListRun.failed == 0)
    return session.scalars(whole.order_by(ListRun.id.desc()).limit(1)).first()


def begin_run(session: Session, day: date, actor: str) -> int:
    """Write down that a run for ``day`` begins; return its id."""
    wait_turn(session)
    run = ListRun(day=day, actor=actor, started_at=datetime.now(UTC))
    session.add(run)
    session.flush()
    return run.id


def finish_run(
    session: Session, run_id: int, *, examined: int, removed: int, late: int, failed: int
) -> None:
    """Write down what a run did, beside it in the audit log."""
    run = session.get_one(ListRun, run_id)
    run.finished_at = datetime.now(UTC)
    run.examined, run.removed, run.late, run.failed = examined, removed, late, failed
    detail = {
        "day": run.day.isoformat(),
        "examined": examined,
        "removed": removed,
        "late": late,
        "errors": failed,
    }
    record_act(session, run.actor, "lists.clear", detail=detail)
