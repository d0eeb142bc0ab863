"""How a story moves: draft → submitted → signed, or back with a comment.

Only its author changes a story, and somebody else signs it (portal.publication, which
alone can publish). A published story that is edited becomes a draft again, while the
text signed before stays online until the new one is signed.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from portal.press.models import Story, StoryState
from portal.press.sanitising import html_from_input
from portal.reference.clock import BEIJING
from portal.reference.vocabulary import StoryKind
from portal.registry.audit import record_act, wait_turn

MAX_TITLE = 60
MAX_LEAD = 300
MAX_BODY = 100_000
MAX_COMMENT = 500


class StoryError(ValueError):
    """The story cannot be changed so; the message says why, in Chinese.

    ``field`` names the part of the form that is meant, where there is one.
    """

    def __init__(self, message: str, field: str = "story") -> None:
        super().__init__(message)
        self.field = field


class StoryChanged(StoryError):
    """Somebody changed the story after it was opened."""

    def __init__(self) -> None:
        super().__init__("稿件在您打开之后已有变动，请刷新后查看最新内容，再作处理。")


@dataclass(frozen=True)
class StoryInput:
    """What an editor typed; ``body`` may be plain lines or simple HTML."""

    kind: StoryKind
    title: str
    lead: str
    body: str


def create_story(registry: sessionmaker[Session], content: StoryInput, *, actor: str) -> int:
    """Begin a draft and return its id."""
    fields = _checked(content)
    with registry.begin() as session:
        now = datetime.now(UTC)
        # The address is made of the day and the row's number: it must name nobody.
        story = Story(
            slug=secrets.token_hex(16),
            state=StoryState.DRAFT,
            revision=1,
            author=actor,
            signed_by="",
            updated_at=now,
            **fields,
        )
        session.add(story)
        session.flush()
        story.slug = f"{now.astimezone(BEIJING):%Y%m%d}-{story.id}"
        record_act(session, actor, "story.create", story.slug, {"revision": 1})
        return story.id


def save_story(
    registry: sessionmaker[Session],
    story_id: int,
    content: StoryInput,
    *,
    revision: int,
    actor: str,
) -> None:
    """Replace the text by its author's new one; ``revision`` is the one he opened.

    Raises StoryChanged where another window saved first, StoryError for anybody else.
    """
    fields = _checked(content)
    with registry.begin() as session:
        story = _own_story(session, story_id, revision, actor)
        if story.state == StoryState.SUBMITTED:
            raise StoryError("稿件已提交，须先收回才能修改。")
        if all(getattr(story, name) == value for name, value in fields.items()):
            return
        for name, value in fields.items():
            setattr(story, name, value)
        if story.state == StoryState.WITHDRAWN:
            # From here on ``published_at`` again says whether something is online.
            story.published_at = None
        story.state = StoryState.DRAFT
        story.revision += 1
        story.updated_at = datetime.now(UTC)
        record_act(session, actor, "story.save", story.slug, {"revision": story.revision})


def submit_story(
    registry: sessionmaker[Session], story_id: int, *, revision: int, actor: str
) -> None:
    """Hand a complete draft to the head of the press office."""
    with registry.begin() as session:
        story = _own_story(session, story_id, revision, actor)
        if story.state != StoryState.DRAFT:
            raise StoryError("只有草稿可以提交。")
        if not re.sub(r"<[^>]*>|\s", "", story.body_html):
            raise StoryError("正文还是空的，不能提交。")
        _move(session, story, StoryState.SUBMITTED, "story.submit", actor)


def recall_story(
    registry: sessionmaker[Session], story_id: int, *, revision: int, actor: str
) -> None:
    """Take a submitted story back to go on writing."""
    with registry.begin() as session:
        story = _own_story(session, story_id, revision, actor)
        if story.state != StoryState.SUBMITTED:
            raise StoryError("稿件不在待签发状态，不能收回。")
        _move(session, story, StoryState.DRAFT, "story.recall", actor)


def return_story(
    registry: sessionmaker[Session], story_id: int, comment: str, *, revision: int, actor: str
) -> None:
    """Give a submitted story back to its author, saying what is to be changed."""
    comment = _one_line(comment)
    if not comment:
        raise StoryError("退回须写明意见。", "comment")
    if len(comment) > MAX_COMMENT:
        raise StoryError(f"退回意见不能超过 {MAX_COMMENT} 字。", "comment")
    with registry.begin() as session:
        story = _story(session, story_id, revision)
        if story.state != StoryState.SUBMITTED:
            raise StoryError("稿件不在待签发状态，不能退回。")
        detail = {"comment": comment}
        _move(session, story, StoryState.DRAFT, "story.return", actor, detail)


def is_live(story: Story) -> bool:
    """Whether some signed version of the story is online, perhaps an older one."""
    return story.published_at is not None and story.state != StoryState.WITHDRAWN


def _story(session: Session, story_id: int, revision: int) -> Story:
    wait_turn(session)
    story = session.get(Story, story_id, with_for_update=True)
    if story is None:
        raise StoryError("没有这篇稿件。")
    if story.revision != revision:
        raise StoryChanged
    return story


def _own_story(session: Session, story_id: int, revision: int, actor: str) -> Story:
    story = _story(session, story_id, revision)
    if story.author != actor:
        raise StoryError("只有作者本人可以修改或提交这篇稿件。")
    return story


def _move(
    session: Session,
    story: Story,
    state: StoryState,
    act: str,
    actor: str,
    detail: Mapping[str, Any] | None = None,
) -> None:
    story.state = state
    story.updated_at = datetime.now(UTC)
    record_act(session, actor, act, story.slug, {"revision": story.revision, **(detail or {})})


def _checked(content: StoryInput) -> dict[str, str]:
    title, lead = _one_line(content.title), _one_line(content.lead)
    if not title:
        raise StoryError("请填写标题。", "title")
    if len(title) > MAX_TITLE:
        raise StoryError(f"标题不能超过 {MAX_TITLE} 字。", "title")
    if len(lead) > MAX_LEAD:
        raise StoryError(f"导语不能超过 {MAX_LEAD} 字。", "lead")
    if len(content.body) > MAX_BODY:
        raise StoryError(f"正文不能超过 {MAX_BODY:,} 个字符。", "body")
    return {
        "kind": str(content.kind),
        "title": title,
        "lead": lead,
        "body_html": html_from_input(content.body),
    }


def _one_line(text: str) -> str:
    visible = "".join(mark if mark.isprintable() else " " for mark in text)
    return " ".join(visible.split())
