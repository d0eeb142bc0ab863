"""What the worker does with an uploaded file: look through it, take it in, and follow up.

When an import changed cases that are public, they pass the gate again at once, however the
import ended: a case that was sent again with fewer public facts must not wait, as it was, for
somebody to press a button.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import select

from portal.disclosure.models import PublicCase
from portal.publication.gate import Gate
from portal.registry.forecast import forecast_file
from portal.registry.intake import take_lines
from portal.registry.jobs import IntakeJob
from portal.registry.leases import JobState, find_job, open_jobs, renew_job
from portal.registry.lines import UnreadableFile
from portal.registry.marking import mark_file
from portal.registry.models import CaseRevision, RegistryCase
from portal.registry.overview import look_over
from portal.registry.party_access import PartyAccess
from portal.registry.queries import all_problems
from portal.registry.runs import ImportTakenOver, is_finished, open_run

log = structlog.get_logger(__name__)

STORED, MARKED, PART = "job-", "marked-", "upload-"
# A file that no job knows may belong to a request that is just writing its job down.
FORGOTTEN = timedelta(days=1)
# The marked copy of a file holds what was sent; what was imported stands in the registry.
KEPT_MARKED = timedelta(days=30)
Facts = dict[str, Any]


@dataclass(frozen=True)
class IntakeWork:
    """The work on files of one office; ``folder`` is where they are stored."""

    gate: Gate
    folder: Path
    clock: Callable[[], datetime]

    def work(self, job: IntakeJob) -> tuple[JobState, Facts]:
        """Do what is to be done with a file. Raises JobLost, UnreadableFile.

        An import that a killed process had finished is not begun again: only what came after
        it is.
        """
        path = self.folder / job.stored_as
        registry = self.gate.stores.registry
        if job.run_id is not None and is_finished(registry, job.run_id):
            return self._mark(path, job.run_id)

        def read(lines: int) -> None:
            renew_job(registry, job, self.clock(), done=lines)

        def advance(lines: int) -> None:
            renew_job(registry, job, self.clock(), done=lines, total=overview.lines)

        overview = look_over(path, read)
        advance(0)
        if job.looking:
            forecast = forecast_file(registry, path, overview, advance)
            return JobState.READY, {"forecast": asdict(forecast)}
        owner = secrets.token_hex(16)
        run_id = open_run(registry, path, job.file_name, job.actor, owner)
        renew_job(registry, job, self.clock(), run_id=run_id)
        try:
            take_lines(registry, path, run_id, owner, overview, advance)
        except ImportTakenOver as taken_over:
            return JobState.FINISHED, {"problem": str(taken_over)}
        return self._mark(path, run_id)

    def end(self, job: IntakeJob) -> Facts:
        """Remove the stored file, and bring what its import changed through the gate."""
        found = find_job(self.gate.stores.registry, IntakeJob, job.id)
        failed = self._follow_up(job.actor, found.run_id) if found and found.run_id else 0
        (self.folder / job.stored_as).unlink(missing_ok=True)
        if not failed:
            return {}
        return {"problem": f"有 {failed} 件已公开的案件重新核验时出错，请运行“屏蔽与发布”后查看"}

    def sweep(self) -> None:
        """Remove files that no open job needs, and marked copies after their time."""
        needed = {job.stored_as for job in open_jobs(self.gate.stores.registry, IntakeJob)}
        for prefix, age in ((STORED, FORGOTTEN), (PART, FORGOTTEN), (MARKED, KEPT_MARKED)):
            oldest = (self.clock() - age).timestamp()
            for path in self.folder.glob(f"{prefix}*"):
                if path.name not in needed and path.stat().st_mtime < oldest:
                    path.unlink(missing_ok=True)

    def _mark(self, path: Path, run_id: int) -> tuple[JobState, Facts]:
        """Keep the file once more with its problems marked; the import stands without it."""
        problems = list(all_problems(self.gate.stores.registry, run_id))
        if problems:
            draft = self.folder / f"{PART}{secrets.token_hex(16)}"
            draft.touch(mode=0o600)
            try:
                mark_file(path, problems, draft)
                draft.rename(marked_copy(self.folder, run_id))
            except (UnreadableFile, OSError, ValueError, LookupError, TypeError) as error:
                log.warning("file_not_marked", run=run_id, error=type(error).__name__)
                draft.unlink(missing_ok=True)
        return JobState.FINISHED, {}

    def _follow_up(self, actor: str, run_id: int) -> int:
        """Bring what this run changed of public cases through the gate; return what failed."""
        failed = 0
        numbers = list(self._changed_in_public(run_id))
        for number in numbers:
            try:
                self.gate.publish_case(number, actor)
            except Exception as error:
                # One broken case must not keep the others from being looked at again.
                log.error("publish_failed", case_number=number, error=type(error).__name__)
                failed += 1
        if numbers:
            self.gate.settle()
        return failed

    def _changed_in_public(self, run_id: int) -> Iterator[str]:
        """Cases the run changed that are public, or that have a party's view."""
        with self.gate.stores.registry() as session:
            changed = session.scalars(
                select(RegistryCase.case_number)
                .join(CaseRevision, CaseRevision.case_id == RegistryCase.id)
                .where(CaseRevision.import_id == run_id, CaseRevision.revision > 1)
                .order_by(RegistryCase.id)
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
        return (number for number in changed if number in known)


def store_upload(source: Path) -> str:
    """Keep an uploaded file beyond its request, in the same folder; return its name there."""
    name = f"{STORED}{secrets.token_hex(16)}"
    os.link(source, source.with_name(name))
    return name


def marked_copy(folder: Path, run_id: int) -> Path:
    """Where the marked copy of a run's file is kept, if it is."""
    return folder / f"{MARKED}{run_id}.xlsx"
