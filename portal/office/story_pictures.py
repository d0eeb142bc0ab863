"""Pictures of a story in the office: upload, describe, draw boxes over faces and plates."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, flash, make_response, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.errors import NotFound
from portal.hypermedia import render_page
from portal.office.gates import current_registry
from portal.office.guard import requires, takes_files
from portal.office.pages import whole_number
from portal.office.session import actor
from portal.office.story_forms import Errors, find_or_404
from portal.office.uploads import read_upload
from portal.press.content import read_content
from portal.press.errors import StoryError
from portal.press.models import Story
from portal.press.pictures import MAX_BYTES, Box, Picture
from portal.press.uploads import add_picture, describe_pictures, show_picture
from portal.staff.permissions import Permission

blueprint = Blueprint("story_pictures", __name__, url_prefix="/stories/<int:story_id>/pictures")

NO_PICTURE = "没有这张图片。"


@blueprint.get("")
@requires(Permission.WRITE_STORIES)
def index(story_id: int) -> Response:
    """The pictures of a story with their words and boxes."""
    return _page(find_or_404(story_id))


@blueprint.post("")
@requires(Permission.WRITE_STORIES)
@takes_files
def upload(story_id: int) -> BaseResponse:
    """Take a picture in."""
    data, name = read_upload(MAX_BYTES)

    def act(revision: int) -> None:
        add_picture(current_registry(), story_id, data, name, revision=revision, actor=actor())

    return _move(story_id, act, "图片已加入稿件，请填写文字说明。")


@blueprint.post("/words")
@requires(Permission.WRITE_STORIES)
def describe(story_id: int) -> BaseResponse:
    """Keep the words and boxes of all pictures."""
    story = find_or_404(story_id)

    def act(revision: int) -> None:
        described = {
            each.id: None if f"remove-{each.id}" in request.form else _typed(each.id)
            for each in read_content(story.content).pictures
        }
        describe_pictures(current_registry(), story_id, described, revision=revision, actor=actor())

    return _move(story_id, act, "图片说明已保存。")


@blueprint.get("/<int:picture_id>.jpg")
@requires(Permission.READ_STORIES)
def picture(story_id: int, picture_id: int) -> Response:
    """One picture as it was taken, for drawing boxes on it."""
    return _image(show_picture(current_registry(), story_id, picture_id))


@blueprint.get("/<int:picture_id>/blurred.jpg")
@requires(Permission.READ_STORIES)
def blurred(story_id: int, picture_id: int) -> Response:
    """One picture as it would be published: what reviewers have to look at."""
    pictures = read_content(find_or_404(story_id).content).pictures
    boxes = next((each.boxes for each in pictures if each.id == picture_id), None)
    if boxes is None:
        raise NotFound(NO_PICTURE)
    return _image(show_picture(current_registry(), story_id, picture_id, boxes))


def _image(data: bytes | None) -> Response:
    if data is None:
        raise NotFound(NO_PICTURE)
    response = make_response(data)
    response.content_type = "image/jpeg"
    return response


def _typed(picture_id: int) -> Picture:
    given = request.form
    boxes = []
    for line in given.get(f"boxes-{picture_id}", "").splitlines():
        numbers = line.split()
        if not numbers:
            continue
        if len(numbers) != 4 or not all(
            n.isascii() and n.isdigit() and len(n) < 5 for n in numbers
        ):
            raise StoryError("遮挡框每行应为四个数：左 上 宽 高（0 至 1000）。", "pictures")
        left, top, width, height = map(int, numbers)
        box: Box = (left, top, width, height)
        boxes.append(box)
    alt, caption = given.get(f"alt-{picture_id}", ""), given.get(f"caption-{picture_id}", "")
    return Picture(picture_id, alt, caption, tuple(boxes))


def _move(story_id: int, act: Callable[[int], None], done: str) -> BaseResponse:
    try:
        act(whole_number("revision"))
    except StoryError as error:
        return _page(find_or_404(story_id), [(error.field, str(error))])
    flash(done, "good")
    return redirect(url_for("story_pictures.index", story_id=story_id), code=303)


def _page(story: Story, errors: Errors | None = None) -> Response:
    return render_page(
        "office/story_pictures.html",
        status=422 if errors else 200,
        story=story,
        pictures=read_content(story.content).pictures,
        errors=errors or [],
    )
