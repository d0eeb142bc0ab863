"""Reads and writes what reviewers marked, what two people let stand, what the machine found.

Works in the caller's registry session and never commits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.publication.allowances import Allowance
from portal.registry.marks import CaseMark, LeakOverride, MachineReading, OverrideState
from portal.registry.models import RegistryCase
from redaction import FieldFinding, Finding, Kind, Mark, MarkAct, Mask, reader_version


def list_marks(session: Session, case_id: int) -> list[CaseMark]:
    """The marks of a case that were not taken back, oldest first."""
    query = select(CaseMark).filter_by(case_id=case_id, removed_at=None).order_by(CaseMark.id)
    return list(session.scalars(query))


def list_overrides(session: Session, case_id: int) -> list[LeakOverride]:
    """Every request to let private words of a case stand, whatever became of it, oldest first."""
    query = select(LeakOverride).filter_by(case_id=case_id).order_by(LeakOverride.id)
    return list(session.scalars(query))


def read_marks(session: Session, case_id: int, revision: int) -> tuple[Mark, ...]:
    """The marks of a case as redaction takes them, with what was granted for this revision."""
    marks = [as_mark(row) for row in list_marks(session, case_id)]
    granted = select(LeakOverride).filter_by(
        case_id=case_id, revision=revision, state=OverrideState.GRANTED
    )
    for row in session.scalars(granted.order_by(LeakOverride.id)):
        marks.append(as_grant(row))
    return tuple(marks)


def as_mark(row: CaseMark) -> Mark:
    """A stored mark as redaction takes it."""
    return Mark(
        MarkAct(row.act),
        row.text,
        row.path,
        row.start,
        Kind(row.kind),
        Mask(row.mask),
        row.same_as,
    )


def as_grant(row: LeakOverride) -> Mark:
    """A granted override as redaction takes it: the exact words in one field."""
    return Mark(MarkAct.KEEP, row.text, row.path, granted=True)


def published_allowances(session: Session, case_id: int, revision: int) -> tuple[Allowance, ...]:
    """What was let stand in the version published of a revision."""
    granted = select(LeakOverride).filter_by(
        case_id=case_id, revision=revision, state=OverrideState.GRANTED
    )
    return tuple(
        Allowance(row.path, row.text, frozenset(row.digests)) for row in session.scalars(granted)
    )


def note_published(
    session: Session, case_id: int, revision: int, allowances: Iterable[Allowance]
) -> None:
    """Write down in which public texts the granted words stand now."""
    digests = {(each.path, each.text): sorted(each.digests) for each in allowances}
    for row in session.scalars(
        select(LeakOverride).filter_by(
            case_id=case_id, revision=revision, state=OverrideState.GRANTED
        )
    ):
        row.digests = digests.get((row.path, row.text), [])


def stored_reading(session: Session, case: RegistryCase) -> tuple[FieldFinding, ...] | None:
    """What today's recognisers found in this very revision, or None where nobody wrote it down."""
    row = session.scalars(
        select(MachineReading).filter_by(
            case_id=case.id, revision=case.revision, reader=reader_version()
        )
    ).one_or_none()
    if row is None:
        return None
    return tuple(
        FieldFinding(
            each["path"],
            Finding(
                Kind(each["kind"]),
                each["start"],
                each["end"],
                each["replacement"],
                each["score"],
                each["reason"],
                each["recogniser"],
                each["article"],
            ),
        )
        for each in row.findings
    )


def store_reading(session: Session, case: RegistryCase, findings: Iterable[FieldFinding]) -> None:
    """Write down once what the recognisers found in this revision."""
    if stored_reading(session, case) is not None:
        return
    session.add(
        MachineReading(
            case_id=case.id,
            revision=case.revision,
            reader=reader_version(),
            findings=[{"path": found.path, **asdict(found.finding)} for found in findings],
            created_at=datetime.now(UTC),
        )
    )
