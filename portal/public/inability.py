"""The 执行不能 channel (营中法[2018]23号 四(四)) and 我的案件属于哪一种？.

The questions are plain GET forms: the whole state stands in the address, nothing is kept, the
back button takes one answer back, and no answer says who is asking.
"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from portal.disclosure.channel import channel_stories, read_channel
from portal.disclosure.figures import read_figures
from portal.disclosure.statistics import read_statistics
from portal.disclosure.stories import list_guides
from portal.errors import NotFound
from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.statistics import city_history
from portal.reference.courts import BY_CODE
from portal.reference.inability import BY_KEY, Topic
from portal.reference.indicators import DATA_SOURCE, LEAST
from portal.reference.own_case import Outcome, follow
from portal.security import indexable, unstored

STORIES = 3
# What the figures of the courts say about what enforcement can and cannot do.
INDICATORS = ("performed", "terminated", "recovered")

blueprint = Blueprint("inability", __name__, url_prefix="/inability")


@blueprint.get("")
@indexable
def front() -> Response:
    """What enforcement can and cannot do: every topic, the figures, the stories."""
    session = db.session()
    return render_page(
        "public/inability.html",
        channel=read_channel(session),
        examples=Topic.EXAMPLES,
        stories=channel_stories(session, STORIES),
        figures=read_figures(session),
        histories=[each for each in map(city_history, INDICATORS) if each],
        source=read_statistics(session),
        data_source=DATA_SOURCE,
        least=LEAST,
    )


@blueprint.get("/<token:key>")
def topic(key: str) -> AnyResponse:
    """A short address for each topic: its page, or its place on the front of the channel."""
    if key not in BY_KEY:
        raise NotFound("执行不能专栏没有这个主题。请从专栏首页重新选择。")
    guides = read_channel(db.session()).guides_of(BY_KEY[key])
    if len(guides) == 1:
        return redirect(url_for("stories.guide", slug=guides[0].slug), code=302)
    anchor = key if guides else None
    return redirect(url_for("inability.front", _anchor=anchor), code=302)


@blueprint.get("/which")
@unstored
def which() -> Response:
    """The next question, or where the answers lead."""
    progress = follow(request.args)
    answers = {question.key: answer.key for question, answer in progress.answered}
    # With the last answer taken back.
    kept = dict(list(answers.items())[:-1])
    asked = progress.question is not None and request.args.get("asked") == progress.question.key
    return render_page(
        "public/own_case.html",
        progress=progress,
        answers=answers,
        kept=kept,
        unanswered=asked,
        court=BY_CODE.get(progress.court),
        pages=_pages(progress.outcome) if progress.outcome else [],
    )


def _pages(outcome: Outcome) -> list[tuple[str, str]]:
    """(title, path) of what to read about an outcome, as far as it is public."""
    guides = list_guides(db.session())
    of_topic = [guide for one in outcome.topics for guide in guides if guide.topic == one]
    others = [guide for slug in outcome.guides for guide in guides if guide.slug == slug]
    return [(each.title, url_for("stories.guide", slug=each.slug)) for each in of_topic + others]
