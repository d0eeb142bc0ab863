"""What the office reads about stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from portal.press.models import Story, StoryState
from portal.registry.audit import AuditEntry


@dataclass(frozen=True)
class StoryStep:
    """One entry of a story's history, as the audit log has it."""

    at: datetime
    actor: str
    act: str
    detail: dict[str, Any]


def list_stories(
    registry: sessionmaker[Session], *, state: StoryState | None, limit: int, offset: int
) -> tuple[Sequence[Story], int]:
    """Stories, newest change first, and how many there are in all."""
    chosen = [] if state is None else [Story.state == state]
    query = select(Story).where(*chosen).order_by(Story.updated_at.desc(), Story.id.desc())
    with registry() as session:
        total = session.scalar(select(func.count(Story.id)).where(*chosen)) or 0
        return session.scalars(query.limit(limit).offset(offset)).all(), total


def find_story(registry: sessionmaker[Session], story_id: int) -> Story | None:
    """The story with this id, detached from any session."""
    with registry() as session:
        return session.get(Story, story_id)


def story_history(registry: sessionmaker[Session], slug: str) -> list[StoryStep]:
    """Every act on the story, oldest first, with the comments of those who returned it."""
    query = (
        select(AuditEntry)
        .where(AuditEntry.subject == slug, AuditEntry.act.startswith("story."))
        .order_by(AuditEntry.id)
    )
    with registry() as session:
        return [
            StoryStep(entry.at, entry.actor, entry.act, entry.detail)
            for entry in session.scalars(query)
        ]


def count_stories(registry: sessionmaker[Session]) -> dict[StoryState, int]:
    """How many stories stand in each state."""
    query = select(Story.state, func.count()).group_by(Story.state)
    with registry() as session:
        found = dict(session.execute(query).all())
    return {state: found.get(state, 0) for state in StoryState}
