"""Writes the public rows of stories, guides and notices, in the caller's transaction.

With them goes what stands beside the words: the pictures of a story, the file of a notice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.disclosure.articles import (
    PublicAttachment,
    PublicGuide,
    PublicNotice,
    PublicPicture,
    PublicStory,
)
from portal.disclosure.ledger import Act, IndexChange, LedgerEntry, Tombstone
from portal.press.attachments import Attachment
from portal.press.content import StoryContent, read_content
from portal.press.models import Story
from portal.press.pictures import Rendition
from portal.publication.release import last_entry
from portal.reference.clock import BEIJING
from portal.reference.press_forms import PressForm

# Accounts are the office's own business: the public sees the desk, not the person.
BYLINE = "营口法院宣传部门"
STORY_GONE = "该报道已由法院撤下。"
FILE_GONE = "这份文件已更换或者撤下，请查看公告页面。"
Article = PublicStory | PublicGuide | PublicNotice
_TABLES: Mapping[PressForm, tuple[type[Article], str]] = {
    PressForm.STORY: (PublicStory, "stories"),
    PressForm.GUIDE: (PublicGuide, "guides"),
}


@dataclass(frozen=True)
class Enclosures:
    """What a story has beside its words, as it goes out: pictures in their sizes, a file."""

    pictures: tuple[tuple[Rendition, ...], ...] = ()
    file: bytes = b""


def article_path(form: str, slug: str) -> str:
    """Where a story, guide or notice stands on the public site."""
    return f"/{_TABLES.get(PressForm(form), (PublicNotice, 'notices'))[1]}/{slug}"


def attachment_path(slug: str, name: str) -> str:
    """Where the file of a notice stands on the public site."""
    return f"{article_path(PressForm.REGULATION, slug)}/{name}.pdf"


def public_article(public: Session, form: str, slug: str) -> Article | None:
    """The public row of a story, guide or notice."""
    table = _TABLES.get(PressForm(form), (PublicNotice, ""))[0]
    found: Article | None = public.scalars(select(table).filter_by(slug=slug)).one_or_none()  # type: ignore[assignment]
    return found


def write_story(
    public: Session,
    story: Story,
    enclosed: Enclosures,
    *,
    at: datetime,
    published_on: date | None,
    policy_version: str,
) -> None:
    """Put a story as it stands in the place of what was public of it."""
    content = read_content(story.content)
    form = PressForm(story.form)
    day = published_on or at.astimezone(BEIJING).date()
    row = public_article(public, form, story.slug)
    if row is None:
        table = _TABLES.get(form, (PublicNotice, ""))[0]
        row = table(slug=story.slug)
        grave = public.get(Tombstone, article_path(form, story.slug))
        if grave is not None:
            public.delete(grave)
    row.title, row.body_html, row.released_at = content.title, content.body_html, at
    version = enter_article(public, form, story.slug, story.revision, policy_version)
    if isinstance(row, PublicStory):
        _fill_story(public, row, content, enclosed.pictures, day)
        row.version = version
    elif isinstance(row, PublicGuide):
        _fill_guide(row, content, day)
        row.position = story.id
    else:
        _fill_notice(row, content, day)
        _put_file(public, row, content.attachment, enclosed.file)
        row.form, row.version = form, version
    public.add(row)


def remove_story(public: Session, story: Story, policy_version: str, notice: str = "") -> bool:
    """Take a story away; its address answers 410. False where nothing was public."""
    row = public_article(public, story.form, story.slug)
    if row is None:
        return False
    path, form = article_path(story.form, story.slug), PressForm(story.form)
    words = f"{STORY_GONE}{notice}"
    public.merge(Tombstone(path=path, gone_at=datetime.now(UTC), notice=words))
    public.execute(delete(PublicPicture).filter_by(story_slug=story.slug))
    if isinstance(row, PublicNotice):
        _remove_file(public, row, words)
    public.delete(row)
    revision = story.live_revision or story.revision
    enter_article(public, form, story.slug, revision, policy_version, Act.WITHDRAWN)
    return True


def enter_article(
    public: Session,
    form: PressForm,
    slug: str,
    revision: int,
    policy_version: str,
    act: Act = Act.RELEASED,
) -> int:
    """Write the ledger and the outbox; return the version. Forms are kinds of the index too."""
    previous = last_entry(public, form, slug)
    version = previous.version + 1 if previous else 1
    public.add(
        LedgerEntry(
            item_kind=form,
            item_key=slug,
            act=act,
            version=version,
            revision=revision,
            policy_version=policy_version,
            at=datetime.now(UTC),
        )
    )
    public.add(IndexChange(item_kind=form, item_id=slug, deleted=act is Act.WITHDRAWN))
    return version


def _fill_guide(row: PublicGuide, content: StoryContent, day: date) -> None:
    row.section, row.topic = content.facts["section"], content.facts.get("topic", "")
    row.lead, row.sources = content.lead, content.sources
    if row.updated_on:
        _add_correction(row, content, day)
    row.updated_on = day


def _fill_notice(row: PublicNotice, content: StoryContent, day: date) -> None:
    row.facts = dict(content.facts)
    if row.published_on:
        _add_correction(row, content, day)
    row.published_on = row.published_on or day


def _put_file(
    public: Session, row: PublicNotice, attachment: Attachment | None, data: bytes
) -> None:
    """Put the file that was signed in the place of the one before, whose address then is gone."""
    before = (row.attachment or {}).get("name", "")
    if before == (attachment.name if attachment else ""):
        return
    _remove_file(public, row, FILE_GONE)
    row.attachment = {}
    if attachment:
        grave = public.get(Tombstone, attachment_path(row.slug, attachment.name))
        if grave is not None:
            public.delete(grave)
        public.add(PublicAttachment(name=attachment.name, notice_slug=row.slug, data=data))
        row.attachment = {
            "name": attachment.name,
            "pages": attachment.pages,
            "size": attachment.size,
        }


def _remove_file(public: Session, row: PublicNotice, words: str) -> None:
    name = (row.attachment or {}).get("name")
    if name:
        path = attachment_path(row.slug, name)
        public.merge(Tombstone(path=path, gone_at=datetime.now(UTC), notice=words))
        public.execute(delete(PublicAttachment).filter_by(notice_slug=row.slug))


def _add_correction(row: Article, content: StoryContent, day: date) -> None:
    if content.correction:
        note = {"on": day.isoformat(), "note": content.correction}
        row.corrections = [*row.corrections, note]


def _fill_story(
    public: Session,
    row: PublicStory,
    content: StoryContent,
    pictures: Sequence[tuple[Rendition, ...]],
    day: date,
) -> None:
    row.kind, row.lead, row.byline = content.kind, content.lead, BYLINE
    row.sources = content.sources
    row.links = [
        *({"kind": "case", "key": number} for number in content.cases),
        *({"kind": "auction", "key": one} for one in content.auctions),
    ]
    if row.published_on:
        _add_correction(row, content, day)
    row.published_on = row.published_on or day
    public.execute(delete(PublicPicture).filter_by(story_slug=row.slug))
    shown: list[dict[str, Any]] = []
    for picture, sizes in zip(content.pictures, pictures, strict=True):
        for size in sizes:
            public.merge(PublicPicture(name=size.name, story_slug=row.slug, data=size.data))
        sized = [{"name": s.name, "width": s.width, "height": s.height} for s in sizes]
        shown.append({"alt": picture.alt, "caption": picture.caption, "sizes": sized})
    row.pictures = shown
