"""Puts a PDF beside the text of a 规范性文件, and takes it away again; each a new revision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker, undefer

from portal.press.attachments import ATTACHED_TO, Attachment, name_of
from portal.press.content import MAX_NOTE, one_line, read_content
from portal.press.errors import StoryError
from portal.press.models import REVIEWED_IN, Story, StoryAttachment
from portal.press.pdf.sandbox import Reading, take_apart
from portal.press.workflow import own_story, save_revision
from portal.registry.audit import record_act


def attach_file(
    registry: sessionmaker[Session],
    story_id: int,
    data: bytes,
    file_name: str,
    *,
    revision: int,
    actor: str,
) -> Attachment:
    """Keep an upload and make it the story's file, in place of any it had.

    Raises StoryError for a file that may not go out, and where the text moved on.
    """
    with registry() as session:
        _changeable(session, story_id, revision, actor)
    reading, cleaned = take_apart(data)
    with registry.begin() as session:
        story = _changeable(session, story_id, revision, actor)
        upload = StoryAttachment(
            story_id=story_id,
            name=name_of(cleaned),
            file_name=one_line(file_name)[:MAX_NOTE],
            original=data,
            cleaned=cleaned,
            reading=reading.to_json(),
            uploaded_by=actor,
            uploaded_at=datetime.now(UTC),
        )
        session.add(upload)
        session.flush()
        attachment = Attachment(
            upload.id, upload.name, upload.file_name, len(reading.pages), len(cleaned)
        )
        detail = {"revision": revision, "file": upload.name, "pages": attachment.pages}
        record_act(session, actor, "story.attach", story.slug, detail)
        content = replace(read_content(story.content), attachment=attachment)
        save_revision(session, story, content, actor)
        return attachment


def detach_file(
    registry: sessionmaker[Session], story_id: int, *, revision: int, actor: str
) -> None:
    """Take the file out of the story; revisions that had it keep it."""
    with registry.begin() as session:
        story = _changeable(session, story_id, revision, actor)
        content = read_content(story.content)
        if content.attachment is None:
            raise StoryError("这篇稿件没有附件文件。")
        detail = {"revision": revision, "file": content.attachment.name}
        record_act(session, actor, "story.detach", story.slug, detail)
        save_revision(session, story, replace(content, attachment=None), actor)


@dataclass(frozen=True)
class Attached:
    """A file that lies ready: its bytes as they go out, and what can be read in them."""

    data: bytes
    reading: Reading


def read_attached(registry: sessionmaker[Session], story: Story) -> Attached | None:
    """The file of a story's newest revision; None where it has none."""
    attachment = read_content(story.content).attachment
    if attachment is None:
        return None
    with registry() as session:
        data = attached_bytes(session, story.id, attachment)
        reading = attached_reading(session, story.id, attachment)
        return Attached(data, reading) if data is not None and reading is not None else None


def attached_bytes(session: Session, story_id: int, attachment: Attachment) -> bytes | None:
    """The file of a revision as it goes out; None where it is not there or not what it was."""
    query = select(StoryAttachment).filter_by(id=attachment.id, story_id=story_id)
    kept = session.scalars(query.options(undefer(StoryAttachment.cleaned))).one_or_none()
    if kept is None or name_of(kept.cleaned) != attachment.name:
        return None
    return kept.cleaned


def attached_reading(session: Session, story_id: int, attachment: Attachment) -> Reading | None:
    """What was read in the file of a revision; None where it is not there."""
    query = select(StoryAttachment.reading).filter_by(
        id=attachment.id, story_id=story_id, name=attachment.name
    )
    kept = session.scalars(query).one_or_none()
    return None if kept is None else Reading.from_json(kept)


def _changeable(session: Session, story_id: int, revision: int, actor: str) -> Story:
    """The author's own story, where it is a kind that has files and not under review."""
    story = own_story(session, story_id, revision, actor)
    if story.form != ATTACHED_TO:
        raise StoryError("只有规范性文件可以带附件文件。", "file")
    if story.state in REVIEWED_IN:
        raise StoryError("稿件正在审核，须先收回才能修改。", "file")
    return story
