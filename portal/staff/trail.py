"""Reading the audit log: by person, act, subject and day, and whether the chain holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, sessionmaker

from portal.reference.clock import BEIJING
from portal.registry.audit import AuditEntry, first_broken_entry, record_act


@dataclass(frozen=True)
class TrailFilter:
    """Which entries to show; ``act`` may be a group such as ``case`` or a whole name."""

    actor: str = ""
    act: str = ""
    subject: str = ""
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class ChainCheck:
    """Result of walking the chain: entries in all, and the first that does not follow."""

    entries: int
    first_broken: int | None
    checked_at: datetime


def read_trail(
    registry: sessionmaker[Session], chosen: TrailFilter, *, limit: int, offset: int = 0
) -> tuple[Sequence[AuditEntry], int]:
    """Entries of the filter, newest first, and how many there are."""
    conditions = _conditions(chosen)
    query = select(AuditEntry).where(*conditions).order_by(AuditEntry.id.desc())
    with registry() as session:
        total = session.scalar(select(func.count(AuditEntry.id)).where(*conditions)) or 0
        return session.scalars(query.limit(limit).offset(offset)).all(), total


def list_acts(registry: sessionmaker[Session]) -> list[str]:
    """Every kind of act that stands in the log."""
    with registry() as session:
        return list(session.scalars(select(AuditEntry.act).distinct().order_by(AuditEntry.act)))


def list_actors(registry: sessionmaker[Session]) -> list[str]:
    """Everybody who stands in the log."""
    query = select(AuditEntry.actor).distinct().order_by(AuditEntry.actor)
    with registry() as session:
        return list(session.scalars(query))


def check_chain(registry: sessionmaker[Session], *, actor: str) -> ChainCheck:
    """Walk the whole chain, then log that it was inspected and with what result."""
    with registry.begin() as session:
        entries = session.scalar(select(func.count(AuditEntry.id))) or 0
        broken = first_broken_entry(session)
        detail = {"entries": entries, "first_broken": broken}
        record_act(session, actor, "audit.check", detail=detail)
        return ChainCheck(entries, broken, datetime.now(UTC))


def _conditions(chosen: TrailFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.actor:
        conditions.append(AuditEntry.actor == chosen.actor)
    if "." in chosen.act:
        conditions.append(AuditEntry.act == chosen.act)
    elif chosen.act:
        conditions.append(AuditEntry.act.startswith(f"{chosen.act}.", autoescape=True))
    if chosen.subject:
        conditions.append(AuditEntry.subject.contains(chosen.subject, autoescape=True))
    if chosen.first_day:
        conditions.append(AuditEntry.at >= _midnight(chosen.first_day))
    if chosen.last_day and chosen.last_day < date.max:
        conditions.append(AuditEntry.at < _midnight(chosen.last_day + timedelta(days=1)))
    return conditions


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, BEIJING)
