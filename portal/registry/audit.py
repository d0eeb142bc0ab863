"""The append-only log of who did what in the office, chained by hashes.

Each digest covers the entry and the digest before it, so an edit, a removal in the
middle or a re-ordering breaks the chain at that place. The log names cases, stories
and accounts, and gives counts and reasons; it never holds the content of a case.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.columns import Label, Line
from portal.registry.base import RegistryBase

GENESIS = "0" * 64


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
    """One act; ``previous`` is unique, so two entries can never follow the same one."""

    __tablename__ = "audit_entry"
    __table_args__ = ({"sqlite_autoincrement": True},)

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


def entry_digest(entry: AuditEntry) -> str:
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
    )
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def first_broken_entry(session: Session) -> int | None:
    """Id of the first entry that does not follow from the one before, or None.

    Entries cut off at the end are found by the head: the answer is then the id of
    the first one missing.
    """
    previous, last_id, length = GENESIS, 0, 0
    entries = select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)
    for entry in session.scalars(entries):
        if entry.previous != previous or entry.digest != entry_digest(entry):
            return entry.id
        previous, last_id, length = entry.digest, entry.id, length + 1
    head = session.get_one(AuditHead, 1, populate_existing=True)
    if (head.length, head.digest) != (length, previous):
        return last_id + 1
    return None
