"""The part of ``portal verify`` that takes every public file apart again, from its own bytes."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.articles import PublicAttachment
from portal.press.attachments import name_of
from portal.press.content import read_content
from portal.press.errors import StoryError
from portal.press.models import Story, StoryRevision
from portal.press.pdf.sandbox import take_apart
from portal.publication.attachment_lint import attachment_texts, joined_text, lint_attachment
from portal.publication.gate import Gate
from portal.publication.page_inspection import NumberFinder
from portal.publication.story_lint import open_findings

# What a file that was written anew has once, and one with earlier revisions several times.
_START = b"startxref"


def inspect_attachment(
    gate: Gate, session: Session, file: PublicAttachment, finder: NumberFinder
) -> Iterator[tuple[str, str]]:
    """(path, reason) of everything in a public file that must not be there.

    ``finder`` knows the long private numbers of the whole registry.
    """
    story = session.scalars(select(Story).filter_by(slug=file.notice_slug)).one_or_none()
    attachment = None
    if story is not None and story.live_revision is not None:
        query = select(StoryRevision.content).filter_by(
            story_id=story.id, revision=story.live_revision
        )
        attachment = read_content(session.scalars(query).one()).attachment
    if story is None or attachment is None or attachment.name != file.name:
        yield "attachment", "登记库中没有这份文件的签发记录"
        return
    if name_of(file.data) != file.name:
        yield "attachment", "文件内容与签发的不符"
    try:
        reading, _ = take_apart(file.data)
    except StoryError as refusal:
        yield "attachment", f"公开的文件不能再次检查：{refusal}"
        return
    if reading.left_out or file.data.count(_START) > 1:
        yield "attachment", "文件带有页面以外的内容"
    for finding in open_findings(
        session, story.id, lint_attachment(gate.redactor, attachment, reading)
    ):
        yield finding.place, finding.reason
    texts = attachment_texts(attachment, reading) | {"附件全文": joined_text(reading)}
    for place, text in texts.items():
        if finder.finds(text):
            yield place, "文件中有私密号码"
