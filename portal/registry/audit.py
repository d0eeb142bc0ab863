"""The append-only log of who did what in the office, chained by hashes.

Each digest covers the entry and the digest before it, so an edit, a removal in the
middle or a re-ordering breaks the chain at that place. The log names cases, stories
and accounts, and gives counts and reasons; it never holds the content of a case.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Index, Row, String, select, true, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.columns import Label, Line
from portal.registry.base import RegistryBase

GENESIS = "0" * 64
READ_AT_ONCE = 1000
# What a column raises whose stored form no longer fits its type.
UNREADABLE = (ValueError, TypeError, DBAPIError)


class Flaw(StrEnum):
    """How a log differs from what was written."""

    ALTERED = "altered"
    MISSING = "missing"
    ADDED = "added"
    UNLINKED = "unlinked"
    HEAD = "head"
    REWRITTEN = "rewritten"
    UNSIGNED = "unsigned"
    FORGED = "forged"


@dataclass(frozen=True)
class Fault:
    """The first entry that is not as it was written, and what is wrong there."""

    entry: int
    flaw: Flaw


class AuditHead(RegistryBase):
    """The one row (id 1, made by the migration) that names the newest entry.

    Updating it first makes writers wait for each other, and an entry cut off at the
    end of the log no longer agrees with it.
    """

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    length: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))


class AuditEntry(RegistryBase):
    """One act; ``id`` is its place in the log, counted from 1 without gaps.

    ``previous`` is unique, so two entries can never follow the same one. Triggers refuse to
    change or remove an entry: a first line only, because who owns the store can drop them.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index(None, "actor", "id"),
        Index(None, "act", "id"),
        Index(None, "subject", "id"),
        Index(None, "at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[Label]
    act: Mapped[Label]
    subject: Mapped[Line]
    detail: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64), unique=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)


def wait_turn(session: Session) -> None:
    """Wait until every other writer of the registry is done, and let none in before the end.

    To be the first statement of a transaction that decides by what it reads: SQLite has no
    row locks, and a record that was read before the wait may be old after it.
    """
    head = update(AuditHead).where(AuditHead.id == 1).values(length=AuditHead.length)
    session.execute(head)


def record_act(
    session: Session,
    actor: str,
    act: str,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append one act inside the caller's transaction: the act and its trace stand together."""
    session.flush()
    session.execute(update(AuditHead).where(AuditHead.id == 1).values(length=AuditHead.length + 1))
    head = session.get_one(AuditHead, 1, populate_existing=True)
    entry = AuditEntry(
        id=head.length,
        at=datetime.now(UTC),
        actor=actor,
        act=act,
        subject=subject,
        detail=dict(detail or {}),
        previous=head.digest,
    )
    entry.digest = head.digest = entry_digest(entry)
    session.add(entry)
    session.flush()
    return entry


def entry_digest(entry: AuditEntry | Row[Any]) -> str:
    """SHA-256 over the entry's fields and the digest before it."""
    content = json.dumps(
        [
            entry.previous,
            entry.at.astimezone(UTC).isoformat(),
            entry.actor,
            entry.act,
            entry.subject,
            entry.detail,
        ],
        ensure_ascii=False,
        sort_keys=True,
        default=repr,
    )
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def find_fault(session: Session) -> Fault | None:
    """The first place where the log is not what was written, or None.

    The numbers of the entries have no gaps, so a missing one is named. What was appended while
    the log is read is no fault: the head is read before and after.
    """
    before = session.get(AuditHead, 1, populate_existing=True)
    promised = (before.length, before.digest) if before else (0, GENESIS)
    previous, position = GENESIS, 0
    for number, entry in read_entries(session):
        position += 1
        if number != position:
            return Fault(*((position, Flaw.MISSING) if number > position else (number, Flaw.ADDED)))
        if entry is None:
            return Fault(number, Flaw.ALTERED)
        if entry.previous != previous:
            return Fault(number, Flaw.UNLINKED)
        if entry.digest != entry_digest(entry):
            return Fault(number, Flaw.ALTERED)
        previous = entry.digest
        if position == promised[0] and previous != promised[1]:
            return Fault(position, Flaw.HEAD)
    if position < promised[0]:
        return Fault(position + 1, Flaw.MISSING)
    after = session.get(AuditHead, 1, populate_existing=True)
    if after is None or position > after.length:
        return Fault(position, Flaw.HEAD)
    if position == after.length and previous != after.digest:
        return Fault(position, Flaw.HEAD)
    return None


def first_broken_entry(session: Session) -> int | None:
    """Number of the entry at which the log is not what was written, or None."""
    fault = find_fault(session)
    return fault.entry if fault else None


def read_entries(
    session: Session, *conditions: ColumnElement[bool]
) -> Iterator[tuple[int, Row[Any] | None]]:
    """The entries of the conditions by number; None for one that cannot be read any more."""
    columns = list(AuditEntry.__table__.columns)
    wanted = select(AuditEntry.id).where(*conditions).order_by(AuditEntry.id).limit(READ_AT_ONCE)
    beyond: ColumnElement[bool] = true()
    while True:
        numbers = list(session.scalars(wanted.where(beyond)))
        if not numbers:
            return
        span = AuditEntry.id.between(numbers[0], numbers[-1])
        try:
            rows = list(session.execute(select(*columns).where(span).order_by(AuditEntry.id)))
        except UNREADABLE:
            rows = []
        found = {row.id: row for row in rows}
        for number in numbers:
            entry = found.get(number) or _read_entry(session, number)
            yield number, entry if entry is not None and is_sound(entry) else None
        beyond = AuditEntry.id > numbers[-1]


def is_sound(entry: AuditEntry | Row[Any]) -> bool:
    """Whether every column holds what it is for: SQLite keeps whatever somebody put there."""
    texts = (entry.actor, entry.act, entry.subject, entry.previous, entry.digest)
    return isinstance(entry.detail, dict) and all(isinstance(text, str) for text in texts)


def _read_entry(session: Session, number: int) -> Row[Any] | None:
    columns = list(AuditEntry.__table__.columns)
    try:
        return session.execute(select(*columns).where(AuditEntry.id == number)).one_or_none()
    except UNREADABLE:
        return None
