"""Work beside the requests: written down as a row, leased by one worker, done, or cancelled.

A worker holds a job by a lease it renews while it lives. A process that was killed renews
nothing; once its lease is over the next worker takes the job up and goes on where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import String, and_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from portal.columns import Label, Line
from portal.registry.audit import record_act, wait_turn
from portal.registry.base import RegistryBase

LEASE = timedelta(seconds=60)


class JobState(StrEnum):
    """Where a job stands; ``READY`` was looked through and waits for somebody's word."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = (JobState.WAITING, JobState.RUNNING, JobState.READY)


class LeasedJob(RegistryBase):
    """What every kind of job has; ``done`` and ``total`` count what it goes through.

    ``total`` is 0 until the worker knows it. ``problem`` is what went wrong, for its page.
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(64), index=True)
    actor: Mapped[Label]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    owner: Mapped[Label]
    lease_until: Mapped[datetime | None]
    stop_asked: Mapped[bool] = mapped_column(default=False)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    problem: Mapped[Line]

    @property
    def open(self) -> bool:
        """Whether anything is still to be done with it."""
        return self.state in OPEN


Job = TypeVar("Job", bound=LeasedJob)


class JobLost(Exception):
    """The job was cancelled, or another worker holds it by now."""


def claim_job(
    registry: sessionmaker[Session], kind: type[Job], owner: str, now: datetime
) -> Job | None:
    """Lease the oldest job that waits, or whose worker has fallen silent; None where none is."""
    free = or_(
        kind.state == JobState.WAITING,
        and_(kind.state == JobState.RUNNING, kind.lease_until <= now),
    )
    query = select(kind).where(free).order_by(kind.id).limit(1)
    with registry() as session:
        if session.scalars(query).first() is None:
            return None
    with registry.begin() as session:
        wait_turn(session)
        job = session.scalars(query).first()
        if job is None:
            return None
        job.state, job.owner, job.lease_until = JobState.RUNNING, owner, now + LEASE
        session.flush()
        session.expunge(job)
        return job


def renew_job(registry: sessionmaker[Session], job: LeasedJob, now: datetime, **facts: Any) -> None:
    """Say that the job's owner is alive and how far he is. Raises JobLost."""
    with registry.begin() as session:
        own = own_job(session, job)
        if own.stop_asked:
            raise JobLost
        own.lease_until = now + LEASE
        _put(own, facts)


def keep_job(registry: sessionmaker[Session], job: LeasedJob, now: datetime) -> None:
    """Prolong the lease even where the job is to stop: the end has work of its own."""
    with registry.begin() as session:
        own_job(session, job).lease_until = now + LEASE


def close_job(
    registry: sessionmaker[Session], job: LeasedJob, state: JobState, now: datetime, **facts: Any
) -> None:
    """Write down how the owner's work on the job ended. Raises JobLost where it is not his."""
    with registry.begin() as session:
        own = own_job(session, job)
        own.state, own.owner, own.lease_until = state, "", None
        own.finished_at = None if state in OPEN else now
        _put(own, facts)


def cancel_job(
    registry: sessionmaker[Session], job: LeasedJob, actor: str, now: datetime, act: str, of: str
) -> bool:
    """Stop a job; what it did stands. False where it is over already.

    A worker that is at it stops before its next step. ``act`` and ``of`` go into the log.
    """
    with registry.begin() as session:
        wait_turn(session)
        found = session.get_one(type(job), job.id)
        if not found.open or found.stop_asked:
            return False
        if found.state == JobState.RUNNING:
            found.stop_asked = True
        else:
            found.state, found.finished_at = JobState.CANCELLED, now
        record_act(session, actor, act, of)
        return True


def find_job(registry: sessionmaker[Session], kind: type[Job], job_id: int) -> Job | None:
    """The job with this id."""
    with registry() as session:
        return session.get(kind, job_id)


def open_jobs(registry: sessionmaker[Session], kind: type[Job]) -> Sequence[Job]:
    """Jobs that are not over, oldest first."""
    query = select(kind).where(kind.state.in_(OPEN)).order_by(kind.id)
    with registry() as session:
        return session.scalars(query).all()


def own_job(session: Session, job: Job) -> Job:
    """The job, for a change by its owner, nobody else's until the transaction ends."""
    wait_turn(session)
    own = session.get_one(type(job), job.id)
    if own.owner != job.owner or own.state != JobState.RUNNING:
        raise JobLost
    return own


def _put(job: LeasedJob, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(job, name, value)
