"""What reviewers did with the words of a case, and what the machine had found before them.

Machine and people are kept apart: a ``MachineReading`` is written once and says what one
version of the recognisers found; marks lie on top of it and are never deleted, only taken
back. An override lets private words stand in one field of one revision, on two signatures.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import Label, Line
from portal.registry.base import RegistryBase


class MachineReading(RegistryBase):
    """The findings in one revision of a case by one version of the recognisers, marks aside.

    ``findings`` are [{"path", "kind", "start", "end", "replacement", "score", "reason",
    "recogniser", "article"}]: offsets into the record, never its words.
    """

    __tablename__ = "machine_reading"
    __table_args__ = (UniqueConstraint("case_id", "revision", "reader"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("registry_case.id", ondelete="CASCADE"))
    revision: Mapped[int]
    reader: Mapped[Label]
    findings: Mapped[list[dict[str, Any]]]
    created_at: Mapped[datetime]


class CaseMark(RegistryBase):
    """Words of one case that a reviewer wants masked, left as written, or shown as a person.

    ``path`` "" is the whole case, ``start`` None every place in the field. ``revision`` is the
    record the reviewer had before him. ``effect`` is [{"change", "recogniser", "kind", "count"}]:
    what the mark changed of the machine's work. A mark with ``removed_at`` was taken back.
    """

    __tablename__ = "case_mark"
    __table_args__ = (Index(None, "case_id", "removed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("registry_case.id", ondelete="CASCADE"))
    revision: Mapped[int]
    act: Mapped[Label]
    text: Mapped[str] = mapped_column(String(200))
    path: Mapped[Line]
    start: Mapped[int | None]
    kind: Mapped[Label]
    mask: Mapped[Label]
    same_as: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[Line]
    effect: Mapped[list[dict[str, Any]]]
    added_by: Mapped[Label]
    added_at: Mapped[datetime]
    removed_by: Mapped[Label]
    removed_at: Mapped[datetime | None]
    removal_reason: Mapped[Line]


class OverrideState(StrEnum):
    """Where a request to let private words stand has got to."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class LeakOverride(RegistryBase):
    """Private words that one person asked to let stand in one field of one revision.

    Somebody else decides. ``kinds`` are the kinds of private value they touch; ``digests`` the
    SHA-256 of the public texts they were published in: nowhere else do they count as let stand.
    """

    __tablename__ = "leak_override"
    __table_args__ = (Index(None, "case_id", "revision"), Index(None, "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("registry_case.id", ondelete="CASCADE"))
    revision: Mapped[int]
    path: Mapped[Line]
    text: Mapped[str] = mapped_column(String(200))
    kinds: Mapped[list[str]]
    state: Mapped[Label]
    asked_by: Mapped[Label]
    asked_reason: Mapped[Line]
    asked_at: Mapped[datetime]
    decided_by: Mapped[Label]
    decided_reason: Mapped[Line]
    decided_at: Mapped[datetime | None]
    digests: Mapped[list[str]]
