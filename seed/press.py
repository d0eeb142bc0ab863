"""Press stories of the demo world, from ``data/stories``: people appear only as 张某.

The stories are public from the first day, so they name nobody, and take from the cases
nothing but the number of one that a reader may look up.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from random import Random
from typing import Any

from portal.reference.vocabulary import StoryKind
from seed.library import read_folder


def build_stories(seed: int, case_numbers: Sequence[str]) -> list[dict[str, str]]:
    """All stories, oldest first, at least two of every ``StoryKind``.

    Each has ``kind``, ``title``, ``lead``, ``body`` (HTML paragraphs without attributes),
    ``published_on`` (ISO date) and ``author``. Some end by naming one of ``case_numbers``,
    drawn by ``seed``, as an example to look up; pass only numbers of published cases.
    """
    rng = Random(f"{seed}/stories")  # noqa: S311 - a toy world
    stories = []
    for table in read_folder("stories"):
        kind = StoryKind(table["kind"])
        stories += [_story(rng, kind, story, case_numbers) for story in table["story"]]
    return sorted(stories, key=lambda story: story["published_on"])


def _story(
    rng: Random, kind: StoryKind, story: dict[str, Any], case_numbers: Sequence[str]
) -> dict[str, str]:
    paragraphs = list(story["paragraphs"])
    if story.get("cite") and case_numbers:
        example = rng.choice(case_numbers)
        paragraphs.append(
            f"想了解执行案件公开哪些内容，可以在本站按案号查询，例如输入“{example}”。"
        )
    return {
        "kind": kind.value,
        "title": story["title"],
        "lead": story["lead"],
        "body": "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs),
        "published_on": story["published_on"].isoformat(),
        "author": story["author"],
    }
