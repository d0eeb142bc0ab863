"""Writes the public rows of stories and guides, inside the caller's disclosure transaction."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.articles import PublicStory
from portal.disclosure.ledger import Act, IndexChange, LedgerEntry, Tombstone
from portal.press.models import Story
from portal.press.sanitising import sanitise_html
from portal.publication.release import bury, last_entry
from portal.reference.clock import BEIJING

# Accounts are the office's own business: the public sees the desk, not the person.
BYLINE = "营口法院宣传部门"
STORY_GONE = "该报道已由法院撤下。"


def write_story(
    public: Session,
    story: Story,
    *,
    at: datetime,
    published_on: date | None,
    policy_version: str,
) -> None:
    """Put a story as it stands in the place of what was public of it."""
    row = _story_row(public, story.slug)
    row.kind, row.title, row.lead = story.kind, story.title, story.lead
    row.body_html = sanitise_html(story.body_html)
    row.byline = BYLINE
    row.published_on = row.published_on or published_on or at.astimezone(BEIJING).date()
    row.released_at = at
    row.version = enter_article(public, "story", story.slug, story.revision, policy_version)
    public.add(row)


def remove_story(public: Session, slug: str, revision: int, policy_version: str) -> bool:
    """Take a story away; its address answers 410. False where nothing was public."""
    row = public.scalars(select(PublicStory).filter_by(slug=slug)).one_or_none()
    if row is None:
        return False
    bury(public, "story", slug, f"/stories/{slug}", STORY_GONE)
    public.delete(row)
    enter_article(public, "story", slug, revision, policy_version, Act.WITHDRAWN)
    return True


def enter_article(
    public: Session,
    kind: str,
    slug: str,
    revision: int,
    policy_version: str,
    act: Act = Act.RELEASED,
) -> int:
    """Write the ledger and, for a release, the outbox; return the version."""
    previous = last_entry(public, kind, slug)
    version = previous.version + 1 if previous else 1
    public.add(
        LedgerEntry(
            item_kind=kind,
            item_key=slug,
            act=act,
            version=version,
            revision=revision,
            policy_version=policy_version,
            at=datetime.now(UTC),
        )
    )
    if act == Act.RELEASED:
        public.add(IndexChange(item_kind=kind, item_id=slug, deleted=False))
    return version


def _story_row(public: Session, slug: str) -> PublicStory:
    row = public.scalars(select(PublicStory).filter_by(slug=slug)).one_or_none()
    if row is None:
        row = PublicStory(slug=slug)
        grave = public.get(Tombstone, f"/stories/{slug}")
        if grave is not None:
            public.delete(grave)
    return row
