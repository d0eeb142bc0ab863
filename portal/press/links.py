"""Links to a draft for people without an account: one revision, for some days, taken back at will.

The address holds a secret of 32 bytes, and only its hash is kept. A link shows the revision it
was made for, whatever happens to the story afterwards.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from portal.columns import Label
from portal.press.attaching import attached_bytes
from portal.press.content import StoryContent, read_content
from portal.press.errors import StoryError
from portal.press.models import Story, StoryRevision
from portal.press.uploads import show_picture
from portal.press.workflow import story_as_read
from portal.registry.audit import record_act
from portal.registry.base import RegistryBase

DAYS = (1, 3, 7)


class StoryLink(RegistryBase):
    """One link; ``digest`` is the SHA-256 of its secret."""

    __tablename__ = "story_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    revision: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[Label]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


@dataclass(frozen=True)
class LinkedDraft:
    """What a link shows."""

    story_id: int
    revision: int
    content: StoryContent
    expires_at: datetime


def make_link(
    registry: sessionmaker[Session],
    story_id: int,
    *,
    revision: int,
    days: int,
    actor: str,
    now: datetime,
) -> str:
    """Make a link to the newest revision and return its secret, which is shown this once.

    Raises StoryChanged where the text moved on, StoryError for another number of days.
    """
    if days not in DAYS:
        raise StoryError("请选择链接的有效期。", "days")
    secret = secrets.token_urlsafe(32)
    with registry.begin() as session:
        story = story_as_read(session, story_id, revision)
        session.add(
            StoryLink(
                story_id=story_id,
                revision=revision,
                digest=_digest(secret),
                made_by=actor,
                made_at=now,
                expires_at=now + timedelta(days=days),
            )
        )
        record_act(session, actor, "story.link", story.slug, {"revision": revision, "days": days})
    return secret


def end_links(registry: sessionmaker[Session], story_id: int, *, actor: str, now: datetime) -> int:
    """Take back every link to a story; return how many still worked."""
    with registry.begin() as session:
        links = session.scalars(_working(now).filter_by(story_id=story_id)).all()
        for link in links:
            link.ended_at = now
        if links:
            story = session.get_one(Story, story_id)
            record_act(session, actor, "story.link_end", story.slug, {"links": len(links)})
        return len(links)


def working_links(
    registry: sessionmaker[Session], story_id: int, now: datetime
) -> Sequence[StoryLink]:
    """Links to a story that still work, oldest first."""
    with registry() as session:
        query = _working(now).filter_by(story_id=story_id).order_by(StoryLink.id)
        return session.scalars(query).all()


def open_link(registry: sessionmaker[Session], secret: str, now: datetime) -> LinkedDraft | None:
    """What the link shows; None for one that is over, taken back, or never was."""
    with registry() as session:
        link = session.scalars(_working(now).filter_by(digest=_digest(secret))).one_or_none()
        if link is None:
            return None
        kept = session.scalars(
            select(StoryRevision).filter_by(story_id=link.story_id, revision=link.revision)
        ).one()
        return LinkedDraft(
            link.story_id, link.revision, read_content(kept.content), link.expires_at
        )


def draft_picture(
    registry: sessionmaker[Session], draft: LinkedDraft, picture_id: int
) -> bytes | None:
    """A picture of the draft as the public would get it, blurred; None where it has no such."""
    boxes = {each.id: each.boxes for each in draft.content.pictures}
    if picture_id not in boxes:
        return None
    return show_picture(registry, draft.story_id, picture_id, boxes[picture_id])


def draft_file(registry: sessionmaker[Session], draft: LinkedDraft) -> bytes | None:
    """The file of the draft as the public would get it; None where it has none."""
    if draft.content.attachment is None:
        return None
    with registry() as session:
        return attached_bytes(session, draft.story_id, draft.content.attachment)


def _working(now: datetime) -> Select[tuple[StoryLink]]:
    return select(StoryLink).where(StoryLink.expires_at > now, StoryLink.ended_at.is_(None))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
