"""Publishes what the press office signed: stories and guides, after the same mask check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.articles import PublicGuide
from portal.plaintext import html_to_text
from portal.press.models import Story, StoryState
from portal.press.sanitising import sanitise_html
from portal.press.workflow import StoryChanged, is_live
from portal.publication.compose import KIND_LABELS
from portal.publication.errors import NotPublished, ReasonMissing, StoryHeld, StoryNotReady
from portal.publication.gate import Gate
from portal.publication.story_rows import enter_article, remove_story, write_story
from portal.publication.turns import take_turn
from portal.registry.audit import record_act
from redaction import Redactor


def check_story(redactor: Redactor, texts: Mapping[str, str]) -> tuple[str, ...]:
    """What of a story would have to be masked, as Chinese reasons without the values."""
    reasons: list[str] = []
    for place, text in texts.items():
        redaction = redactor.redact(html_to_text(text))
        reasons += [f"{place}：{KIND_LABELS[found.kind]}" for found in redaction.findings]
        reasons += [f"{place}：{hold.reason}" for hold in redaction.holds]
    return tuple(dict.fromkeys(reasons))


def publish_story(
    gate: Gate, story_id: int, actor: str, *, revision: int, published_on: date | None = None
) -> None:
    """Sign and publish a submitted story as it was read; nobody signs what he wrote.

    ``published_on`` is the date shown, for a story that appeared elsewhere before; by
    default the day it is first published here. Raises StoryNotReady, StoryChanged where
    ``revision`` is no longer the newest, and StoryHeld where private data stands in it.
    """
    with gate.stores.registry() as session:
        story = _signable(session, story_id, revision, actor)
    reasons = check_story(
        gate.redactor, {"标题": story.title, "导语": story.lead, "正文": story.body_html}
    )
    if reasons:
        raise StoryHeld(reasons)
    now = datetime.now(UTC)
    with take_turn(gate.stores) as turn:
        signed = _signable(turn.registry, story_id, revision, actor)
        signed.state = StoryState.PUBLISHED
        signed.signed_by = actor
        signed.published_at = now
        record_act(turn.registry, actor, "story.publish", signed.slug, {"revision": revision})
        write_story(
            turn.public,
            signed,
            at=now,
            published_on=published_on,
            policy_version=gate.redactor.policy.version,
        )
    gate.settle()


def _signable(session: Session, story_id: int, revision: int, actor: str) -> Story:
    story = session.get(Story, story_id)
    if story is None or story.state != StoryState.SUBMITTED:
        raise StoryNotReady("只有已提交的稿件可以签发")
    if story.author == actor:
        raise StoryNotReady("不能签发自己撰写的稿件")
    if story.revision != revision:
        raise StoryChanged
    return story


def withdraw_story(gate: Gate, slug: str, actor: str, reason: str) -> None:
    """Take a story from the public; its address answers 410."""
    if not reason.strip():
        raise ReasonMissing("请写明撤下理由")
    with take_turn(gate.stores) as turn:
        story = turn.registry.scalars(select(Story).filter_by(slug=slug)).one_or_none()
        if story is None or not is_live(story):
            raise NotPublished("该稿件当前没有公开")
        remove_story(turn.public, slug, story.revision, gate.redactor.policy.version)
        story.state = StoryState.WITHDRAWN
        story.published_at = None
        detail = {"reason": reason.strip()[:500], "revision": story.revision}
        record_act(turn.registry, actor, "story.withdraw", slug, detail)
    gate.settle()


def publish_guides(gate: Gate, guides: Sequence[Mapping[str, Any]], actor: str) -> None:
    """Put the explanatory pages in place: [{"slug", "title", "section", "body", "updated_on"}].

    Raises StoryHeld where private data stands in one.
    """
    for guide in guides:
        reasons = check_story(gate.redactor, {"标题": guide["title"], "正文": guide["body"]})
        if reasons:
            raise StoryHeld(reasons)
    with take_turn(gate.stores) as turn:
        for position, guide in enumerate(guides):
            row = turn.public.scalars(
                select(PublicGuide).filter_by(slug=guide["slug"])
            ).one_or_none() or PublicGuide(slug=guide["slug"])
            row.title, row.section, row.position = guide["title"], guide["section"], position
            row.body_html = sanitise_html(guide["body"])
            row.updated_on = date.fromisoformat(str(guide["updated_on"]))
            row.released_at = datetime.now(UTC)
            turn.public.add(row)
            enter_article(turn.public, "guide", guide["slug"], 1, gate.redactor.policy.version)
        record_act(turn.registry, actor, "guide.publish", detail={"count": len(guides)})
    gate.settle()
