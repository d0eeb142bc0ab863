"""Intake: an exchange file goes in, each case becomes a revision, nothing is lost.

Importing is idempotent and resumable. Cases and the count of lines done are committed
together, batch by batch, so a run that was killed goes on after its last whole batch
when the same file is imported again, and its report counts the whole file.
"""

from __future__ import annotations

import hashlib
import json
import secrets
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
from portal.registry.doubts import doubts
from portal.registry.exchange import CaseRecord
from portal.registry.lines import Line, read_lines
from portal.registry.link_marks import clear_replaced
from portal.registry.messages import FieldProblem, field_problems
from portal.registry.models import (
    CaseRevision,
    ImportProblem,
    ImportRun,
    RegistryCase,
)
from portal.registry.overview import Overview, look_over
from portal.registry.runs import finish_run, lines_done, open_run, own_run

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
    """Import one ``.jsonl``, ``.jsonl.gz`` or ``.xlsx`` file; ``progress`` is told the lines done.

    Raises UnreadableFile (nothing was imported) where the file is of another format, and
    ImportTakenOver where the same file came again meanwhile.
    A bad line is reported and counted; everything else goes in.
    """
    # Before a run is written: a file of another format leaves no trace.
    overview = look_over(path)
    owner = secrets.token_hex(16)
    run_id = open_run(registry, path, name, actor, owner)
    take_lines(registry, path, run_id, owner, overview, progress)
    return report(registry, run_id)


def take_lines(
    registry: sessionmaker[Session],
    path: Path,
    run_id: int,
    owner: str,
    overview: Overview,
    progress: Progress | None = None,
) -> None:
    """Go on with a run that ``owner`` opened, from its last whole batch, and finish it."""
    done = lines_done(registry, run_id)
    lines = (line for line in read_lines(path) if line.number > done)
    while batch := list(islice(lines, BATCH)):
        with registry.begin() as session:
            run = own_run(session, run_id, owner)
            for line in batch:
                _take(session, run, line, overview)
            run.lines_done = batch[-1].number
        if progress:
            progress(batch[-1].number)
    finish_run(registry, run_id, owner)


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


def _take(session: Session, run: ImportRun, line: Line, overview: Overview) -> None:
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
    if line.number in overview.again:
        problems.append(
            FieldProblem("case_number", "同一文件中此案号出现不止一次，以后一行为准", warning=True)
        )
    _store(session, run, record, replaced=line.number in overview.replaced)
    session.flush()
    _note(session, run, line, record.case_number, problems)


def _store(session: Session, run: ImportRun, record: CaseRecord, *, replaced: bool) -> None:
    """Make the record the case's newest version, where it is not.

    One that a later line of its file replaces is history from the start: once there, it
    must not come up as something new each time the file is imported.
    """
    content = record.to_content()
    digest = content_digest(content)
    case = session.scalars(
        select(RegistryCase).filter_by(case_number=record.case_number)
    ).one_or_none()
    if case is None:
        run.added += 1
        case = RegistryCase(case_number=record.case_number, revision=0)
        session.add(case)
    elif case.digest == digest or (replaced and _is_history(session, case, digest)):
        run.unchanged += 1
        return
    else:
        run.changed += 1
    _revise(case, record, content, digest, run.id)
    if case.revision > 1:
        clear_replaced(session, case.id, case.case_number, content, run.actor)


def _is_history(session: Session, case: RegistryCase, digest: str) -> bool:
    earlier = select(CaseRevision.id).filter_by(case_id=case.id, digest=digest)
    return session.scalars(earlier).first() is not None


def _revise(
    case: RegistryCase, record: CaseRecord, content: dict[str, Any], digest: str, run_id: int
) -> None:
    now = datetime.now(UTC)
    case.court = record.court
    case.filed_on = record.filed_on
    case.revision += 1
    case.content = content
    case.auction_count = len(record.auctions)
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
            cell=_cell(line, problem.field),
            message=problem.message,
        )
        for problem in problems
    )


def _cell(line: Line, path: str) -> str:
    """Where in a workbook the problem stands; of what is missing, the nearest that is there."""
    while path and path not in line.cells:
        inside = (cell for place, cell in line.cells.items() if place.startswith(f"{path}."))
        found = next(inside, "")
        if found:
            return found
        path = path.rpartition(".")[0]
    return line.cells.get(path, "")
