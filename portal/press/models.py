"""Stories as the press office works on them; what is signed goes through the gate."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import Label, Line
from portal.registry.base import RegistryBase


class StoryState(StrEnum):
    """Draft → submitted → published; a published story can be withdrawn or edited anew."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Story(RegistryBase):
    """A story in the office. ``body_html`` is sanitised on the way in and at the gate."""

    __tablename__ = "story"
    __table_args__ = (Index(None, "state", "updated_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[Label]
    title: Mapped[Line]
    lead: Mapped[str] = mapped_column(Text, default="")
    body_html: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[Label]
    revision: Mapped[int] = mapped_column(default=1)
    author: Mapped[Label]
    updated_at: Mapped[datetime]
    signed_by: Mapped[Label]
    published_at: Mapped[datetime | None]
