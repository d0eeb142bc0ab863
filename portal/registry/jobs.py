"""Uploaded files and the work on them: looked through, confirmed, imported (``leases``)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from portal.columns import Label, Line
from portal.registry.audit import record_act, wait_turn
from portal.registry.leases import JobState, LeasedJob, cancel_job

# A preview nobody confirmed: its file is not kept for ever, and its counts are old by then.
UNCONFIRMED = timedelta(days=7)


class IntakeJob(LeasedJob):
    """One uploaded file. ``looking`` is set while nothing shall be written of it yet.

    ``stored_as`` is its name in the folder of uploads, gone when the job is over. ``done`` and
    ``total`` count lines. ``run_id`` is known from the moment its import began. ``forecast`` is
    what an import would do, without any value of a case.
    """

    __tablename__ = "intake_job"

    looking: Mapped[bool]
    file_name: Mapped[Line]
    stored_as: Mapped[Label]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("import_run.id"))
    forecast: Mapped[dict[str, Any]] = mapped_column(default=dict)


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


def confirm_job(registry: sessionmaker[Session], job_id: int, actor: str) -> bool:
    """Let a file that was looked through go in; False where it does not wait for that."""
    with registry.begin() as session:
        wait_turn(session)
        job = session.get_one(IntakeJob, job_id)
        if job.state != JobState.READY:
            return False
        job.state, job.looking, job.actor = JobState.WAITING, False, actor
        job.done = job.total = 0
        return True


def cancel_import(
    registry: sessionmaker[Session], job: IntakeJob, actor: str, now: datetime
) -> bool:
    """Stop the work on a file; what went in stays in. False where it is over already."""
    return cancel_job(registry, job, actor, now, "import.cancel", job.file_name)


def cancel_unconfirmed(registry: sessionmaker[Session], actor: str, now: datetime) -> int:
    """Cancel previews that nobody confirmed for a week; return how many."""
    old = select(IntakeJob).where(
        IntakeJob.state == JobState.READY, IntakeJob.created_at <= now - UNCONFIRMED
    )
    with registry() as session:
        jobs = session.scalars(old).all()
    return sum(cancel_import(registry, job, actor, now) for job in jobs)
