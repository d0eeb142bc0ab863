"""Reading the audit log: by person, act, subject and day; exporting it; whether it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, sessionmaker

from portal.paging import COUNTED, Slice, count_up_to
from portal.reference import case_numbers
from portal.reference.clock import start_of_day
from portal.registry.audit import (
    AuditEntry,
    AuditHead,
    Fault,
    is_sound,
    read_entries,
    record_act,
)
from portal.registry.audit_heads import SignedHead, last_signed, verify_log


class TrailUnreadable(Exception):
    """An entry was altered so that it can no longer be read; the check of the chain names it."""


@dataclass(frozen=True)
class TrailFilter:
    """Which entries to show; ``act`` may be a group such as ``case`` or a whole name.

    A ``subject`` that is a case number in any written form is that case; any other text is
    looked for within the subjects.
    """

    actor: str = ""
    act: str = ""
    subject: str = ""
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class ChainCheck:
    """Result of walking the chain: entries in all, the first fault, when it was signed last."""

    entries: int
    fault: Fault | None
    checked_at: datetime
    signed_at: datetime | None


def read_trail(
    registry: sessionmaker[Session], chosen: TrailFilter, *, limit: int
) -> tuple[Sequence[AuditEntry], int]:
    """The newest entries of the filter, newest first, and how many there are."""
    conditions = _conditions(chosen)
    query = select(AuditEntry).where(*conditions).order_by(AuditEntry.id.desc())
    with registry() as session:
        total = session.scalar(select(func.count(AuditEntry.id)).where(*conditions)) or 0
        return session.scalars(query.limit(limit)).all(), total


def read_page(
    registry: sessionmaker[Session],
    chosen: TrailFilter,
    *,
    older: int = 0,
    newer: int = 0,
    size: int,
) -> Slice[AuditEntry]:
    """A page of the filter, newest first: beyond entry ``older``, or before entry ``newer``.

    0 is no place: the page is then the first. ``before`` and ``after`` of the slice are the
    numbers to go on with. Counting stops at COUNTED. Raises TrailUnreadable.
    """
    damage = "日志中有记录已被改动，无法显示"
    try:
        page = _read_page(registry, chosen, older, newer, size)
    except (ValueError, TypeError) as error:
        raise TrailUnreadable(damage) from error
    if not all(is_sound(entry) for entry in page.items):
        raise TrailUnreadable(damage)
    return page


def _read_page(
    registry: sessionmaker[Session], chosen: TrailFilter, older: int, newer: int, size: int
) -> Slice[AuditEntry]:
    query = select(AuditEntry).where(*_conditions(chosen))
    descending, ascending = AuditEntry.id.desc(), AuditEntry.id.asc()
    with registry() as session:
        if newer and not older:
            back = query.where(AuditEntry.id > newer).order_by(ascending).limit(size + 1)
            found = list(session.scalars(back))
            more_before, found = len(found) > size, found[:size][::-1]
            more_after = bool(found) and _exists(session, query, AuditEntry.id < found[-1].id)
        else:
            on = query.where(AuditEntry.id < older) if older else query
            found = list(session.scalars(on.order_by(descending).limit(size + 1)))
            more_after, found = len(found) > size, found[:size]
            more_before = bool(found and older) and _exists(
                session, query, AuditEntry.id > found[0].id
            )
        total = count_up_to(session, query, COUNTED + 1)
    return Slice(
        items=tuple(found),
        total=min(total, COUNTED),
        capped=total > COUNTED,
        before=str(found[0].id) if more_before else None,
        after=str(found[-1].id) if more_after else None,
        first=not (older or newer),
    )


def export_trail(
    registry: sessionmaker[Session], chosen: TrailFilter, *, form: str, actor: str
) -> Iterator[tuple[int, AuditEntry | None]]:
    """Log that the entries of the filter are taken out, then give them by number, oldest first.

    What is given ends before the entry that tells of it. None stands for an entry that was
    altered so that it can no longer be read.
    """
    wanted = {name: value for name, value in vars(chosen).items() if value}
    detail = {"form": form} | {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in wanted.items()
    }
    with registry.begin() as session:
        end = record_act(session, actor, "audit.export", detail=detail).id
    return _walk(registry, chosen, end)


def _walk(
    registry: sessionmaker[Session], chosen: TrailFilter, end: int
) -> Iterator[tuple[int, AuditEntry | None]]:
    with registry() as session:
        for number, entry in read_entries(session, *_conditions(chosen), AuditEntry.id < end):
            yield number, AuditEntry(**entry._mapping) if entry is not None else None


def _exists(session: Session, query: Select[tuple[AuditEntry]], where: ColumnElement[bool]) -> bool:
    return session.scalar(query.with_only_columns(AuditEntry.id).where(where).limit(1)) is not None


def list_acts(registry: sessionmaker[Session]) -> list[str]:
    """Every kind of act that stands in the log."""
    with registry() as session:
        return list(session.scalars(select(AuditEntry.act).distinct().order_by(AuditEntry.act)))


def list_actors(registry: sessionmaker[Session]) -> list[str]:
    """Everybody who stands in the log."""
    query = select(AuditEntry.actor).distinct().order_by(AuditEntry.actor)
    with registry() as session:
        return list(session.scalars(query))


def check_chain(
    registry: sessionmaker[Session],
    keys: Mapping[str, Ed25519PublicKey],
    elsewhere: Sequence[SignedHead] = (),
    *,
    actor: str,
) -> ChainCheck:
    """Walk the whole log, hold it against its signed heads, and log with what result.

    The walk stands outside the writing: on a long log it takes a while, and nobody has to wait.
    """
    with registry() as session:
        entries = session.scalar(select(func.count(AuditEntry.id))) or 0
        fault = verify_log(session, keys, elsewhere)
        signed_at = last_signed(session)
        can_be_logged = session.get(AuditHead, 1) is not None
    if can_be_logged:
        detail: dict[str, int | str | None] = {"entries": entries}
        if fault is not None:
            detail |= {"first_broken": fault.entry, "flaw": str(fault.flaw)}
        with registry.begin() as session:
            record_act(session, actor, "audit.check", detail=detail)
    return ChainCheck(entries, fault, datetime.now(UTC), signed_at)


def _conditions(chosen: TrailFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.actor:
        conditions.append(AuditEntry.actor == chosen.actor)
    if "." in chosen.act:
        conditions.append(AuditEntry.act == chosen.act)
    elif chosen.act:
        conditions.append(AuditEntry.act.startswith(f"{chosen.act}.", autoescape=True))
    if chosen.subject:
        conditions.append(_about(chosen.subject))
    if chosen.first_day:
        conditions.append(AuditEntry.at >= start_of_day(chosen.first_day))
    if chosen.last_day and chosen.last_day < date.max:
        conditions.append(AuditEntry.at < start_of_day(chosen.last_day + timedelta(days=1)))
    return conditions


def _about(text: str) -> ColumnElement[bool]:
    try:
        return AuditEntry.subject == case_numbers.parse(text).canonical
    except case_numbers.CaseNumberError:
        return AuditEntry.subject.contains(text, autoescape=True)
