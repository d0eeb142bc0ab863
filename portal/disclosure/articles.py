"""Public rows that are not a case's: stories of the press office and guides."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import Label, Line
from portal.disclosure.base import DisclosureBase


class PublicStory(DisclosureBase):
    """A signed press story; ``body_html`` was sanitised by the press office's one function."""

    __tablename__ = "public_story"
    __table_args__ = (
        Index(None, "published_on", "id"),
        Index(None, "kind", "published_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[Label]
    title: Mapped[Line]
    lead: Mapped[str] = mapped_column(Text, default="")
    body_html: Mapped[str] = mapped_column(Text, default="")
    byline: Mapped[Label]
    published_on: Mapped[date]
    version: Mapped[int]
    released_at: Mapped[datetime]


class PublicGuide(DisclosureBase):
    """An explanatory page (执行指南), sanitised as stories are."""

    __tablename__ = "public_guide"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    section: Mapped[Label]
    title: Mapped[Line]
    body_html: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int]
    updated_on: Mapped[date]
    released_at: Mapped[datetime]
