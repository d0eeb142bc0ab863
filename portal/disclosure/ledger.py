"""What happened at the gate, and what the search index still has to be told.

Ledger, outbox and public rows are written in one transaction, so that after a crash
each of them tells the same story.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import Label, Line
from portal.disclosure.base import DisclosureBase


class Act(StrEnum):
    """What the gate did with an item."""

    RELEASED = "released"
    NOT_PUBLIC = "not_public"
    # single list entries went, the page stayed
    REDUCED = "reduced"
    WITHDRAWN = "withdrawn"


# After one of these the item shows the revision that its entry names.
SHOWN = frozenset({Act.RELEASED, Act.NOT_PUBLIC})


class LedgerEntry(DisclosureBase):
    """One act of the gate. Holds numbers and versions only, nothing of a case's content."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        Index(None, "item_kind", "item_key", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_kind: Mapped[Label]
    # canonical case number, or the slug of a story or guide
    item_key: Mapped[str] = mapped_column(String(64))
    act: Mapped[Label]
    version: Mapped[int]
    # revision of the private record, and the policy and recognisers that masked this version
    # of it ("2018-04.2+3f9a1c20")
    revision: Mapped[int]
    policy_version: Mapped[Label]
    at: Mapped[datetime]


class IndexChange(DisclosureBase):
    """One entry of the outbox; ``id`` is the position the index commit records.

    An id is never used again (autoincrement), so a position always means the same.
    """

    __tablename__ = "index_change"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_kind: Mapped[Label]
    item_id: Mapped[str] = mapped_column(String(64))
    deleted: Mapped[bool]


class Tombstone(DisclosureBase):
    """An address that once showed something: it answers 410 and names nobody."""

    __tablename__ = "tombstone"

    path: Mapped[str] = mapped_column(String(160), primary_key=True)
    gone_at: Mapped[datetime]
    notice: Mapped[Line]
