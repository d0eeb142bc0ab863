"""Works off uploaded files beside the requests: looks through them, imports, and follows up.

Runs as a thread of the served office and as ``portal work``; any number may run side by side,
because a job is leased (``registry.jobs``). When an import changed cases that are public, they
pass the gate again at once: a case that was sent again with fewer public facts must not wait,
as it was, for somebody to press a button.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from portal.disclosure.models import PublicCase
from portal.publication.gate import Gate
from portal.publication.health import WORKER
from portal.registry.forecast import forecast_file
from portal.registry.heartbeats import beat
from portal.registry.intake import import_file
from portal.registry.jobs import (
    LEASE,
    IntakeJob,
    JobLost,
    JobState,
    claim_job,
    close_job,
    find_job,
    open_jobs,
    renew_job,
)
from portal.registry.lines import UnreadableFile, count_lines
from portal.registry.models import CaseRevision, RegistryCase
from portal.registry.party_access import PartyAccess
from portal.registry.runs import ImportTakenOver

log = structlog.get_logger(__name__)

PAUSE = 0.5
# How often a worker with nothing to do writes down that it lives.
BEAT = timedelta(minutes=1)
STORED = "job-"
# A file that no job knows may belong to a request that is just writing its job down.
FORGOTTEN = timedelta(days=1)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Worker:
    """A worker over one office; ``folder`` is where uploaded files are stored."""

    gate: Gate
    folder: Path
    clock: Callable[[], datetime] = _now

    def run(self, stop: Event | None = None) -> None:
        """Work until ``stop`` is set; a store that cannot be asked is asked again later."""
        stopped = stop or Event()
        beaten: datetime | None = None
        while not stopped.wait(PAUSE):
            try:
                now = self.clock()
                if beaten is None or now - beaten >= BEAT:
                    beat(self.gate.stores.registry, WORKER, now)
                    beaten = now
                self.work_off()
            except SQLAlchemyError as error:
                log.warning("jobs_not_read", error=type(error).__name__)
                stopped.wait(5)

    def work_off(self) -> int:
        """Work until nothing waits; return how many jobs were worked on."""
        worked = 0
        while job := claim_job(self.gate.stores.registry, secrets.token_hex(16), self.clock()):
            self._work(job)
            worked += 1
        if worked:
            self.sweep()
        return worked

    def sweep(self) -> None:
        """Remove stored files that no open job needs."""
        needed = {job.stored_as for job in open_jobs(self.gate.stores.registry)}
        oldest = (self.clock() - FORGOTTEN).timestamp()
        for path in self.folder.glob(f"{STORED}*"):
            if path.name not in needed and path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)

    def _work(self, job: IntakeJob) -> None:
        path = self.folder / job.stored_as
        try:
            facts = self._look(job, path) if job.looking else self._take_in(job, path)
        except JobLost:
            self._stop(job)
            return
        except UnreadableFile as error:
            facts = {"state": JobState.FAILED, "problem": str(error)}
        except Exception as error:
            # The worker's edge: nobody above could catch it. The page says that it failed.
            log.error("job_failed", job=job.id, error=type(error).__name__)
            facts = {"state": JobState.FAILED, "problem": "处理时出错，请联系运维人员查看日志"}
        state = JobState(str(facts.pop("state")))
        try:
            close_job(self.gate.stores.registry, job.id, job.owner, state, self.clock(), **facts)
        except JobLost:
            self._stop(job)
            return
        if state != JobState.READY:
            path.unlink(missing_ok=True)

    def _stop(self, job: IntakeJob) -> None:
        """Close a job that was cancelled; one that another worker holds is left to him."""
        registry = self.gate.stores.registry
        found = find_job(registry, job.id)
        if found is None or found.owner != job.owner or not found.stop_asked:
            return
        close_job(registry, job.id, job.owner, JobState.CANCELLED, self.clock())
        (self.folder / job.stored_as).unlink(missing_ok=True)

    def _look(self, job: IntakeJob, path: Path) -> dict[str, object]:
        forecast = forecast_file(
            self.gate.stores.registry, path, self._reporter(job, count_lines(path))
        )
        return {"state": JobState.READY, "forecast": asdict(forecast)}

    def _take_in(self, job: IntakeJob, path: Path) -> dict[str, object]:
        advance = self._reporter(job, count_lines(path))
        try:
            report = import_file(
                self.gate.stores.registry,
                path,
                name=job.file_name,
                actor=job.actor,
                progress=advance,
            )
        except ImportTakenOver as taken_over:
            problem = str(taken_over)
            return {"state": JobState.FINISHED, "run_id": taken_over.run_id, "problem": problem}
        self._follow_up(job, report.run_id)
        return {"state": JobState.FINISHED, "run_id": report.run_id}

    def _follow_up(self, job: IntakeJob, run_id: int) -> None:
        """Bring what this run changed of public cases through the gate again.

        Cases that are not public but have a party's view are among them.
        """
        with self.gate.stores.registry() as session:
            changed = session.scalars(
                select(RegistryCase.case_number)
                .join(CaseRevision, CaseRevision.case_id == RegistryCase.id)
                .where(CaseRevision.import_id == run_id, CaseRevision.revision > 1)
                .distinct()
            ).all()
            with_views = session.scalars(
                select(RegistryCase.case_number)
                .join(PartyAccess, PartyAccess.case_id == RegistryCase.id)
                .where(PartyAccess.ended_at.is_(None))
            )
            known = set(with_views) if changed else set()
        with self.gate.stores.disclosure() as public:
            known |= set(public.scalars(select(PublicCase.case_number))) if changed else set()
        numbers = sorted(known.intersection(changed))
        renewed = time.monotonic()
        for number in numbers:
            self.gate.publish_case(number, job.actor)
            if time.monotonic() - renewed > LEASE.total_seconds() / 4:
                renew_job(self.gate.stores.registry, job.id, job.owner, self.clock())
                renewed = time.monotonic()
        if numbers:
            self.gate.settle()

    def _reporter(self, job: IntakeJob, total: int) -> Callable[[int], None]:
        registry = self.gate.stores.registry
        renew_job(registry, job.id, job.owner, self.clock(), total=total)

        def advance(done: int) -> None:
            renew_job(registry, job.id, job.owner, self.clock(), done=done)

        return advance


def store_upload(source: Path) -> str:
    """Keep an uploaded file beyond its request, in the same folder; return its name there."""
    name = f"{STORED}{secrets.token_hex(16)}"
    os.link(source, source.with_name(name))
    return name
