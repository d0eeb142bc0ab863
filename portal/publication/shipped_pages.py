"""Installs the pages that come with the software, without a review that nobody made.

A new instance has its guides from the first day. The log says that the operator published the
shipped text and whose it is; the mask check is the same as for any text. A page that somebody of
the court has taken over, or that was withdrawn, is the court's own and is left alone; one that
nobody has touched gets the newer words of a newer version.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from portal.press.content import StoryContent, read_content
from portal.press.models import Story, StoryState
from portal.press.shipped_pages import SHIPPED_AUTHOR, ShippedPage
from portal.press.workflow import create_story, save_revision
from portal.publication.gate import Gate
from portal.publication.stories import refuse_private, release_story
from portal.publication.story_rows import Enclosures
from portal.publication.turns import take_turn

RENEWED = "文字随软件更新。"


@dataclass(frozen=True)
class Installation:
    """Addresses of the pages that are new, that got newer words, and that were left alone."""

    added: tuple[str, ...]
    renewed: tuple[str, ...]
    left: tuple[str, ...]


def install_pages(
    gate: Gate,
    actor: str,
    pages: Sequence[ShippedPage],
    *,
    now: datetime,
    published_on: date | None = None,
    as_drafts: bool = False,
) -> Installation:
    """Publish the shipped ``pages``, or with ``as_drafts`` only put them in for the press office.

    Runs again without harm: what is there is not made twice, a page cut off half way is
    finished. ``published_on`` is the date shown, today without it. Raises StoryHeld where the
    mask check finds something.
    """
    added, renewed, left = [], [], []
    for page in pages:
        story = _find(gate, page)
        if story is None:
            create_story(gate.stores.registry, page.content, actor=SHIPPED_AUTHOR, slug=page.slug)
            if not as_drafts:
                _publish(gate, page, actor, now, published_on)
            added.append(page.slug)
        elif story.author != SHIPPED_AUTHOR or story.state == StoryState.WITHDRAWN:
            left.append(page.slug)
        elif _is_news(story, page.content) or (story.state == StoryState.DRAFT and not as_drafts):
            _renew(gate, page)
            if not as_drafts:
                _publish(gate, page, actor, now, published_on)
            renewed.append(page.slug)
        else:
            left.append(page.slug)
    gate.settle()
    return Installation(tuple(added), tuple(renewed), tuple(left))


def _find(gate: Gate, page: ShippedPage) -> Story | None:
    with gate.stores.registry() as session:
        return session.scalars(select(Story).filter_by(slug=page.slug)).one_or_none()


def _is_news(story: Story, content: StoryContent) -> bool:
    return replace(read_content(story.content), correction="") != content


def _renew(gate: Gate, page: ShippedPage) -> None:
    """Put the newer words in; where older ones are online, with the public note that says so."""
    with take_turn(gate.stores) as turn:
        story = turn.registry.scalars(select(Story).filter_by(slug=page.slug)).one()
        if _is_news(story, page.content):
            note = RENEWED if story.published_at else ""
            content = replace(page.content, correction=note)
            save_revision(turn.registry, story, content, SHIPPED_AUTHOR)


def _publish(
    gate: Gate, page: ShippedPage, actor: str, now: datetime, published_on: date | None
) -> None:
    with gate.stores.registry() as session:
        story_id = session.scalars(select(Story.id).filter_by(slug=page.slug)).one()
    refuse_private(gate, story_id)
    with take_turn(gate.stores) as turn:
        story = turn.registry.get_one(Story, story_id)
        release_story(gate, turn, story, Enclosures(), actor, now, published_on)
