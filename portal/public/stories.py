"""What the press office published: stories, guides, and the feed of stories."""

from __future__ import annotations

from calendar import monthrange

from flask import Blueprint, Response, request

from portal.disclosure.channel import read_channel
from portal.disclosure.lists import Wanted
from portal.disclosure.notices import story_links, story_months
from portal.disclosure.stories import (
    STORIES,
    list_guides,
    read_guide,
    read_story,
    recent_stories,
)
from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.absence import absence
from portal.public.parameters import Facet, Filters, Measure, Range, read_text
from portal.reference.inability import Topic
from portal.reference.vocabulary import StoryKind
from portal.security import indexable

FACETS = (Facet.of("kind", "栏目", StoryKind),)
FEED_LENGTH = 20

blueprint = Blueprint("stories", __name__)


@blueprint.get("/stories")
@indexable
def browse() -> Response:
    """Stories, newest first."""
    filters = Filters(FACETS, request.args, ranges=[Range("date", "发布日期", Measure.DAY)])
    wanted = Wanted(
        filters.values,
        since=filters.days.get("date_from"),
        until=filters.days.get("date_to"),
        after=read_text(request.args, "after"),
        before=read_text(request.args, "before"),
    )
    rows = STORIES.browse(db.session(), wanted)
    return render_page("public/stories.html", "results", filters=filters, rows=rows)


@blueprint.get("/stories/<token:slug>")
@indexable
def show(slug: str) -> Response:
    """One story."""
    story = read_story(db.session(), slug)
    if story is None:
        raise absence(request.path, "没有这篇报道。请检查网址，或者从执行动态重新查找。")
    links = story_links(db.session(), story)
    return render_page("public/story.html", story=story, links=links)


@blueprint.get("/stories/archive")
@indexable
def archive() -> Response:
    """Stories by month, each a narrowed list."""
    months = [
        (f"{month}-01", f"{month}-{monthrange(*map(int, month.split('-')))[1]}", number)
        for month, number in story_months(db.session())
    ]
    return render_page("public/story_archive.html", months=months)


@blueprint.get("/feeds/stories.atom")
def feed() -> Response:
    """The newest stories as an Atom feed (RFC 4287)."""
    response = render_page(
        "public/stories.atom.xml", stories=recent_stories(db.session(), FEED_LENGTH)
    )
    response.content_type = "application/atom+xml; charset=utf-8"
    return response


@blueprint.get("/guides")
@indexable
def guides() -> Response:
    """All guides by section."""
    return render_page("public/guides.html", guides=list_guides(db.session()))


@blueprint.get("/guides/<token:slug>")
@indexable
def guide(slug: str) -> Response:
    """One guide."""
    found = read_guide(db.session(), slug)
    if found is None:
        raise absence(request.path, "没有这篇指南。请检查网址，或者从办事指南重新查找。")
    channel = read_channel(db.session()) if found.topic else None
    return render_page("public/guide.html", guide=found, channel=channel, examples=Topic.EXAMPLES)
