"""How a story moves: draft → three reviews → signed (portal.publication), or back.

Only its author changes a story. Each review is another person's, and nobody reviews what
he wrote. A published story that is edited becomes a draft again, while the text signed
before stays online until the new one is signed.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.press.checklists import Step, missing_checks
from portal.press.content import StoryContent, check_content, one_line, read_content
from portal.press.errors import StoryChanged, StoryError
from portal.press.models import REVIEWED_IN, Story, StoryReview, StoryRevision, StoryState
from portal.press.pictures import check_boxes
from portal.reference.clock import BEIJING
from portal.registry.audit import record_act, wait_turn
from portal.staff.models import Account

MAX_COMMENT = 500
_NEXT = {StoryState.FIRST: StoryState.SECOND, StoryState.SECOND: StoryState.THIRD}


def create_story(
    registry: sessionmaker[Session], content: StoryContent, *, actor: str, slug: str = ""
) -> int:
    """Begin a draft and return its id; ``slug`` is for pages with an address of old."""
    checked = check_content(content)
    if slug and not re.fullmatch(r"[a-z0-9-]{1,64}", slug):
        raise StoryError("网址只能由小写字母、数字和连字符组成。")
    with registry.begin() as session:
        now = datetime.now(UTC)
        story = Story(
            slug=slug or secrets.token_hex(16),
            state=StoryState.DRAFT,
            revision=0,
            round=0,
            author=actor,
            signed_by="",
            updated_at=now,
        )
        _put(story, checked)
        session.add(story)
        session.flush()
        # The address is made of the day and the row's number: it must name nobody.
        story.slug = slug or f"{now.astimezone(BEIJING):%Y%m%d}-{story.id}"
        _keep_revision(session, story, actor)
        record_act(session, actor, "story.create", story.slug, {"revision": 1})
        return story.id


def save_story(
    registry: sessionmaker[Session],
    story_id: int,
    content: StoryContent,
    *,
    revision: int,
    actor: str,
) -> None:
    """Replace the text by its author's new one; ``revision`` is the one he opened.

    Raises StoryChanged where another window saved first, StoryError for anybody else.
    """
    checked = check_content(content)
    with registry.begin() as session:
        story = own_story(session, story_id, revision, actor)
        save_revision(session, story, checked, actor)


def restore_revision(
    registry: sessionmaker[Session], story_id: int, number: int, *, revision: int, actor: str
) -> None:
    """Make an old revision the newest one again; nothing between is lost."""
    with registry.begin() as session:
        story = own_story(session, story_id, revision, actor)
        kept = session.scalars(
            select(StoryRevision).filter_by(story_id=story_id, revision=number)
        ).one_or_none()
        if kept is None:
            raise StoryError("没有这一版。")
        save_revision(session, story, read_content(kept.content), actor, {"restored": number})


def save_revision(
    session: Session,
    story: Story,
    content: StoryContent,
    actor: str,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Put new content into an own story inside the caller's transaction."""
    if story.state in REVIEWED_IN:
        raise StoryError("稿件正在审核，须先收回才能修改。")
    if read_content(story.content) == content:
        return
    if content.form != story.form:
        raise StoryError("稿件的类型不能更改，请另写一篇。")
    _put(story, content)
    if story.state == StoryState.WITHDRAWN:
        # From here on ``published_at`` again says whether something is online.
        story.published_at = None
    story.go_live_at = None
    story.state = StoryState.DRAFT
    story.updated_at = datetime.now(UTC)
    _keep_revision(session, story, actor)
    detail = {"revision": story.revision, **(detail or {})}
    record_act(session, actor, "story.save", story.slug, detail)


def submit_story(
    registry: sessionmaker[Session], story_id: int, *, revision: int, actor: str
) -> None:
    """Hand a complete draft to the first reviewer."""
    with registry.begin() as session:
        story = own_story(session, story_id, revision, actor)
        if story.state != StoryState.DRAFT:
            raise StoryError("只有草稿可以提交。")
        content = read_content(story.content)
        if not content.attachment and not re.sub(r"<[^>]*>|\s", "", content.body_html):
            raise StoryError("正文还是空的，不能提交。")
        if any(not picture.alt for picture in content.pictures):
            raise StoryError("每张图片都要有文字说明（供看不见图片的人使用）。", "pictures")
        for picture in content.pictures:
            check_boxes(picture.boxes)
        if is_live(story) and not content.correction:
            raise StoryError("稿件已在线，修改须写明公开的更正说明。", "correction")
        story.round += 1
        _move(session, story, StoryState.FIRST, "story.submit", actor)


def recall_story(
    registry: sessionmaker[Session], story_id: int, *, revision: int, actor: str
) -> None:
    """Take a story under review, or one that waits for its hour, back to go on writing."""
    with registry.begin() as session:
        story = own_story(session, story_id, revision, actor)
        if story.state not in {*REVIEWED_IN, StoryState.SCHEDULED}:
            raise StoryError("稿件不在审核中，不能收回。")
        story.go_live_at = None
        _move(session, story, StoryState.DRAFT, "story.recall", actor)


