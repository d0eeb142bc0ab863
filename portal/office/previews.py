"""A draft by its link: the one page of the office that asks for no account, and only shows."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, flash, make_response, redirect, url_for
from markupsafe import Markup
from werkzeug import Response as BaseResponse

from portal.downloads import PDF, download
from portal.errors import NotFound
from portal.hypermedia import render_page
from portal.office.gates import current_gate, current_registry
from portal.office.guard import open_to_strangers, requires
from portal.office.pages import whole_number
from portal.office.session import actor
from portal.office.story_forms import find_or_404, story_page
from portal.press.errors import StoryError
from portal.press.links import LinkedDraft, draft_file, draft_picture, end_links, open_link
from portal.publication.errors import StoryHeld
from portal.publication.story_sharing import share_story
from portal.reference.press_forms import FACTS
from portal.staff.permissions import Permission

blueprint = Blueprint("previews", __name__)

OVER = "这个预览链接不存在、已经过期或者已被收回。需要时请向发送人重新索取。"
NOTHING = "没有这张图片。"


@blueprint.post("/stories/<int:story_id>/links")
@requires(Permission.SHARE_STORIES)
def share(story_id: int) -> BaseResponse:
    """Make a link to the draft as it is read; its address is shown this once."""
    story, revision = find_or_404(story_id), whole_number("revision")
    try:
        secret = share_story(
            current_gate(),
            story_id,
            revision=revision,
            days=whole_number("days"),
            actor=actor(),
            now=datetime.now(UTC),
        )
    except StoryHeld as held:
        return story_page(story, [("checks", reason) for reason in held.reasons])
    except StoryError as error:
        return story_page(story, [(error.field, str(error))])
    address = url_for("previews.show", secret=secret, _external=True)
    flash(f"预览链接只显示这一次，请复制后发给需要的人：{address}", "good")
    return redirect(url_for("stories.show", story_id=story_id), code=303)


@blueprint.post("/stories/<int:story_id>/links/end")
@requires(Permission.SHARE_STORIES)
def end(story_id: int) -> BaseResponse:
    """Take back every link to the story."""
    find_or_404(story_id)
    ended = end_links(current_registry(), story_id, actor=actor(), now=datetime.now(UTC))
    flash(f"已收回 {ended} 个预览链接。", "good")
    return redirect(url_for("stories.show", story_id=story_id), code=303)


@blueprint.get("/preview/<secret>")
@open_to_strangers
def show(secret: str) -> Response:
    """The draft as readers would see it."""
    draft = _draft(secret)
    return render_page(
        "office/preview.html",
        draft=draft,
        content=draft.content,
        fields=FACTS[draft.content.form],
        # Rendered through the one allow-list.
        body=Markup(draft.content.body_html),  # noqa: S704
        secret=secret,
    )


@blueprint.get("/preview/<secret>/pictures/<int:picture_id>")
@open_to_strangers
def picture(secret: str, picture_id: int) -> Response:
    """A picture of the draft, blurred as it would be published."""
    found = draft_picture(current_registry(), _draft(secret), picture_id)
    if found is None:
        raise NotFound(NOTHING)
    response = make_response(found)
    response.content_type = "image/jpeg"
    return response


@blueprint.get("/preview/<secret>/file.pdf")
@open_to_strangers
def file(secret: str) -> Response:
    """The file of the draft, as it would be published."""
    draft = _draft(secret)
    data = draft_file(current_registry(), draft)
    if data is None:
        raise NotFound("没有这份文件。")
    return download(data, PDF, f"{draft.content.title}.pdf")


def _draft(secret: str) -> LinkedDraft:
    draft = open_link(current_registry(), secret, datetime.now(UTC))
    if draft is None:
        raise NotFound(OVER)
    return draft
