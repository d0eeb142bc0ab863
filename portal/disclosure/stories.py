"""Reading what the press office published: stories and guides."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.articles import PublicGuide, PublicStory
from portal.disclosure.lists import PublicList, by_day

STORIES = PublicList(
    PublicStory,
    filters={"kind": PublicStory.kind},
    day=PublicStory.published_on,
    orders=by_day(PublicStory.published_on, PublicStory.id),
    unread=(
        PublicStory.body_html,
        PublicStory.sources,
        PublicStory.links,
        PublicStory.corrections,
    ),
)


def recent_stories(session: Session, limit: int) -> list[PublicStory]:
    """The newest stories."""
    query = (
        select(PublicStory)
        .order_by(PublicStory.published_on.desc(), PublicStory.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def read_story(session: Session, slug: str) -> PublicStory | None:
    """Read one story, None when it is not public."""
    return session.scalar(select(PublicStory).where(PublicStory.slug == slug))


def list_guides(session: Session) -> list[PublicGuide]:
    """All guides in the order the press office gave them."""
    return list(session.scalars(select(PublicGuide).order_by(PublicGuide.position, PublicGuide.id)))


def read_guide(session: Session, slug: str) -> PublicGuide | None:
    """Read one guide, None when it is not public."""
    return session.scalar(select(PublicGuide).where(PublicGuide.slug == slug))
