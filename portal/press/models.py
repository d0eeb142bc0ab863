"""Stories, pages and notices as the press office works on them, with all their history.

What is signed goes through the gate; nothing of these tables is ever read by the public
surface, least of all an original picture or file.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import Label, Line
from portal.press.checklists import Step
from portal.registry.base import RegistryBase


class StoryState(StrEnum):
    """Draft → three reviews → scheduled or published → withdrawn; back to draft by an edit."""

    DRAFT = "draft"
    FIRST = "first_review"
    SECOND = "second_review"
    THIRD = "third_review"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


REVIEWED_IN = {
    StoryState.FIRST: Step.FIRST,
    StoryState.SECOND: Step.SECOND,
    StoryState.THIRD: Step.THIRD,
}


class Story(RegistryBase):
    """A story, page or notice; ``content`` is its newest revision (StoryContent as JSON).

    ``round`` counts submissions: reviews of an earlier one no longer count. ``published_at``
    and ``live_revision`` tell what is online while a newer revision is written.
    """

    __tablename__ = "story"
    __table_args__ = (
        Index(None, "state", "updated_at"),
        Index(None, "form", "updated_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    form: Mapped[Label]
    kind: Mapped[Label]
    title: Mapped[Line]
    content: Mapped[dict[str, Any]]
    state: Mapped[Label]
    revision: Mapped[int] = mapped_column(default=1)
    round: Mapped[int] = mapped_column(default=0)
    author: Mapped[Label]
    updated_at: Mapped[datetime]
    signed_by: Mapped[Label]
    published_at: Mapped[datetime | None]
    live_revision: Mapped[int | None]
    go_live_at: Mapped[datetime | None]
    expire_at: Mapped[datetime | None]


class StoryRevision(RegistryBase):
    """One revision as it was saved."""

    __tablename__ = "story_revision"
    __table_args__ = (UniqueConstraint("story_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"))
    revision: Mapped[int]
    content: Mapped[dict[str, Any]]
    author: Mapped[Label]
    saved_at: Mapped[datetime]


class StoryReview(RegistryBase):
    """One review: who confirmed the list of which step, or returned it with a comment."""

    __tablename__ = "story_review"
    __table_args__ = (Index(None, "story_id", "round"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"))
    round: Mapped[int]
    revision: Mapped[int]
    step: Mapped[Label]
    reviewer: Mapped[Label]
    passed: Mapped[bool]
    comment: Mapped[Line]
    at: Mapped[datetime]


class StoryOverride(RegistryBase):
    """A finding of the mask check that a second person let stand, with the reason.

    ``finding`` is a hash over place, kind and found text: it holds for these words only.
    """

    __tablename__ = "story_override"
    __table_args__ = (UniqueConstraint("story_id", "finding"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"))
    finding: Mapped[str] = mapped_column(String(64))
    reason: Mapped[Line]
    decided_by: Mapped[Label]
    decided_at: Mapped[datetime]


class StoryPicture(RegistryBase):
    """An uploaded picture as it came, metadata and all: for the office only."""

    __tablename__ = "story_picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    file_name: Mapped[Line]
    original: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    width: Mapped[int]
    height: Mapped[int]
    uploaded_by: Mapped[Label]
    uploaded_at: Mapped[datetime]


class StoryAttachment(RegistryBase):
    """An uploaded PDF: as it came, as it may go out, and what was read in the latter.

    ``name`` is the hash of ``cleaned``; ``reading`` is a ``Reading`` as JSON.
    """

    __tablename__ = "story_attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    file_name: Mapped[Line]
    original: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    cleaned: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    reading: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    uploaded_by: Mapped[Label]
    uploaded_at: Mapped[datetime]


class ScheduleRun(RegistryBase):
    """When the schedule was last worked off (one row): the office warns where it was not."""

    __tablename__ = "schedule_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    ran_at: Mapped[datetime]
