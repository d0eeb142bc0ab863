"""What the office reads in the registry: imports, a private record and its versions.

Rows come back detached; nothing here writes, except that opening a private record is
an act of its own and leaves its trace.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from portal.registry.audit import record_act
from portal.registry.models import (
    CaseRevision,
    ImportProblem,
    ImportRun,
    RegistryCase,
)

BATCH = 500


def list_imports(
    registry: sessionmaker[Session], *, limit: int, offset: int = 0
) -> tuple[Sequence[ImportRun], int]:
    """Import runs, newest first, and how many there are."""
    query = select(ImportRun).order_by(ImportRun.id.desc()).limit(limit).offset(offset)
    with registry() as session:
        total = session.scalar(select(func.count(ImportRun.id))) or 0
        return session.scalars(query).all(), total


def find_import(registry: sessionmaker[Session], run_id: int) -> ImportRun | None:
    """The run with this id."""
    with registry() as session:
        return session.get(ImportRun, run_id)


def list_problems(
    registry: sessionmaker[Session],
    run_id: int,
    *,
    warning: bool | None,
    limit: int,
    offset: int = 0,
) -> tuple[Sequence[ImportProblem], int]:
    """Problems of a run by line; only warnings or only errors where ``warning`` says so."""
    chosen = [ImportProblem.import_id == run_id]
    if warning is not None:
        chosen.append(ImportProblem.warning == warning)
    query = select(ImportProblem).where(*chosen).order_by(ImportProblem.line, ImportProblem.id)
    with registry() as session:
        total = session.scalar(select(func.count(ImportProblem.id)).where(*chosen)) or 0
        return session.scalars(query.limit(limit).offset(offset)).all(), total


def all_problems(registry: sessionmaker[Session], run_id: int) -> Iterator[ImportProblem]:
    """Every problem of a run by line, read in batches: a report may have very many."""
    query = (
        select(ImportProblem)
        .where(ImportProblem.import_id == run_id)
        .order_by(ImportProblem.line, ImportProblem.id)
        .execution_options(yield_per=BATCH)
    )
    with registry() as session:
        yield from session.scalars(query)


def find_case(registry: sessionmaker[Session], case_number: str) -> RegistryCase | None:
    """A case's own row, by its canonical number."""
    with registry() as session:
        return session.scalars(
            select(RegistryCase).where(RegistryCase.case_number == case_number)
        ).one_or_none()


def list_revisions(
    registry: sessionmaker[Session], case_number: str
) -> list[tuple[int, datetime, str]]:
    """Every version of a case as it was sent: (revision, moment, file it came in)."""
    query = (
        select(CaseRevision.revision, CaseRevision.created_at, ImportRun.file_name)
        .join(RegistryCase, RegistryCase.id == CaseRevision.case_id)
        .join(ImportRun, ImportRun.id == CaseRevision.import_id)
        .where(RegistryCase.case_number == case_number)
        .order_by(CaseRevision.revision.desc())
    )
    with registry() as session:
        return [(revision, at, name) for revision, at, name in session.execute(query)]


@dataclass(frozen=True)
class RevisionChange:
    """One version of a case as it was sent, beside the one before (empty for the first)."""

    revision: int
    newest: int
    at: datetime
    file_name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def find_change(
    registry: sessionmaker[Session], case_number: str, revision: int
) -> RevisionChange | None:
    """What a version brought, or None where the case has no such version."""
    with registry() as session:
        case = session.scalars(
            select(RegistryCase).where(RegistryCase.case_number == case_number)
        ).one_or_none()
        if case is None:
            return None
        found = {
            each.revision: each
            for each in session.scalars(
                select(CaseRevision).where(
                    CaseRevision.case_id == case.id,
                    CaseRevision.revision.in_((revision - 1, revision)),
                )
            )
        }
        if revision not in found:
            return None
        newer, older = found[revision], found.get(revision - 1)
        name = session.get_one(ImportRun, newer.import_id).file_name
        before = dict(older.content) if older else {}
        return RevisionChange(
            revision, case.revision, newer.created_at, name, before, dict(newer.content)
        )


def note_viewing(registry: sessionmaker[Session], case_number: str, *, actor: str) -> None:
    """Leave the trace of somebody opening a private record."""
    with registry.begin() as session:
        record_act(session, actor, "case.view", case_number)


def note_download(registry: sessionmaker[Session], run: ImportRun, *, actor: str) -> None:
    """Leave the trace of somebody taking the rows of an imported file out of the office."""
    with registry.begin() as session:
        record_act(session, actor, "import.download", run.file_name, {"run": run.id})
