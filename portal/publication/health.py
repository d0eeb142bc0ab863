"""Whether what has to run by itself runs: the schedule, the worker, the index, the checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.press.models import ScheduleRun
from portal.publication.standing import index_lag
from portal.publication.story_schedule import schedule_is_late
from portal.registry.audit_heads import last_signed
from portal.registry.heartbeats import last_beat
from portal.registry.jobs import IntakeJob
from portal.registry.leak_checks import last_finished, newest_checks
from portal.registry.leases import JobState
from portal.registry.list_runs import last_whole_run, newest_run
from portal.stores import Stores
from search_index import Where

# A day, and some hours more for a run that takes longer than the day before.
DAILY = timedelta(hours=26)
# A worker writes down every minute that it lives.
SILENT = timedelta(minutes=3)
WORKER = "worker"
PURGE = "inbox_purge"


class HealthSubject(StrEnum):
    """What is looked at."""

    LEAKS = "leaks"
    LISTS = "lists"
    STORIES = "stories"
    INDEX = "index"
    WORKER = "worker"
    AUDIT = "audit"
    INBOX = "inbox"


class Condition(StrEnum):
    """How it stands: as it should, overdue, or wrong."""

    GOOD = "good"
    LATE = "late"
    BAD = "bad"


@dataclass(frozen=True)
class Health:
    """One subject: when it was last done, and a number that belongs to it.

    ``number`` is leaks and broken pages found, cases a clearing of the lists left behind,
    changes the index lacks, or files that wait for the worker.
    """

    subject: HealthSubject
    condition: Condition
    at: datetime | None = None
    number: int = 0


def read_health(stores: Stores, index_path: Where, now: datetime) -> tuple[Health, ...]:
    """Every subject at ``now``; a handful of rows are read, each by its key."""
    with stores.registry() as session:
        found = [_leaks(session, now), _lists(session, now), _worker(session, now)]
        signed, purged = last_signed(session), last_beat(session, PURGE)
        run = session.get(ScheduleRun, 1)
    late = schedule_is_late(stores.registry, now)
    lag = index_lag(stores, index_path)
    return (
        found[0],
        found[1],
        Health(
            HealthSubject.STORIES,
            Condition.LATE if late else Condition.GOOD,
            run.ran_at if run else None,
        ),
        Health(
            HealthSubject.INDEX,
            Condition.BAD if lag is None else Condition.LATE if lag else Condition.GOOD,
            number=lag or 0,
        ),
        found[2],
        Health(HealthSubject.AUDIT, _daily(signed, now), signed),
        Health(HealthSubject.INBOX, _daily(purged, now), purged),
    )


def _leaks(session: Session, now: datetime) -> Health:
    check = last_finished(session)
    if check is None:
        return Health(HealthSubject.LEAKS, Condition.LATE)
    wrong = check.leaks + check.faults
    condition = Condition.BAD if wrong else _daily(check.finished_at, now)
    newest = newest_checks(session, 1)[0]
    if condition is Condition.GOOD and newest.id != check.id and now - newest.started_at > DAILY:
        condition = Condition.LATE
    return Health(HealthSubject.LEAKS, condition, check.finished_at, wrong)


def _lists(session: Session, now: datetime) -> Health:
    newest, whole = newest_run(session), last_whole_run(session)
    failed = newest.failed if newest else 0
    at = whole.started_at if whole else None
    return Health(HealthSubject.LISTS, Condition.BAD if failed else _daily(at, now), at, failed)


def _worker(session: Session, now: datetime) -> Health:
    at = last_beat(session, WORKER)
    states = select(func.count(IntakeJob.id))
    waiting = session.scalar(states.where(IntakeJob.state == JobState.WAITING)) or 0
    # At a long file it says by its lease that it lives.
    working = session.scalar(
        states.where(IntakeJob.state == JobState.RUNNING, IntakeJob.lease_until > now)
    )
    alive = bool(working) or (at is not None and now - at <= SILENT)
    return Health(HealthSubject.WORKER, Condition.GOOD if alive else Condition.LATE, at, waiting)


def _daily(at: datetime | None, now: datetime) -> Condition:
    return Condition.GOOD if at is not None and now - at <= DAILY else Condition.LATE
