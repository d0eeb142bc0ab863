"""``portal stories due``: publishes and takes down what was signed for this hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, sessionmaker

from portal.press.errors import StoryError
from portal.press.models import ScheduleRun, Story, StoryState
from portal.publication.errors import PublicationError
from portal.publication.gate import Gate
from portal.publication.stories import release_scheduled, withdraw_story

EXPIRED = "已到约定的下线时间"
LATE = timedelta(hours=1)


@dataclass(frozen=True)
class DueReport:
    """Addresses that went online and off, and those the mask check or somebody's change kept."""

    published: tuple[str, ...]
    expired: tuple[str, ...]
    kept: tuple[str, ...]


def run_due(gate: Gate, actor: str, now: datetime) -> DueReport:
    """Do what is due at ``now``; running it again does nothing more."""
    published: list[str] = []
    expired: list[str] = []
    kept: list[str] = []
    for story in _due(gate.stores.registry, Story.go_live_at, now):
        if story.state != StoryState.SCHEDULED:
            continue
        try:
            release_scheduled(gate, story.id, actor, revision=story.revision, now=now)
            published.append(story.slug)
        except (PublicationError, StoryError):
            # It stays signed and unpublished; the office is told that it is late.
            kept.append(story.slug)
    for story in _due(gate.stores.registry, Story.expire_at, now):
        if story.published_at is not None and story.state != StoryState.WITHDRAWN:
            # Its end was set by whoever signed it.
            withdraw_story(gate, story.slug, actor, EXPIRED, signer=True)
            expired.append(story.slug)
    with gate.stores.registry.begin() as session:
        session.merge(ScheduleRun(id=1, ran_at=now))
    return DueReport(tuple(published), tuple(expired), tuple(kept))


def schedule_is_late(registry: sessionmaker[Session], now: datetime) -> bool:
    """Whether something waits for its hour and nobody has looked for an hour."""
    waiting = or_(Story.state == StoryState.SCHEDULED, Story.expire_at.is_not(None))
    with registry() as session:
        if session.scalar(select(Story.id).where(waiting).limit(1)) is None:
            return False
        run = session.get(ScheduleRun, 1)
    return run is None or now - run.ran_at > LATE


def _due(
    registry: sessionmaker[Session], column: InstrumentedAttribute[datetime | None], now: datetime
) -> list[Story]:
    with registry() as session:
        return list(session.scalars(select(Story).where(column <= now).order_by(Story.id)))
