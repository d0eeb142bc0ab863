"""Signs and publishes what three reviewers passed, and takes it back; after the mask check."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from portal.press.attaching import attached_bytes
from portal.press.checklists import Step
from portal.press.content import one_line, read_content
from portal.press.errors import StoryError
from portal.press.models import Story, StoryPicture, StoryState
from portal.press.pictures import render_picture
from portal.press.workflow import is_live, keep_pass, story_as_read
from portal.publication.errors import NotPublished, ReasonMissing, StoryHeld, StoryNotReady
from portal.publication.gate import Gate
from portal.publication.story_lint import lint_story, lint_texts, open_findings
from portal.publication.story_rows import Enclosures, remove_story, write_story
from portal.publication.turns import Turn, take_turn
from portal.registry.audit import record_act


@dataclass(frozen=True)
class Schedule:
    """When a signed story goes online and off again; None is at once, and never."""

    go_live_at: datetime | None = None
    expire_at: datetime | None = None


def sign_story(
    gate: Gate,
    story_id: int,
    actor: str,
    *,
    revision: int,
    ticked: Collection[str],
    now: datetime,
    signer: bool = False,
    schedule: Schedule | None = None,
    published_on: date | None = None,
) -> StoryState:
    """The third review and the signature in one act; published now or at its hour.

    ``published_on`` is the date shown, for a story that appeared elsewhere before. Raises
    StoryError where the actor may not be a ``signer``, where it is not his turn or ``revision``
    is old, and StoryHeld where something private stands in it that nobody let stand.
    """
    if not signer:
        raise StoryError("须由宣传负责人三审并签发。")
    schedule = schedule or Schedule()
    if schedule.expire_at and schedule.expire_at <= (schedule.go_live_at or now):
        raise StoryError("下线时间应晚于发布时间和现在。", "expire_at")
    refuse_private(gate, story_id)
    enclosed = _enclosures(gate, story_id)
    with take_turn(gate.stores) as turn:
        story = story_as_read(turn.registry, story_id, revision)
        keep_pass(turn.registry, story, Step.THIRD, ticked, actor)
        story.signed_by, story.updated_at = actor, now
        story.go_live_at, story.expire_at = schedule.go_live_at, schedule.expire_at
        record_act(turn.registry, actor, "story.sign", story.slug, {"revision": revision})
        if schedule.go_live_at and schedule.go_live_at > now:
            story.state = StoryState.SCHEDULED
        else:
            release_story(gate, turn, story, enclosed, actor, now, published_on)
        state = StoryState(story.state)
    gate.settle()
    return state


def release_scheduled(
    gate: Gate, story_id: int, actor: str, *, revision: int, now: datetime
) -> None:
    """Publish a signed story whose hour has come, after the checks of today."""
    refuse_private(gate, story_id)
    enclosed = _enclosures(gate, story_id)
    with take_turn(gate.stores) as turn:
        story = story_as_read(turn.registry, story_id, revision)
        if story.state != StoryState.SCHEDULED or not story.go_live_at or story.go_live_at > now:
            raise StoryNotReady("稿件不在等待发布的状态")
        release_story(gate, turn, story, enclosed, actor, now, None)
    gate.settle()


def withdraw_story(
    gate: Gate, slug: str, actor: str, reason: str, notice: str = "", *, signer: bool = False
) -> None:
    """Take a story from the public; its address answers 410 and shows ``notice``.

    Raises StoryError where the actor may not be a ``signer``, ReasonMissing, NotPublished, and
    StoryHeld where the notice holds something private.
    """
    if not signer:
        raise StoryError("须由宣传负责人撤回。", "reason")
    if not reason.strip():
        raise ReasonMissing("请写明撤下理由")
    notice = one_line(notice)[:300]
    findings = lint_texts(gate.redactor, {"公开说明": notice} if notice else {})
    if findings:
        raise StoryHeld(tuple(map(str, findings)))
    with take_turn(gate.stores) as turn:
        story = turn.registry.scalars(select(Story).filter_by(slug=slug)).one_or_none()
        if story is None or not is_live(story):
            raise NotPublished("该稿件当前没有公开")
        revision = story.live_revision
        remove_story(turn.public, story, gate.redactor.version, notice)
        story.state = StoryState.WITHDRAWN
        story.published_at = story.expire_at = story.go_live_at = story.live_revision = None
        detail = {"reason": reason.strip()[:500], "revision": revision}
        record_act(turn.registry, actor, "story.withdraw", slug, detail)
    gate.settle()


def refuse_private(gate: Gate, story_id: int) -> None:
    """Raise StoryHeld where something private stands in a story that nobody let stand."""
    with gate.stores.registry() as session:
        story = session.get(Story, story_id)
        if story is None:
            raise StoryError("没有这篇稿件。")
        session.expunge(story)
        findings = open_findings(session, story_id, lint_story(gate, story))
    if findings:
        raise StoryHeld(tuple(map(str, findings)))


def _enclosures(gate: Gate, story_id: int) -> Enclosures:
    with gate.stores.registry() as session:
        story = session.get_one(Story, story_id)
        content = read_content(story.content)
        file: bytes | None = b""
        if content.attachment:
            file = attached_bytes(session, story_id, content.attachment)
        if file is None:
            raise StoryError("稿件的附件文件已不存在，或者与审核时不同。", "file")
        pictures = tuple(
            render_picture(_original(session, story, picture.id), picture.boxes)
            for picture in content.pictures
        )
        return Enclosures(pictures, file)


def _original(session: Session, story: Story, picture_id: int) -> bytes:
    upload = session.get(StoryPicture, picture_id, options=[undefer(StoryPicture.original)])
    if upload is None or upload.story_id != story.id:
        raise StoryError("稿件中有一张图片已不存在。", "pictures")
    return upload.original


def release_story(
    gate: Gate,
    turn: Turn,
    story: Story,
    enclosed: Enclosures,
    actor: str,
    now: datetime,
    published_on: date | None,
) -> None:
    """Make a story public inside the caller's turn; the mask check is behind it."""
    story.state, story.published_at = StoryState.PUBLISHED, now
    story.live_revision, story.go_live_at = story.revision, None
    record_act(turn.registry, actor, "story.publish", story.slug, {"revision": story.revision})
    write_story(
        turn.public,
        story,
        enclosed,
        at=now,
        published_on=published_on,
        policy_version=gate.redactor.version,
    )
