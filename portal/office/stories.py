"""The press office at work: write, compare, submit, review, sign, return, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.errors import NotFound
from portal.hypermedia import render_page
from portal.office.gates import current_gate, current_registry
from portal.office.guard import requires
from portal.office.pages import PAGE_SIZE, Pages, page_number, page_offset, whole_number
from portal.office.session import actor, may
from portal.office.story_forms import editor, find_or_404, read_moment, story_page
from portal.office.story_forms import typed_content as typed
from portal.office.words import STORY_STATES
from portal.press import workflow
from portal.press.checklists import Step
from portal.press.content import StoryContent, read_content
from portal.press.errors import StoryError
from portal.press.models import StoryState
from portal.press.queries import (
    compare_contents,
    count_stories,
    list_revisions,
    list_stories,
    read_revision,
)
from portal.publication.errors import PublicationError, StoryHeld
from portal.publication.stories import Schedule, sign_story, withdraw_story
from portal.publication.story_lint import let_stand
from portal.publication.story_schedule import schedule_is_late
from portal.reference.press_forms import PressForm
from portal.staff.permissions import Permission

blueprint = Blueprint("stories", __name__, url_prefix="/stories")

SIGNED = {
    StoryState.SCHEDULED: "稿件已签发，到发布时间自动上线。",
    StoryState.PUBLISHED: "稿件已签发，已在公众网站上线。",
}


@blueprint.get("")
@requires(Permission.READ_STORIES)
def index() -> Response:
    """Stories, pages and notices by state and form."""
    wanted, form = request.args.get("state", ""), request.args.get("form", "")
    state = StoryState(wanted) if wanted in set(StoryState) else None
    form = form if form in set(PressForm) else ""
    stories, total = list_stories(
        current_registry(), state=state, limit=PAGE_SIZE, offset=page_offset(), form=form
    )
    return render_page(
        "office/stories.html",
        stories=stories,
        pages=Pages(page_number(), total),
        state=state,
        form=form,
        states=STORY_STATES,
        counts=count_stories(current_registry()),
        is_live=workflow.is_live,
        late=schedule_is_late(current_registry(), datetime.now(UTC)),
    )


@blueprint.get("/new")
@requires(Permission.WRITE_STORIES)
def new() -> Response:
    """An empty editor of the form asked for."""
    form = request.args.get("form", "")
    chosen = PressForm(form) if form in set(PressForm) else PressForm.STORY
    return editor(None, StoryContent("", form=chosen))


@blueprint.post("/new")
@requires(Permission.WRITE_STORIES)
def create() -> BaseResponse:
    """Keep a new draft, or only show how it would look."""
    content = typed(None)
    if "preview" in request.form:
        return editor(None, content, preview=True)
    try:
        story_id = workflow.create_story(current_registry(), content, actor=actor())
    except StoryError as error:
        return editor(None, content, errors=[(error.field, str(error))])
    flash("草稿已保存。", "good")
    return redirect(url_for("stories.show", story_id=story_id), code=303)


@blueprint.get("/<int:story_id>")
@requires(Permission.READ_STORIES)
def show(story_id: int) -> Response:
    """The story as readers would see it, its history, and what may be done with it."""
    return story_page(find_or_404(story_id))


@blueprint.get("/<int:story_id>/edit")
@requires(Permission.WRITE_STORIES)
def edit(story_id: int) -> Response:
    """The editor with the newest text."""
    story = find_or_404(story_id)
    return editor(story, read_content(story.content))


@blueprint.post("/<int:story_id>/edit")
@requires(Permission.WRITE_STORIES)
def save(story_id: int) -> BaseResponse:
    """Keep a new revision, or only show how it would look."""
    story = find_or_404(story_id)
    content = typed(story)
    if "preview" in request.form:
        return editor(story, content, preview=True)
    revision = whole_number("revision")
    try:
        workflow.save_story(current_registry(), story_id, content, revision=revision, actor=actor())
    except StoryError as error:
        return editor(story, content, errors=[(error.field, str(error))])
    flash("修改已保存。", "good")
    return redirect(url_for("stories.show", story_id=story_id), code=303)


@blueprint.get("/<int:story_id>/revisions")
@requires(Permission.READ_STORIES)
def revisions(story_id: int) -> Response:
    """All revisions, and how two of them differ."""
    story, registry = find_or_404(story_id), current_registry()
    after = whole_number("after", story.revision)
    before = whole_number("before", max(1, after - 1))
    old, new_ = (read_revision(registry, story_id, number) for number in (before, after))
    if old is None or new_ is None:
        raise NotFound("没有这一版。")
    return render_page(
        "office/story_revisions.html",
        story=story,
        revisions=list_revisions(registry, story_id),
        before=before,
        after=after,
        changes=compare_contents(old, new_),
        mine=story.author == actor(),
    )


@blueprint.post("/<int:story_id>/restore")
@requires(Permission.WRITE_STORIES)
def restore(story_id: int) -> BaseResponse:
    """Make an old revision the newest again."""

    def act(revision: int) -> None:
        number = whole_number("number")
        workflow.restore_revision(
            current_registry(), story_id, number, revision=revision, actor=actor()
        )

    return _move(story_id, act, "已恢复为新的一版。")


@blueprint.post("/<int:story_id>/submit")
@requires(Permission.WRITE_STORIES)
def submit(story_id: int) -> BaseResponse:
    """Hand the draft to the first reviewer."""

    revision = whole_number("revision")
    try:
        workflow.submit_story(current_registry(), story_id, revision=revision, actor=actor())
    except StoryError as error:
        return _refused(story_id, error)
    flash("稿件已提交，等待一审。", "good")
    return redirect(url_for("stories.show", story_id=story_id), code=303)


@blueprint.post("/<int:story_id>/recall")
@requires(Permission.WRITE_STORIES)
def recall(story_id: int) -> BaseResponse:
    """Take the submitted story back."""

    def act(revision: int) -> None:
        workflow.recall_story(current_registry(), story_id, revision=revision, actor=actor())

    return _move(story_id, act, "稿件已收回，可以继续修改。")


@blueprint.post("/<int:story_id>/take-over")
@requires(Permission.WRITE_STORIES)
def take_over(story_id: int) -> BaseResponse:
    """Become the author of a story whose author is not there any more."""

    def act(revision: int) -> None:
        workflow.take_over_story(current_registry(), story_id, revision=revision, actor=actor())

    return _move(story_id, act, "您已是这篇稿件的作者，可以修改并提交三审。")


@blueprint.post("/<int:story_id>/return")
@requires(Permission.REVIEW_STORIES)
def give_back(story_id: int) -> BaseResponse:
    """Return the story to its author with a comment."""

    def act(revision: int) -> None:
        comment = request.form.get("comment", "")
        workflow.return_story(
            current_registry(), story_id, comment, revision=revision, actor=actor()
        )

    return _move(story_id, act, "稿件已退回作者。")


@blueprint.post("/<int:story_id>/pass")
@requires(Permission.REVIEW_STORIES)
def approve(story_id: int) -> BaseResponse:
    """Pass the first or the second review."""

    def act(revision: int) -> None:
        step, ticked = request.form.get("step", ""), request.form.getlist("check")
        chosen = Step(step) if step in set(Step) else Step.FIRST
        workflow.pass_story(
            current_registry(), story_id, chosen, ticked, revision=revision, actor=actor()
        )

    return _move(story_id, act, "审核通过，稿件进入下一审。")


@blueprint.post("/<int:story_id>/let-stand")
@requires(Permission.REVIEW_STORIES)
def keep_finding(story_id: int) -> BaseResponse:
    """Let one finding of the mask check stand, with a reason."""

    def act(revision: int) -> None:
        key, reason = request.form.get("finding", ""), request.form.get("why", "")
        let_stand(current_gate(), story_id, key, reason, revision=revision, actor=actor())

    return _move(story_id, act, "已登记保留理由。")


@blueprint.post("/<int:story_id>/sign")
@requires(Permission.SIGN_STORIES)
def sign(story_id: int) -> BaseResponse:
    """The third review: sign the story as it was read, to be published now or at its hour."""

    def act(revision: int) -> None:
        schedule = Schedule(read_moment("go_live_at"), read_moment("expire_at"))
        state = sign_story(
            current_gate(),
            story_id,
            actor(),
            revision=revision,
            ticked=request.form.getlist("check"),
            now=datetime.now(UTC),
            signer=may(Permission.SIGN_STORIES),
            schedule=schedule,
        )
        flash(SIGNED[state], "good")

    return _move(story_id, act)


@blueprint.post("/<int:story_id>/withdraw")
@requires(Permission.SIGN_STORIES)
def withdraw(story_id: int) -> BaseResponse:
    """Take a published story from the public."""
    slug, reason = find_or_404(story_id).slug, request.form.get("reason", "")
    notice = request.form.get("public_notice", "")

    def act(_revision: int) -> None:
        signer = may(Permission.SIGN_STORIES)
        withdraw_story(current_gate(), slug, actor(), reason, notice, signer=signer)

    return _move(story_id, act, "稿件已撤回，公众网站不再显示。")


def _refused(story_id: int, error: StoryError) -> Response:
    """Why a draft was not handed in, on the page where its author can mend it."""
    story, errors = find_or_404(story_id), [(error.field, str(error))]
    if error.field == "correction":
        return editor(story, read_content(story.content), errors=errors)
    return story_page(story, errors)


def _move(story_id: int, act: Callable[[int], None], done: str = "") -> BaseResponse:
    try:
        act(whole_number("revision"))
    except StoryHeld as held:
        return story_page(find_or_404(story_id), [("checks", reason) for reason in held.reasons])
    except StoryError as error:
        return story_page(find_or_404(story_id), [(error.field, str(error))])
    except PublicationError as error:
        return story_page(find_or_404(story_id), [("reason", str(error))])
    if done:
        flash(done, "good")
    return redirect(url_for("stories.show", story_id=story_id), code=303)
