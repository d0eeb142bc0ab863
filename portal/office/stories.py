"""The press office at work: write, preview, submit, sign, return, withdraw."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, request, url_for
from markupsafe import Markup
from werkzeug import Response as BaseResponse

from portal.errors import NotFound
from portal.hypermedia import render_page
from portal.office.gates import current_gate, current_registry
from portal.office.guard import requires
from portal.office.pages import PAGE_SIZE, Pages, page_number, page_offset, whole_number
from portal.office.session import actor
from portal.office.words import STORY_STATES
from portal.press import workflow
from portal.press.models import Story, StoryState
from portal.press.queries import count_stories, find_story, list_stories, story_history
from portal.press.sanitising import html_from_input, input_from_html
from portal.press.workflow import StoryError, StoryInput
from portal.publication.errors import PublicationError, StoryHeld
from portal.publication.stories import check_story, publish_story, withdraw_story
from portal.reference.vocabulary import StoryKind
from portal.staff.permissions import Permission

blueprint = Blueprint("stories", __name__, url_prefix="/stories")

EMPTY = StoryInput(StoryKind.RESULTS, "", "", "")


@blueprint.get("")
@requires(Permission.READ_STORIES)
def index() -> Response:
    """Stories by state."""
    wanted = request.args.get("state", "")
    state = StoryState(wanted) if wanted in set(StoryState) else None
    stories, total = list_stories(
        current_registry(), state=state, limit=PAGE_SIZE, offset=page_offset()
    )
    return render_page(
        "office/stories.html",
        stories=stories,
        pages=Pages(page_number(), total),
        state=state,
        states=STORY_STATES,
        counts=count_stories(current_registry()),
        is_live=workflow.is_live,
    )


@blueprint.get("/new")
@requires(Permission.WRITE_STORIES)
def new() -> Response:
    """An empty editor."""
    return _editor(None, EMPTY)


@blueprint.post("/new")
@requires(Permission.WRITE_STORIES)
def create() -> BaseResponse:
    """Keep a new draft, or only show how it would look."""
    content = _typed()
    if "preview" in request.form:
        return _editor(None, content, preview=True)
    try:
        story_id = workflow.create_story(current_registry(), content, actor=actor())
    except StoryError as error:
        return _editor(None, content, errors=[(error.field, str(error))])
    flash("草稿已保存。", "good")
    return redirect(url_for("stories.show", story_id=story_id), code=303)


@blueprint.get("/<int:story_id>")
@requires(Permission.READ_STORIES)
def show(story_id: int) -> Response:
    """The story as readers would see it, its history, and what may be done with it."""
    return _page(_story(story_id))


@blueprint.get("/<int:story_id>/edit")
@requires(Permission.WRITE_STORIES)
def edit(story_id: int) -> Response:
    """The editor with the newest text."""
    story = _story(story_id)
    body = input_from_html(story.body_html)
    return _editor(story, StoryInput(StoryKind(story.kind), story.title, story.lead, body))


@blueprint.post("/<int:story_id>/edit")
@requires(Permission.WRITE_STORIES)
def save(story_id: int) -> BaseResponse:
    """Keep a new revision, or only show how it would look."""
    story, content = _story(story_id), _typed()
    if "preview" in request.form:
        return _editor(story, content, preview=True)
    revision = whole_number("revision")
    try:
        workflow.save_story(current_registry(), story_id, content, revision=revision, actor=actor())
    except StoryError as error:
        return _editor(story, content, errors=[(error.field, str(error))])
    flash("修改已保存。", "good")
    return redirect(url_for("stories.show", story_id=story_id), code=303)


@blueprint.post("/<int:story_id>/submit")
@requires(Permission.WRITE_STORIES)
def submit(story_id: int) -> BaseResponse:
    """Hand the draft to whoever signs."""

    def act(revision: int) -> None:
        workflow.submit_story(current_registry(), story_id, revision=revision, actor=actor())

    return _move(story_id, act, "稿件已提交，等待签发。")


@blueprint.post("/<int:story_id>/recall")
@requires(Permission.WRITE_STORIES)
def recall(story_id: int) -> BaseResponse:
    """Take the submitted story back."""

    def act(revision: int) -> None:
        workflow.recall_story(current_registry(), story_id, revision=revision, actor=actor())

    return _move(story_id, act, "稿件已收回，可以继续修改。")


@blueprint.post("/<int:story_id>/return")
@requires(Permission.SIGN_STORIES)
def give_back(story_id: int) -> BaseResponse:
    """Return the story to its author with a comment."""
    comment = request.form.get("comment", "")

    def act(revision: int) -> None:
        workflow.return_story(
            current_registry(), story_id, comment, revision=revision, actor=actor()
        )

    return _move(story_id, act, "稿件已退回作者。")


@blueprint.post("/<int:story_id>/sign")
@requires(Permission.SIGN_STORIES)
def sign(story_id: int) -> BaseResponse:
    """Sign the story as it was read and publish it."""

    def act(revision: int) -> None:
        publish_story(current_gate(), story_id, actor(), revision=revision)

    return _move(story_id, act, "稿件已签发，公众网站现在可以看到。")


@blueprint.post("/<int:story_id>/withdraw")
@requires(Permission.SIGN_STORIES)
def withdraw(story_id: int) -> BaseResponse:
    """Take a published story from the public."""
    slug, reason = _story(story_id).slug, request.form.get("reason", "")

    def act(_revision: int) -> None:
        withdraw_story(current_gate(), slug, actor(), reason)

    return _move(story_id, act, "稿件已撤回，公众网站不再显示。")


def _move(story_id: int, act: Callable[[int], None], done: str) -> BaseResponse:
    try:
        act(whole_number("revision"))
    except StoryHeld as held:
        return _page(_story(story_id), [("checks", reason) for reason in held.reasons])
    except StoryError as error:
        return _page(_story(story_id), [(error.field, str(error))])
    except PublicationError as error:
        return _page(_story(story_id), [("reason", str(error))])
    flash(done, "good")
    return redirect(url_for("stories.show", story_id=story_id), code=303)


def _story(story_id: int) -> Story:
    story = find_story(current_registry(), story_id)
    if story is None:
        raise NotFound("没有这篇稿件。")
    return story


def _typed() -> StoryInput:
    kind = request.form.get("kind", "")
    return StoryInput(
        StoryKind(kind) if kind in set(StoryKind) else StoryKind.RESULTS,
        request.form.get("title", ""),
        request.form.get("lead", ""),
        request.form.get("body", ""),
    )


def _checks(title: str, lead: str, body_html: str) -> tuple[str, ...]:
    texts = {"标题": title, "导语": lead, "正文": body_html}
    return check_story(current_gate().redactor, texts)


def _page(story: Story, errors: list[tuple[str, str]] | None = None) -> Response:
    return render_page(
        "office/story.html",
        status=422 if errors else 200,
        story=story,
        # The workflow sanitised it when it was saved.
        body=Markup(story.body_html),  # noqa: S704
        live=workflow.is_live(story),
        checks=_checks(story.title, story.lead, story.body_html),
        history=story_history(current_registry(), story.slug),
        mine=story.author == actor(),
        errors=errors or [],
        typed=request.form,
    )


def _editor(
    story: Story | None,
    content: StoryInput,
    *,
    preview: bool = False,
    errors: list[tuple[str, str]] | None = None,
) -> Response:
    body_html = html_from_input(content.body) if preview else ""
    return render_page(
        "office/story_edit.html",
        "preview" if preview else None,
        status=422 if errors else 200,
        story=story,
        content=content,
        # In a second window the text may have moved on: the form keeps what it was opened on.
        revision=whole_number("revision", story.revision if story else 0),
        kinds=[(str(kind), str(kind)) for kind in StoryKind],
        preview=preview,
        body=Markup(body_html),  # noqa: S704 - sanitised in the line above
        checks=_checks(content.title, content.lead, body_html) if preview else (),
        errors=errors or [],
    )