def take_over_story(
    registry: sessionmaker[Session], story_id: int, *, revision: int, actor: str
) -> None:
    """Become the author of a story whose author has no account, or none that is open.

    Texts that come with the software have no author at the court; people leave.
    """
    with registry.begin() as session:
        story = story_as_read(session, story_id, revision)
        if not is_without_author(session, story):
            raise StoryError("作者仍在岗，只有作者本人可以修改这篇稿件。")
        if story.state in REVIEWED_IN:
            raise StoryError("稿件正在审核，退回以后才能接手。")
        before, story.author = story.author, actor
        record_act(session, actor, "story.take_over", story.slug, {"before": before})


def return_story(
    registry: sessionmaker[Session], story_id: int, comment: str, *, revision: int, actor: str
) -> None:
    """Give a story under review back to its author, saying what is to be changed."""
    comment = one_line(comment)
    if not comment:
        raise StoryError("退回须写明意见。", "comment")
    if len(comment) > MAX_COMMENT:
        raise StoryError(f"退回意见不能超过 {MAX_COMMENT} 字。", "comment")
    with registry.begin() as session:
        story = story_as_read(session, story_id, revision)
        if story.state not in REVIEWED_IN:
            raise StoryError("稿件不在审核中，不能退回。")
        step = REVIEWED_IN[StoryState(story.state)]
        _keep_review(session, story, step, actor, passed=False, comment=comment)
        detail = {"step": step, "comment": comment}
        _move(session, story, StoryState.DRAFT, "story.return", actor, detail)


def pass_story(
    registry: sessionmaker[Session],
    story_id: int,
    step: Step,
    ticked: Collection[str],
    *,
    revision: int,
    actor: str,
) -> None:
    """Pass the first or the second review; the third is the signature (portal.publication)."""
    with registry.begin() as session:
        story = story_as_read(session, story_id, revision)
        keep_pass(session, story, step, ticked, actor)
        state = _NEXT.get(StoryState(story.state))
        if state is None:
            raise StoryError("三审须由签发人完成。")
        _move(session, story, state, "story.pass", actor, {"step": step})


def keep_pass(
    session: Session, story: Story, step: Step, ticked: Collection[str], actor: str
) -> None:
    """Write a passed review down, inside the caller's transaction.

    Raises StoryError where it is not this step's turn, where the list is not complete, and
    where the same person wrote the story or passed an earlier review of it.
    """
    if REVIEWED_IN.get(StoryState(story.state)) is not step:
        raise StoryError("稿件已不在这一审，请刷新后再看。")
    if story.author == actor:
        raise StoryError("不能审核、签发自己撰写的稿件。")
    if actor in reviewers(session, story):
        raise StoryError("您已审核过这一稿，下一审须由他人进行。")
    missing = missing_checks(step, set(ticked))
    if missing:
        raise StoryError("请逐项核对：" + "；".join(missing) + "。", "checklist")
    _keep_review(session, story, step, actor, passed=True)


def reviewers(session: Session, story: Story) -> set[str]:
    """Who has passed a review of the story since it was last submitted."""
    passed = select(StoryReview.reviewer).filter_by(
        story_id=story.id, round=story.round, passed=True
    )
    return set(session.scalars(passed))


def is_live(story: Story) -> bool:
    """Whether some signed version of the story is online, perhaps an older one."""
    return story.published_at is not None and story.state != StoryState.WITHDRAWN


def is_without_author(session: Session, story: Story) -> bool:
    """Whether nobody who could sign in today is the story's author."""
    query = select(Account.id).filter_by(name=story.author, active=True)
    return session.scalars(query).one_or_none() is None


def story_as_read(session: Session, story_id: int, revision: int) -> Story:
    """The story, for a change by somebody who read ``revision``; after waiting for the turn."""
    wait_turn(session)
    story = session.get(Story, story_id, with_for_update=True)
    if story is None:
        raise StoryError("没有这篇稿件。")
    if story.revision != revision:
        raise StoryChanged
    return story


def own_story(session: Session, story_id: int, revision: int, actor: str) -> Story:
    """The story, for a change by its author."""
    story = story_as_read(session, story_id, revision)
    if story.author != actor:
        raise StoryError("只有作者本人可以修改或提交这篇稿件。")
    return story


def _put(story: Story, content: StoryContent) -> None:
    story.form, story.kind, story.title = content.form, content.kind, content.title
    story.content = content.to_json()


def _keep_revision(session: Session, story: Story, actor: str) -> None:
    story.revision += 1
    session.add(
        StoryRevision(
            story_id=story.id,
            revision=story.revision,
            content=story.content,
            author=actor,
            saved_at=story.updated_at,
        )
    )


def _keep_review(
    session: Session, story: Story, step: Step, actor: str, *, passed: bool, comment: str = ""
) -> None:
    session.add(
        StoryReview(
            story_id=story.id,
            round=story.round,
            revision=story.revision,
            step=step,
            reviewer=actor,
            passed=passed,
            comment=comment,
            at=datetime.now(UTC),
        )
    )


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
