"""Takes pictures into a story: the upload as it came, then its words and its blurred boxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import Session, sessionmaker, undefer

from portal.press.content import MAX_NOTE, MAX_PICTURES, one_line, read_content
from portal.press.errors import StoryError
from portal.press.models import StoryPicture
from portal.press.pictures import Box, Picture, check_boxes, measure_picture, render_picture
from portal.press.workflow import own_story, save_revision
from portal.registry.audit import record_act


def add_picture(
    registry: sessionmaker[Session],
    story_id: int,
    data: bytes,
    file_name: str,
    *,
    revision: int,
    actor: str,
) -> int:
    """Keep an upload and put it last into the story, as a new revision; return its id.

    Raises StoryError for a file that is no usable picture, and where the text moved on.
    """
    width, height = measure_picture(data)
    with registry.begin() as session:
        story = own_story(session, story_id, revision, actor)
        content = read_content(story.content)
        if len(content.pictures) >= MAX_PICTURES:
            raise StoryError(f"一篇稿件最多 {MAX_PICTURES} 张图片。", "file")
        upload = StoryPicture(
            story_id=story_id,
            file_name=one_line(file_name)[:MAX_NOTE],
            original=data,
            width=width,
            height=height,
            uploaded_by=actor,
            uploaded_at=datetime.now(UTC),
        )
        session.add(upload)
        session.flush()
        record_act(session, actor, "story.picture", story.slug, {"revision": revision})
        pictures = (*content.pictures, Picture(upload.id))
        save_revision(session, story, replace(content, pictures=pictures), actor)
        return upload.id


def describe_pictures(
    registry: sessionmaker[Session],
    story_id: int,
    described: Mapping[int, Picture | None],
    *,
    revision: int,
    actor: str,
) -> None:
    """Give pictures their words and boxes; None takes one out of the story."""
    with registry.begin() as session:
        story = own_story(session, story_id, revision, actor)
        content = read_content(story.content)
        kept = [described.get(each.id, each) for each in content.pictures]
        pictures = tuple(_checked(each) for each in kept if each is not None)
        save_revision(session, story, replace(content, pictures=pictures), actor)


def show_picture(
    registry: sessionmaker[Session], story_id: int, picture_id: int, boxes: tuple[Box, ...] = ()
) -> bytes | None:
    """The picture made anew, blurred in the ``boxes``; None where the story has no such."""
    with registry() as session:
        options = [undefer(StoryPicture.original)]
        upload = session.get(StoryPicture, picture_id, options=options)
        if upload is None or upload.story_id != story_id:
            return None
        return render_picture(upload.original, boxes)[-1].data


def _checked(picture: Picture) -> Picture:
    alt, caption = one_line(picture.alt), one_line(picture.caption)
    if max(len(alt), len(caption)) > MAX_NOTE:
        raise StoryError(f"图片的文字不能超过 {MAX_NOTE} 字。", "pictures")
    return replace(picture, alt=alt, caption=caption, boxes=check_boxes(picture.boxes))
