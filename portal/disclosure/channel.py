"""Reading the 执行不能 channel: guides by their topic."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.articles import PublicGuide, PublicStory
from portal.reference.inability import PLACES, Topic, TopicPlace
from portal.reference.vocabulary import StoryKind

# Beside everything else the front of the channel stays under 60 kB.
INLINE_BYTES = 12_000


@dataclass(frozen=True)
class Shelf:
    """A topic with its guides, at least one."""

    place: TopicPlace
    guides: tuple[PublicGuide, ...]


@dataclass(frozen=True)
class Channel:
    """Everything public in the channel; topics without a guide are left out."""

    shelves: tuple[Shelf, ...]

    @property
    def opening(self) -> PublicGuide | None:
        """The page on the difference, where it is short enough to stand on the front."""
        found = self.guides_of(Topic.DIFFERENCE)
        short = [guide for guide in found if len(guide.body_html.encode()) <= INLINE_BYTES]
        return short[0] if short else None

    def guides_of(self, topic: Topic) -> tuple[PublicGuide, ...]:
        """The guides of one topic, none where it has none."""
        return next((each.guides for each in self.shelves if each.place.topic is topic), ())


def read_channel(session: Session) -> Channel:
    """The channel as it stands now."""
    query = select(PublicGuide).where(PublicGuide.topic != "")
    guides = session.scalars(query.order_by(PublicGuide.position, PublicGuide.id)).all()
    shelves = (
        Shelf(place, tuple(guide for guide in guides if guide.topic == place.topic))
        for place in PLACES
    )
    return Channel(tuple(shelf for shelf in shelves if shelf.guides))


def channel_stories(session: Session, limit: int) -> list[PublicStory]:
    """The newest stories that tell of 执行不能."""
    query = select(PublicStory).filter_by(kind=StoryKind.INABILITY)
    newest = query.order_by(PublicStory.published_on.desc(), PublicStory.id.desc())
    return list(session.scalars(newest.limit(limit)))
