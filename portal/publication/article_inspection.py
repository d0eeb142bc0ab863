"""The part of ``portal verify`` that reads stories, guides, notices and their pictures again."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.articles import PublicGuide, PublicNotice, PublicPicture, PublicStory
from portal.plaintext import html_to_text
from portal.press.models import Story, StoryRevision
from portal.publication.gate import Gate
from portal.publication.leakcheck import public_texts
from portal.publication.mark_rows import read_marks
from portal.publication.story_lint import (
    CORRECTION,
    linked_numbers,
    lint_story,
    lint_texts,
    open_findings,
)
from portal.publication.story_rows import Article
from portal.registry.models import RegistryCase
from redaction import verify

# What a JPEG of the gate may hold beside its pixels.
_PLAIN = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def inspect_article(gate: Gate, session: Session, row: Article) -> Iterator[tuple[str, str]]:
    """(path, reason) of everything in a public row that must not be there."""
    story = session.scalars(select(Story).filter_by(slug=row.slug)).one_or_none()
    if story is None or story.live_revision is None:
        yield "", "登记库中没有这一稿件的签发记录"
        return
    content = session.scalars(
        select(StoryRevision.content).filter_by(story_id=story.id, revision=story.live_revision)
    ).one()
    live = Story(id=story.id, content=content)
    # A note stays under the page after the revision it was signed with is no longer the live one.
    earlier = (note for note in row.corrections if note["note"] != content["correction"])
    findings = lint_story(gate, live, links=False)
    for note in earlier:
        findings += lint_texts(gate.redactor, {CORRECTION: note["note"]})
    for finding in open_findings(session, story.id, findings):
        yield finding.place, finding.reason
    texts = [(path, html_to_text(text)) for path, text in public_texts(row)]
    for number in linked_numbers(content):
        for case in session.scalars(select(RegistryCase).filter_by(case_number=number)):
            marks = read_marks(session, case.id, case.revision)
            record = gate.redactor.for_record(case.content, marks)
            for leak in verify(texts, record.private):
                yield leak.path, f"关联案件 {number} 的私密内容"


def inspect_picture(picture: PublicPicture) -> Iterator[str]:
    """Reasons why a picture's bytes are not what the gate makes: pixels, under their hash."""
    if hashlib.sha256(picture.data).hexdigest()[:40] != picture.name:
        yield "图片内容与名称不符"
    with Image.open(io.BytesIO(picture.data)) as image:
        if set(image.info) - _PLAIN or len(image.getexif()):
            yield "图片带有像素以外的信息"


def all_articles(public: Session) -> Iterator[Article]:
    """Every public row of the press office."""
    yield from public.scalars(select(PublicStory))
    yield from public.scalars(select(PublicGuide))
    yield from public.scalars(select(PublicNotice))
