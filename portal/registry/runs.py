"""The life of an import run: opened or taken up, owned by one import at a time, finished.

When a file comes while it is being read elsewhere, the newcomer takes the run over and the
other stops before its next batch: nobody has to guess whether a silent process is dead,
and no line is counted twice.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.registry.audit import record_act, wait_turn
from portal.registry.lines import file_digest
from portal.registry.models import ImportRun, ImportState


class ImportTakenOver(Exception):
    """The same file was imported once more, and that import goes on with the run."""

    def __init__(self, run_id: int) -> None:
        super().__init__(f"同一文件又有一次导入，已由其接着完成（导入批次 {run_id}），本次不再继续")
        self.run_id = run_id


def open_run(registry: sessionmaker[Session], path: Path, name: str, actor: str, owner: str) -> int:
    """Begin a run over the file, or take up the unfinished one; return its id."""
    digest = file_digest(path)
    with registry.begin() as session:
        wait_turn(session)
        run = session.scalars(
            select(ImportRun).filter_by(file_digest=digest, state=ImportState.RUNNING)
        ).first()
        if run is None:
            run = ImportRun(
                file_name=name[:500],
                file_digest=digest,
                actor=actor,
                state=ImportState.RUNNING,
                started_at=datetime.now(UTC),
            )
            session.add(run)
            session.flush()
            record_act(session, actor, "import.start", run.file_name, {"run": run.id})
        run.owner = owner
        return run.id


def lines_done(registry: sessionmaker[Session], run_id: int) -> int:
    """The last line whose case is committed; 0 where nothing is yet."""
    with registry() as session:
        return session.get_one(ImportRun, run_id).lines_done or 0


def is_finished(registry: sessionmaker[Session], run_id: int) -> bool:
    """Whether every line of the run's file was taken."""
    with registry() as session:
        return session.get_one(ImportRun, run_id).state == ImportState.FINISHED


def own_run(session: Session, run_id: int, owner: str) -> ImportRun:
    """The run, as long as it is this owner's; nobody else's until the transaction ends.

    Raises ImportTakenOver. Imports of different files wait for each other here as well,
    because both may bring the same new case.
    """
    wait_turn(session)
    run = session.get_one(ImportRun, run_id)
    if run.owner != owner:
        raise ImportTakenOver(run_id)
    return run


def finish_run(registry: sessionmaker[Session], run_id: int, owner: str) -> None:
    """Close the run and write its counts into the log. Raises ImportTakenOver."""
    with registry.begin() as session:
        run = own_run(session, run_id, owner)
        run.state = ImportState.FINISHED
        run.finished_at = datetime.now(UTC)
        counts = {
            key: getattr(run, key) for key in ("read", "added", "changed", "unchanged", "rejected")
        }
        record_act(session, run.actor, "import.finish", run.file_name, {"run": run.id} | counts)
