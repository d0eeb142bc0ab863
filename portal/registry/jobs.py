"""Uploaded files and the work on them: waiting, leased by one worker, done, or cancelled.

A worker holds a job by a lease it renews with every batch. A process that was killed renews
nothing; once its lease is over the next worker takes the job up, and the import goes on after
its last whole batch (``registry.intake``), so nothing is lost and nothing counted twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, and_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from portal.columns import Label, Line
from portal.registry.audit import record_act, wait_turn
from portal.registry.base import RegistryBase

LEASE = timedelta(seconds=60)


class JobState(StrEnum):
    """Where a file stands; ``READY`` was looked through and waits for somebody's word."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = (JobState.WAITING, JobState.RUNNING, JobState.READY)


class IntakeJob(RegistryBase):
    """One uploaded file. ``looking`` is set while nothing shall be written of it yet.

    ``stored_as`` is its name in the folder of uploads, gone when the job is over. ``done`` and
    ``total`` count lines. ``forecast`` is what an import would do, without any value of a case.
    """

    __tablename__ = "intake_job"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(64), index=True)
    looking: Mapped[bool]
    file_name: Mapped[Line]
    stored_as: Mapped[Label]
    actor: Mapped[Label]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    owner: Mapped[Label]
    lease_until: Mapped[datetime | None]
    stop_asked: Mapped[bool] = mapped_column(default=False)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("import_run.id"))
    problem: Mapped[Line]
    forecast: Mapped[dict[str, Any]] = mapped_column(default=dict)

    @property
    def open(self) -> bool:
        """Whether anything is still to be done with the file."""
        return self.state in OPEN


class JobLost(Exception):
    """The job was cancelled, or another worker holds it by now."""


def add_job(
    registry: sessionmaker[Session],
    *,
    stored_as: str,
    file_name: str,
    actor: str,
    looking: bool,
    now: datetime,
) -> int:
    """Put a stored file into the queue; return the job's id."""
    with registry.begin() as session:
        job = IntakeJob(
            state=JobState.WAITING,
            looking=looking,
            file_name=file_name[:500],
            stored_as=stored_as,
            actor=actor,
            created_at=now,
        )
        session.add(job)
        session.flush()
        record_act(session, actor, "import.upload", job.file_name)
        return job.id


def claim_job(registry: sessionmaker[Session], owner: str, now: datetime) -> IntakeJob | None:
    """Lease the oldest job that waits, or whose worker has fallen silent; None where none is."""
    free = or_(
        IntakeJob.state == JobState.WAITING,
        and_(IntakeJob.state == JobState.RUNNING, IntakeJob.lease_until <= now),
    )
    query = select(IntakeJob).where(free).order_by(IntakeJob.id).limit(1)
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


def renew_job(
    registry: sessionmaker[Session], job_id: int, owner: str, now: datetime, **counts: int
) -> None:
    """Say that the owner is alive and how far he is. Raises JobLost."""
    with registry.begin() as session:
        job = _own(session, job_id, owner)
        if job.stop_asked:
            raise JobLost
        job.lease_until = now + LEASE
        for name, value in counts.items():
            setattr(job, name, value)


def close_job(
    registry: sessionmaker[Session],
    job_id: int,
    owner: str,
    state: JobState,
    now: datetime,
    **facts: Any,
) -> None:
    """Write down how the owner's work on the job ended. Raises JobLost where it is not his."""
    with registry.begin() as session:
        job = _own(session, job_id, owner)
        job.state, job.owner, job.lease_until = state, "", None
        job.finished_at = None if state in OPEN else now
        for name, value in facts.items():
            setattr(job, name, value)


def confirm_job(registry: sessionmaker[Session], job_id: int, actor: str) -> bool:
    """Let a file that was looked through go in; False where it does not wait for that."""
    with registry.begin() as session:
        wait_turn(session)
        job = session.get_one(IntakeJob, job_id)
        if job.state != JobState.READY:
            return False
        job.state, job.looking, job.actor = JobState.WAITING, False, actor
        job.done = 0
        return True


def cancel_job(registry: sessionmaker[Session], job_id: int, actor: str, now: datetime) -> bool:
    """Stop the work on a file; what went in stays in. False where it is over already.

    A worker that is at it stops before its next batch.
    """
    with registry.begin() as session:
        wait_turn(session)
        job = session.get_one(IntakeJob, job_id)
        if not job.open or job.stop_asked:
            return False
        if job.state == JobState.RUNNING:
            job.stop_asked = True
        else:
            job.state, job.finished_at = JobState.CANCELLED, now
        record_act(session, actor, "import.cancel", job.file_name)
        return True


def find_job(registry: sessionmaker[Session], job_id: int) -> IntakeJob | None:
    """The job with this id."""
    with registry() as session:
        return session.get(IntakeJob, job_id)


def open_jobs(registry: sessionmaker[Session]) -> Sequence[IntakeJob]:
    """Jobs that are not over, oldest first."""
    query = select(IntakeJob).where(IntakeJob.state.in_(OPEN)).order_by(IntakeJob.id)
    with registry() as session:
        return session.scalars(query).all()


def _own(session: Session, job_id: int, owner: str) -> IntakeJob:
    wait_turn(session)
    job = session.get_one(IntakeJob, job_id)
    if job.owner != owner or job.state != JobState.RUNNING:
        raise JobLost
    return job
