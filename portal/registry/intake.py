"""Intake: an exchange file goes in, each case becomes a revision, nothing is lost.

Importing is idempotent and resumable. Cases and the count of lines done are committed
together, batch by batch, so a run that was killed goes on after its last whole batch
when the same file is imported again, and its report counts the whole file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.reference import case_numbers
from portal.registry.audit import record_act
from portal.registry.doubts import doubts
from portal.registry.exchange import CaseRecord
from portal.registry.lines import Line, file_digest, read_lines
from portal.registry.messages import FieldProblem, field_problems
from portal.registry.models import (
    CaseRevision,
    ImportProblem,
    ImportRun,
    ImportState,
    RegistryCase,
)

BATCH = 200
Progress = Callable[[int], None]


@dataclass(frozen=True)
class ImportReport:
    """Counts of one run over one file, in lines; ``errors`` are the problems of all lines."""

    run_id: int
    read: int
    added: int
    changed: int
    unchanged: int
    rejected: int
    errors: tuple[ImportProblem, ...]
    warnings: tuple[ImportProblem, ...]


def import_file(
    registry: sessionmaker[Session],
    path: Path,
    *,
    name: str,
    actor: str,
    progress: Progress | None = None,
) -> ImportReport:
    """Import one ``.jsonl`` or ``.jsonl.gz`` file; ``progress`` is told the lines done.

    Raises UnreadableFile (nothing was imported) where the file is of another format.
    A bad line is reported and counted; everything else goes in.
    """
    run_id, done = _open_run(registry, path, name, actor)
    lines = (line for line in read_lines(path) if line.number > done)
    while batch := list(islice(lines, BATCH)):
        with registry.begin() as session:
            run = session.get_one(ImportRun, run_id)
            for line in batch:
                _take(session, run, line)
            run.lines_done = batch[-1].number
        if progress:
            progress(batch[-1].number)
    return _finish(registry, run_id)


def report(registry: sessionmaker[Session], run_id: int) -> ImportReport:
    """The report of a run, finished or not."""
    with registry() as session:
        run = session.get_one(ImportRun, run_id)
        problems = list(run.problems)
        session.expunge_all()
    return ImportReport(
        run.id,
        run.read,
        run.added,
        run.changed,
        run.unchanged,
        run.rejected,
        errors=tuple(problem for problem in problems if not problem.warning),
        warnings=tuple(problem for problem in problems if problem.warning),
    )


def content_digest(content: dict[str, Any]) -> str:
    """SHA-256 over the record with its keys sorted: equal content, equal digest."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _open_run(
    registry: sessionmaker[Session], path: Path, name: str, actor: str
) -> tuple[int, int]:
    digest = file_digest(path)
    # The head is checked before a run is written: a file of another format leaves no trace.
    next(read_lines(path), None)
    with registry.begin() as session:
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
        return run.id, run.lines_done or 0


def _finish(registry: sessionmaker[Session], run_id: int) -> ImportReport:
    with registry.begin() as session:
        run = session.get_one(ImportRun, run_id)
        run.state = ImportState.FINISHED
        run.finished_at = datetime.now(UTC)
        counts = {
            key: getattr(run, key) for key in ("read", "added", "changed", "unchanged", "rejected")
        }
        record_act(session, run.actor, "import.finish", run.file_name, {"run": run.id} | counts)
    return report(registry, run_id)


def _take(session: Session, run: ImportRun, line: Line) -> None:
    run.read += 1
    if line.record is None:
        _reject(session, run, line, [FieldProblem("（整行）", line.problem)])
        return
    try:
        record = CaseRecord.model_validate(line.record)
    except ValidationError as error:
        _reject(session, run, line, field_problems(error))
        return
    problems = list(doubts(record))
    earlier = session.scalars(
        select(RegistryCase).filter_by(case_number=record.case_number)
    ).one_or_none()
    content = record.to_content()
    digest = content_digest(content)
    if earlier and _came_in(session, earlier, run.id):
        problems.append(
            FieldProblem("case_number", "同一文件中此案号出现不止一次，以后一行为准", warning=True)
        )
    if earlier is None:
        run.added += 1
        earlier = RegistryCase(case_number=record.case_number, revision=0)
        session.add(earlier)
    elif earlier.digest == digest:
        run.unchanged += 1
    else:
        run.changed += 1
    if earlier.digest != digest:
        _revise(earlier, record, content, digest, run.id)
    session.flush()
    _note(session, run, line, record.case_number, problems)


def _came_in(session: Session, case: RegistryCase, run_id: int) -> bool:
    newest = select(CaseRevision.id).filter_by(
        case_id=case.id, revision=case.revision, import_id=run_id
    )
    return session.scalar(newest) is not None


def _revise(
    case: RegistryCase, record: CaseRecord, content: dict[str, Any], digest: str, run_id: int
) -> None:
    now = datetime.now(UTC)
    case.court = record.court
    case.filed_on = record.filed_on
    case.revision += 1
    case.content = content
    case.digest = digest
    case.updated_at = now
    case.revisions.append(
        CaseRevision(
            revision=case.revision,
            digest=digest,
            content=content,
            import_id=run_id,
            created_at=now,
        )
    )


def _reject(session: Session, run: ImportRun, line: Line, problems: Sequence[FieldProblem]) -> None:
    run.rejected += 1
    written = str((line.record or {}).get("case_number", ""))
    number = case_numbers.find(written)
    _note(session, run, line, number.canonical if number else "", problems)


def _note(
    session: Session,
    run: ImportRun,
    line: Line,
    case_number: str,
    problems: Sequence[FieldProblem],
) -> None:
    session.add_all(
        ImportProblem(
            import_id=run.id,
            line=line.number,
            case_number=case_number,
            field=problem.field[:500],
            warning=problem.warning,
            message=problem.message,
        )
        for problem in problems
    )
