"""What the office reads about stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import ndiff
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from portal.press.attachments import Attachment
from portal.press.content import StoryContent, read_content
from portal.press.models import Story, StoryOverride, StoryPicture, StoryRevision, StoryState
from portal.registry.audit import AuditEntry

# Fields of a revision in the order they are compared, with their names in the office.
FIELDS = {
    "kind": "栏目",
    "title": "标题",
    "lead": "导语",
    "body": "正文",
    "facts": "填报项目",
    "cases": "关联案件",
    "auctions": "关联拍卖",
    "sources": "来源",
    "pictures": "图片",
    "attachment": "附件文件",
    "correction": "更正说明",
}


@dataclass(frozen=True)
class StoryStep:
    """One entry of a story's history, as the audit log has it."""

    at: datetime
    actor: str
    act: str
    detail: dict[str, Any]


@dataclass(frozen=True)
class FieldChange:
    """How one field differs between two revisions: lines marked "+", "-" or " "."""

    label: str
    lines: tuple[tuple[str, str], ...]


def list_published_since(
    registry: sessionmaker[Session], since: datetime, limit: int
) -> list[tuple[int, str]]:
    """Stories and pages that went online since a moment, newest first: id and title."""
    query = (
        select(Story.id, Story.title)
        .where(Story.state == StoryState.PUBLISHED, Story.published_at >= since)
        .order_by(Story.published_at.desc(), Story.id.desc())
        .limit(limit)
    )
    with registry() as session:
        return [(story_id, title) for story_id, title in session.execute(query)]


def list_stories(
    registry: sessionmaker[Session],
    *,
    state: StoryState | None,
    limit: int,
    offset: int,
    form: str = "",
) -> tuple[Sequence[Story], int]:
    """Stories, newest change first, and how many there are in all."""
    chosen = [] if state is None else [Story.state == state]
    chosen += [Story.form == form] if form else []
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


def list_revisions(registry: sessionmaker[Session], story_id: int) -> Sequence[StoryRevision]:
    """Every revision of a story, newest first."""
    query = select(StoryRevision).filter_by(story_id=story_id)
    with registry() as session:
        return session.scalars(query.order_by(StoryRevision.revision.desc())).all()


def read_revision(
    registry: sessionmaker[Session], story_id: int, number: int
) -> StoryContent | None:
    """The content of one revision, None where there is no such."""
    query = select(StoryRevision.content).filter_by(story_id=story_id, revision=number)
    with registry() as session:
        kept = session.scalars(query).one_or_none()
        return None if kept is None else read_content(kept)


def list_overrides(registry: sessionmaker[Session], story_id: int) -> Sequence[StoryOverride]:
    """Findings of the mask check that somebody let stand in this story."""
    with registry() as session:
        query = select(StoryOverride).filter_by(story_id=story_id).order_by(StoryOverride.id)
        return session.scalars(query).all()


def picture_names(session: Session, story_id: int) -> dict[int, str]:
    """The file name each upload of a story came under."""
    query = select(StoryPicture.id, StoryPicture.file_name).filter_by(story_id=story_id)
    return dict(session.execute(query).all())


def compare_contents(old: StoryContent, new: StoryContent) -> tuple[FieldChange, ...]:
    """The fields in which two revisions differ, line by line."""
    before, after = _lines(old), _lines(new)
    return tuple(
        FieldChange(
            label,
            tuple(
                (line[0], line[2:]) for line in ndiff(before[name], after[name]) if line[0] != "?"
            ),
        )
        for name, label in FIELDS.items()
        if before[name] != after[name]
    )


def _lines(content: StoryContent) -> dict[str, list[str]]:
    kept = content.to_json()
    lines: dict[str, list[str]] = {}
    for name in FIELDS:
        value = kept[name]
        if name == "attachment":
            lines[name] = _attachment_lines(content.attachment)
        elif isinstance(value, dict):
            lines[name] = [f"{key}：{text}" for key, text in value.items()]
        elif name == "pictures":
            lines[name] = [
                f"图片 {each['id']}：{each['alt']}（{each['caption']}），遮挡 {each['boxes']}"
                for each in value
            ]
        elif isinstance(value, tuple | list):
            lines[name] = [str(each) for each in value]
        else:
            lines[name] = str(value).splitlines()
    return lines


def _attachment_lines(attachment: Attachment | None) -> list[str]:
    if attachment is None:
        return []
    size, pages = f"{attachment.size:,} 字节", f"{attachment.pages} 页"
    return [f"{attachment.file_name}（{pages}，{size}），校验值 {attachment.name}"]
