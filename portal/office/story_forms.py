"""Reads the press office's forms, and puts its two pages together: a story and its editor."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Response, request
from markupsafe import Markup

from portal.errors import NotFound
from portal.hypermedia import render_page
from portal.office.gates import current_gate, current_registry
from portal.office.pages import whole_number
from portal.office.session import actor
from portal.press import workflow
from portal.press.checklists import CHECKLISTS, STEP_NAMES
from portal.press.content import StoryContent, read_content
from portal.press.errors import StoryError
from portal.press.links import DAYS, working_links
from portal.press.models import REVIEWED_IN, Story, StoryState
from portal.press.queries import find_story, list_overrides, story_history
from portal.publication.story_lint import lint_story, lint_texts, story_texts
from portal.publication.story_rows import article_path
from portal.reference.clock import BEIJING
from portal.reference.press_forms import FACTS, PressForm
from portal.reference.vocabulary import StoryKind

Errors = list[tuple[str, str]]


def find_or_404(story_id: int) -> Story:
    """The story of an address; NotFound where there is none."""
    story = find_story(current_registry(), story_id)
    if story is None:
        raise NotFound("没有这篇稿件。")
    return story


def typed_content(story: Story | None) -> StoryContent:
    """What stands in the editor; the form of a story, its pictures and file are not in it."""
    given, kind = request.form, request.form.get("kind", "")
    form = story.form if story else given.get("form", "")
    chosen = PressForm(form) if form in set(PressForm) else PressForm.STORY
    kept = read_content(story.content) if story else None
    return StoryContent(
        title=given.get("title", ""),
        lead=given.get("lead", ""),
        body=given.get("body", ""),
        kind=StoryKind(kind) if kind in set(StoryKind) else StoryKind.RESULTS,
        form=chosen,
        facts={field.name: given.get(f"fact-{field.name}", "") for field in FACTS[chosen]},
        cases=tuple(given.get("cases", "").splitlines()),
        auctions=tuple(given.get("auctions", "").splitlines()),
        sources=given.get("sources", ""),
        correction=given.get("correction", ""),
        pictures=kept.pictures if kept else (),
        attachment=kept.attachment if kept else None,
    )


def read_moment(name: str) -> datetime | None:
    """A moment of Beijing as a datetime-local field sends it; None when left empty."""
    text = request.form.get(name, "").strip()
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise StoryError("时间应写成 2018-04-08T09:00 的形式。", name) from None
    return moment.replace(tzinfo=BEIJING) if moment.tzinfo is None else moment


def story_page(story: Story, errors: Errors | None = None) -> Response:
    """The story as readers would see it, with every act that is open to the reader."""
    content = read_content(story.content)
    overrides = {each.finding: each for each in list_overrides(current_registry(), story.id)}
    step = REVIEWED_IN.get(StoryState(story.state))
    return render_page(
        "office/story.html",
        status=422 if errors else 200,
        story=story,
        content=content,
        fields=FACTS[content.form],
        # Rendered through the one allow-list.
        body=Markup(content.body_html),  # noqa: S704
        live=workflow.is_live(story),
        address=article_path(story.form, story.slug),
        findings=lint_story(current_gate(), story),
        overrides=overrides,
        step=step,
        step_name=STEP_NAMES[step] if step else "",
        checklist=CHECKLISTS[step] if step else {},
        ticked=request.form.getlist("check"),
        history=story_history(current_registry(), story.slug),
        mine=story.author == actor(),
        orphaned=_is_orphaned(story),
        links=working_links(current_registry(), story.id, datetime.now(UTC)),
        link_days=DAYS,
        errors=errors or [],
        typed=request.form,
    )


def _is_orphaned(story: Story) -> bool:
    with current_registry()() as session:
        return workflow.is_without_author(session, story)


def editor(
    story: Story | None,
    content: StoryContent,
    *,
    preview: bool = False,
    errors: Errors | None = None,
) -> Response:
    """The editor's form, with how it would look where that was asked for."""
    texts = story_texts(content, {}) if preview else {}
    return render_page(
        "office/story_edit.html",
        "preview" if preview else None,
        status=422 if errors else 200,
        story=story,
        content=content,
        fields=FACTS[content.form],
        live=story is not None and workflow.is_live(story),
        # In a second window the text may have moved on: the form keeps what it was opened on.
        revision=whole_number("revision", story.revision if story else 0),
        kinds=[(str(kind), str(kind)) for kind in StoryKind],
        preview=preview,
        body=Markup(content.body_html if preview else ""),  # noqa: S704 - the one allow-list
        findings=lint_texts(current_gate().redactor, texts),
        overrides={},
        errors=errors or [],
    )
