"""Shows a draft to people without an account, where it holds nothing that may not be seen."""

from __future__ import annotations

from datetime import datetime

from portal.press.errors import StoryError
from portal.press.links import make_link
from portal.press.models import Story
from portal.publication.errors import StoryHeld
from portal.publication.gate import Gate
from portal.publication.story_lint import lint_story, open_findings


def share_story(
    gate: Gate, story_id: int, *, revision: int, days: int, actor: str, now: datetime
) -> str:
    """Make a link to the newest revision; return its secret.

    A link is passed on and opened without a password: what would keep the text from being
    signed keeps it from being shared. Raises StoryHeld, StoryError.
    """
    with gate.stores.registry() as session:
        story = session.get(Story, story_id)
        if story is None:
            raise StoryError("没有这篇稿件。")
        session.expunge(story)
        findings = open_findings(session, story_id, lint_story(gate, story, links=False))
    if findings:
        raise StoryHeld(tuple(map(str, findings)))
    return make_link(
        gate.stores.registry, story_id, revision=revision, days=days, actor=actor, now=now
    )
