"""Publishes what the press office signed: stories and guides, after the same mask check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.articles import PublicGuide, PublicStory
from portal.disclosure.ledger import Act, IndexChange, LedgerEntry, Tombstone
from portal.plaintext import html_to_text
from portal.press.models import Story, StoryState
from portal.press.sanitising import sanitise_html
from portal.press.workflow import StoryChanged, is_live
from portal.publication.compose import KIND_LABELS
from portal.publication.errors import NotPublished, ReasonMissing, StoryHeld, StoryNotReady
from portal.publication.gate import Gate
from portal.publication.release import bury, last_entry
from portal.reference.clock import BEIJING
from portal.registry.audit import record_act
from redaction import Redactor

# Accounts are the office's own business: the public sees the desk, not the person.
BYLINE = "营口法院宣传部门"
STORY_GONE = "该报道已由法院撤下。"


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
    with gate.stores.registry.begin() as session:
        signed = _signable(session, story_id, revision, actor)
        signed.state = StoryState.PUBLISHED
        signed.signed_by = actor
        signed.published_at = now
        # Written before the public row: until both are committed nobody can recall or
        # edit the story, and a failure below takes the signature back.
        record_act(session, actor, "story.publish", signed.slug, {"revision": revision})
        with gate.stores.disclosure.begin() as public:
            _write_row(public, gate, signed, now, published_on)
    gate.settle()


def _signable(session: Session, story_id: int, revision: int, actor: str) -> Story:
    story = session.get(Story, story_id, with_for_update=True)
    if story is None or story.state != StoryState.SUBMITTED:
        raise StoryNotReady("只有已提交的稿件可以签发")
    if story.author == actor:
        raise StoryNotReady("不能签发自己撰写的稿件")
    if story.revision != revision:
        raise StoryChanged
    return story


def _write_row(
    public: Session, gate: Gate, story: Story, now: datetime, published_on: date | None
) -> None:
    row = _story_row(public, story.slug)
    row.kind, row.title, row.lead = story.kind, story.title, story.lead
    row.body_html = sanitise_html(story.body_html)
    row.byline = BYLINE
    row.published_on = row.published_on or published_on or now.astimezone(BEIJING).date()
    row.released_at = now
    row.version = _enter(public, gate, "story", story.slug, story.revision)
    public.add(row)


def withdraw_story(gate: Gate, slug: str, actor: str, reason: str) -> None:
    """Take a story from the public; its address answers 410."""
    if not reason.strip():
        raise ReasonMissing("请写明撤下理由")
    with gate.stores.registry() as session:
        story = session.scalars(select(Story).filter_by(slug=slug)).one_or_none()
    if story is None or not is_live(story):
        raise NotPublished("该稿件当前没有公开")
    # The public first: should the process die in between, withdrawing again works.
    with gate.stores.disclosure.begin() as public:
        row = public.scalars(select(PublicStory).filter_by(slug=slug)).one_or_none()
        if row is not None:
            bury(public, "story", slug, f"/stories/{slug}", STORY_GONE)
            public.delete(row)
            _enter(public, gate, "story", slug, story.revision, Act.WITHDRAWN)
    with gate.stores.registry.begin() as session:
        withdrawn = session.get_one(Story, story.id)
        withdrawn.state = StoryState.WITHDRAWN
        withdrawn.published_at = None
        record_act(session, actor, "story.withdraw", slug, {"reason": reason.strip()[:500]})
    gate.settle()


def publish_guides(gate: Gate, guides: Sequence[Mapping[str, Any]], actor: str) -> None:
    """Put the explanatory pages in place: [{"slug", "title", "section", "body", "updated_on"}].

    Raises StoryHeld where private data stands in one.
    """
    for guide in guides:
        reasons = check_story(gate.redactor, {"标题": guide["title"], "正文": guide["body"]})
        if reasons:
            raise StoryHeld(reasons)
    with gate.stores.disclosure.begin() as public:
        for position, guide in enumerate(guides):
            row = public.scalars(
                select(PublicGuide).filter_by(slug=guide["slug"])
            ).one_or_none() or PublicGuide(slug=guide["slug"])
            row.title, row.section, row.position = guide["title"], guide["section"], position
            row.body_html = sanitise_html(guide["body"])
            row.updated_on = date.fromisoformat(str(guide["updated_on"]))
            row.released_at = datetime.now(UTC)
            public.add(row)
            _enter(public, gate, "guide", guide["slug"], 1)
    with gate.stores.registry.begin() as session:
        record_act(session, actor, "guide.publish", detail={"count": len(guides)})
    gate.settle()


def _story_row(public: Session, slug: str) -> PublicStory:
    row = public.scalars(select(PublicStory).filter_by(slug=slug)).one_or_none()
    if row is None:
        row = PublicStory(slug=slug)
        grave = public.get(Tombstone, f"/stories/{slug}")
        if grave is not None:
            public.delete(grave)
    return row


def _enter(
    public: Session, gate: Gate, kind: str, slug: str, revision: int, act: Act = Act.RELEASED
) -> int:
    previous = last_entry(public, kind, slug)
    version = previous.version + 1 if previous else 1
    public.add(
        LedgerEntry(
            item_kind=kind,
            item_key=slug,
            act=act,
            version=version,
            revision=revision,
            policy_version=gate.redactor.policy.version,
            at=datetime.now(UTC),
        )
    )
    if act == Act.RELEASED:
        public.add(IndexChange(item_kind=kind, item_id=slug, deleted=False))
    return version
