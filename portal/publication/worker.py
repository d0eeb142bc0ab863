"""Works off jobs beside the requests: files that came in, and what new rules would change.

Runs as a thread of the served office and as ``portal work``; any number may run side by side,
because a job is leased (``registry.leases``). What is done in a job stands in the modules of
its kind; here is what they have in common: taking one up, keeping its lease while this process
lives, and writing down how it ended.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from portal.publication.gate import Gate
from portal.publication.health import WORKER
from portal.publication.intake_work import IntakeWork
from portal.publication.rule_work import RuleWork
from portal.registry.heartbeats import beat
from portal.registry.jobs import IntakeJob, cancel_unconfirmed
from portal.registry.leases import (
    LEASE,
    JobLost,
    JobState,
    LeasedJob,
    claim_job,
    close_job,
    find_job,
    keep_job,
)
from portal.registry.lines import UnreadableFile
from portal.registry.rule_checks import RuleCheck

log = structlog.get_logger(__name__)

PAUSE = 0.5
# How often a worker with nothing to do writes down that it lives.
BEAT = timedelta(minutes=1)
ACTOR = "worker"
FAILED = "处理时出错，请联系运维人员查看日志"


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
                    self.tidy()
                    beaten = now
                self.work_off()
            except SQLAlchemyError as error:
                log.warning("jobs_not_read", error=type(error).__name__)
                stopped.wait(5)

    def work_off(self) -> int:
        """Work until nothing waits; return how many jobs were worked on."""
        worked = 0
        while job := self._claim():
            self._work(job)
            worked += 1
        if worked:
            self.tidy()
        return worked

    def tidy(self) -> None:
        """Cancel previews nobody confirmed, and remove files nobody needs."""
        cancel_unconfirmed(self._registry, ACTOR, self.clock())
        self._files.sweep()

    @property
    def _registry(self) -> sessionmaker[Session]:
        return self.gate.stores.registry

    @property
    def _files(self) -> IntakeWork:
        return IntakeWork(self.gate, self.folder, self.clock)

    def _claim(self) -> IntakeJob | RuleCheck | None:
        """The oldest file that waits; what a check finds depends on what files brought."""
        owner, now = secrets.token_hex(16), self.clock()
        return claim_job(self._registry, IntakeJob, owner, now) or claim_job(
            self._registry, RuleCheck, owner, now
        )

    def _do(self, job: IntakeJob | RuleCheck) -> tuple[JobState, dict[str, Any]]:
        if isinstance(job, IntakeJob):
            return self._files.work(job)
        return RuleWork(self.gate, self.clock).work(job)

    def _work(self, job: IntakeJob | RuleCheck) -> None:
        with self._kept(job):
            try:
                state, facts = self._do(job)
            except JobLost:
                if not self._is_to_stop(job):
                    return
                state, facts = JobState.CANCELLED, {}
            except UnreadableFile as error:
                state, facts = JobState.FAILED, {"problem": str(error)}
            except Exception as error:
                # The worker's edge: nobody above could catch it. The page says that it failed.
                log.error("job_failed", job=job.id, error=type(error).__name__)
                state, facts = JobState.FAILED, {"problem": FAILED}
            if isinstance(job, IntakeJob) and state is not JobState.READY:
                facts = self._files.end(job) | facts
            with suppress(JobLost):
                close_job(self._registry, job, state, self.clock(), **facts)

    def _is_to_stop(self, job: LeasedJob) -> bool:
        """Whether a job was cancelled; one that another worker holds is left to him."""
        found = find_job(self._registry, type(job), job.id)
        return found is not None and found.owner == job.owner and found.stop_asked

    @contextmanager
    def _kept(self, job: LeasedJob) -> Iterator[None]:
        """Renew the job's lease from a thread of its own, as long as this process lives.

        A large file is read through for a minute before its first batch; the lease must not
        depend on how often that reading has anything to say.
        """
        over = Event()

        def renew() -> None:
            while not over.wait(LEASE.total_seconds() / 4):
                try:
                    keep_job(self._registry, job, self.clock())
                except JobLost:
                    return
                except SQLAlchemyError as error:
                    log.warning("lease_not_renewed", error=type(error).__name__)

        thread = Thread(target=renew, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
