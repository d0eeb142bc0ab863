"""Private rows: cases as the flow system sent them, their history, and import runs."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.columns import Label, Line
from portal.registry.base import RegistryBase


class RegistryCase(RegistryBase):
    """The newest version of one case; ``content`` is the validated exchange record."""

    __tablename__ = "registry_case"
    __table_args__ = (
        Index(None, "court", "filed_on"),
        Index(None, "updated_at"),
        Index(None, "auction_count", "updated_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(String(64), unique=True)
    court: Mapped[Label]
    filed_on: Mapped[date]
    revision: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]]
    auction_count: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime]
    # A withdrawn case stays withdrawn until a reviewer restores it, whatever is imported.
    withdrawn_reason: Mapped[Line]
    # the revision the parties' own views were last made of, 0 for none
    views_revision: Mapped[int] = mapped_column(default=0, server_default="0")

    revisions: Mapped[list[CaseRevision]] = relationship(
        cascade="all, delete-orphan", order_by="CaseRevision.revision"
    )


class CaseRevision(RegistryBase):
    """One version of a case as it was sent."""

    __tablename__ = "case_revision"
    __table_args__ = (UniqueConstraint("case_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("registry_case.id", ondelete="CASCADE"))
    revision: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]]
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"))
    created_at: Mapped[datetime]


class ImportState(StrEnum):
    """A run that is not FINISHED is taken up again when the same file comes back."""

    RUNNING = "running"
    FINISHED = "finished"


class ImportRun(RegistryBase):
    """One reading of one file; ``lines_done`` is committed together with its cases.

    ``owner`` is the token of the import that is reading it. Whoever takes the run up writes
    his own, and the one before him stops at his next batch.
    """

    __tablename__ = "import_run"
    __table_args__ = (Index(None, "file_digest", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[Line]
    file_digest: Mapped[str] = mapped_column(String(64))
    actor: Mapped[Label]
    state: Mapped[Label]
    owner: Mapped[Label]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    lines_done: Mapped[int] = mapped_column(default=0)
    read: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)

    problems: Mapped[list[ImportProblem]] = relationship(
        cascade="all, delete-orphan", order_by="ImportProblem.id"
    )


class ImportProblem(RegistryBase):
    """What was wrong with a line; the message names fields and rules, never a value."""

    __tablename__ = "import_problem"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(
        ForeignKey("import_run.id", ondelete="CASCADE"), index=True
    )
    line: Mapped[int]
    case_number: Mapped[Label]
    field: Mapped[Line]
    # in a workbook: where, "当事人!F7"
    cell: Mapped[Label]
    # rejected lines have at least one problem that is not a warning
    warning: Mapped[bool]
    message: Mapped[str] = mapped_column(Text)


class ReviewState(StrEnum):
    """Where an item of the review queue stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    SUPERSEDED = "superseded"


class Route(StrEnum):
    """How many people an item takes: none but for a glance, one reader, or two."""

    AUTOMATIC = "automatic"
    SINGLE = "single"
    FULL = "full"


class Review(RegistryBase):
    """A case the gate would not release by itself, and what a reviewer decided.

    ``holds`` is [{"reason", "kind", "path", "grade"}], as of the newest mark. ``leak`` marks a
    failed leak check: such an item cannot be approved as it is, only masked further. Where
    publishing takes a second reader, ``first_read_by`` is who read it first and stands for
    publishing. ``edition`` grows with everything anybody does to the item while it waits.
    """

    __tablename__ = "review"
    __table_args__ = (
        Index(None, "state", "created_at"),
        Index(None, "case_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("registry_case.id", ondelete="CASCADE"))
    revision: Mapped[int]
    policy_version: Mapped[Label]
    state: Mapped[Label]
    leak: Mapped[bool] = mapped_column(default=False)
    route: Mapped[Label] = mapped_column(default=Route.SINGLE)
    edition: Mapped[int] = mapped_column(default=1)
    holds: Mapped[list[dict[str, Any]]]
    created_at: Mapped[datetime]
    first_read_by: Mapped[Label] = mapped_column(default="")
    first_reason: Mapped[Line] = mapped_column(default="")
    first_read_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[Label]
    decision_reason: Mapped[Line]

    case: Mapped[RegistryCase] = relationship()


class ListRun(RegistryBase):
    """One run that took from the public lists what had left them by ``day``.

    The gate lists nothing again that had ended by the day of the newest run. A run without
    ``finished_at`` was cut off, one with ``failed`` left cases behind: the next goes over them.
    """

    __tablename__ = "list_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    actor: Mapped[Label]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    examined: Mapped[int] = mapped_column(default=0)
    removed: Mapped[int] = mapped_column(default=0)
    # of those removed, how many were still public after their last day
    late: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
