"""The file of a 规范性文件 in the office: upload, see what the check read in it, take it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, url_for
from werkzeug import Response as BaseResponse

from portal.downloads import PDF
from portal.downloads import download as download_file
from portal.errors import NotFound
from portal.hypermedia import render_page
from portal.office.gates import current_registry
from portal.office.guard import requires, takes_files
from portal.office.pages import whole_number
from portal.office.session import actor
from portal.office.story_forms import Errors, find_or_404
from portal.office.uploads import read_upload
from portal.press.attaching import attach_file, detach_file, read_attached
from portal.press.attachments import ATTACHED_TO
from portal.press.content import read_content
from portal.press.errors import StoryError
from portal.press.models import Story
from portal.press.pdf.limits import MAX_BYTES, MAX_PAGES
from portal.press.pdf.sandbox import Reading
from portal.staff.permissions import Permission

blueprint = Blueprint("story_attachments", __name__, url_prefix="/stories/<int:story_id>/file")


@blueprint.get("")
@requires(Permission.READ_STORIES)
def index(story_id: int) -> Response:
    """The file of a story, and the words the check read on one of its pages."""
    return _page(_find(story_id))


@blueprint.post("")
@requires(Permission.WRITE_STORIES)
@takes_files
def upload(story_id: int) -> BaseResponse:
    """Take a PDF in, in place of any there was."""
    data, name = read_upload(MAX_BYTES)

    def act(revision: int) -> None:
        if not data:
            raise StoryError("请选择要上传的 PDF 文件。", "file")
        attach_file(current_registry(), story_id, data, name, revision=revision, actor=actor())

    return _move(story_id, act, "附件已保存。公开的是重新生成的文件，请下载核对。")


@blueprint.post("/remove")
@requires(Permission.WRITE_STORIES)
def remove(story_id: int) -> BaseResponse:
    """Take the file out of the story."""

    def act(revision: int) -> None:
        detach_file(current_registry(), story_id, revision=revision, actor=actor())

    return _move(story_id, act, "附件已从稿件中去掉。")


@blueprint.get("/download.pdf")
@requires(Permission.READ_STORIES)
def download(story_id: int) -> Response:
    """The file as it would be published."""
    story = _find(story_id)
    attached = read_attached(current_registry(), story)
    if attached is None:
        raise NotFound("没有这份文件。")
    return download_file(attached.data, PDF, f"{story.title}.pdf")


def _find(story_id: int) -> Story:
    story = find_or_404(story_id)
    if story.form != ATTACHED_TO:
        raise NotFound("只有规范性文件可以带附件文件。")
    return story


def _move(story_id: int, act: Callable[[int], None], done: str) -> BaseResponse:
    story = _find(story_id)
    try:
        act(whole_number("revision"))
    except StoryError as error:
        return _page(story, [("file", str(error))])
    flash(done, "good")
    return redirect(url_for("story_attachments.index", story_id=story_id), code=303)


@dataclass(frozen=True)
class Leaf:
    """One page of a file as the check read it; numbers count from 1."""

    number: int
    pages: int
    text: str
    beyond: str
    images: int

    @classmethod
    def of(cls, reading: Reading, number: int) -> Leaf:
        """The page of this number, or the one nearest to it."""
        number = min(max(1, number), len(reading.pages))
        at = number - 1
        text, beyond = reading.pages[at], reading.beyond[at]
        return cls(number, len(reading.pages), text, beyond, reading.images[at])


def _page(story: Story, errors: Errors | None = None) -> Response:
    attached = read_attached(current_registry(), story)
    return render_page(
        "office/story_attachment.html",
        status=422 if errors else 200,
        story=story,
        attachment=read_content(story.content).attachment,
        attached=attached,
        leaf=Leaf.of(attached.reading, whole_number("page", 1)) if attached else None,
        mine=story.author == actor(),
        megabytes=MAX_BYTES // 1024 // 1024,
        most_pages=MAX_PAGES,
        errors=errors or [],
    )
