"""Public rows that are not a case's: stories with pictures, guides, notices with files."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, String, Text
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
    # one a line
    sources: Mapped[str] = mapped_column(Text, default="")
    # [{"alt", "caption", "sizes": [{"name", "width", "height"}]}], smallest size first
    pictures: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    # [{"kind": "case" or "auction", "key"}]: shown for as long as the item is public itself
    links: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    # [{"on", "note"}], oldest first
    corrections: Mapped[list[dict[str, Any]]] = mapped_column(default=list)


class PublicPicture(DisclosureBase):
    """One size of a picture, pixels only; ``name`` is a hash of its bytes and says nothing."""

    __tablename__ = "public_picture"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    story_slug: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class PublicNotice(DisclosureBase):
    """A standing page or notice; ``facts`` are the fields of its form (reference.press_forms)."""

    __tablename__ = "public_notice"
    __table_args__ = (Index(None, "form", "published_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    form: Mapped[Label]
    title: Mapped[Line]
    body_html: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    published_on: Mapped[date]
    version: Mapped[int]
    released_at: Mapped[datetime]
    # [{"on", "note"}], oldest first
    corrections: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    # {"name", "pages", "size"} of its file, empty where it has none; size in bytes
    attachment: Mapped[dict[str, Any]] = mapped_column(default=dict)


class PublicAttachment(DisclosureBase):
    """The file of a notice, written anew by the gate; ``name`` is a hash of its bytes."""

    __tablename__ = "public_attachment"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    notice_slug: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class PublicGuide(DisclosureBase):
    """An explanatory page (执行指南), sanitised as stories are.

    ``topic`` is its place in the 执行不能 channel (``reference.inability``), empty outside it.
    """

    __tablename__ = "public_guide"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    section: Mapped[Label]
    topic: Mapped[Label]
    title: Mapped[Line]
    lead: Mapped[str] = mapped_column(Text, default="")
    body_html: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int]
    updated_on: Mapped[date]
    released_at: Mapped[datetime]
    # one a line
    sources: Mapped[str] = mapped_column(Text, default="")
    # [{"on", "note"}], oldest first
    corrections: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
