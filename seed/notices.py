"""Notices and standing pages of the demo world, from ``data/notices.toml``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from seed.library import read_table


def build_notices(case_numbers: Sequence[str]) -> list[dict[str, Any]]:
    """All notices: ``form``, ``title``, ``body`` (Markdown), ``published_on`` and ``facts``.

    One with a ``paper`` (its paragraphs) is to have a file of them.

    A notice with a case gets one of ``case_numbers``, which are to be public; without any it
    is left out.
    """
    notices = []
    numbers = iter(case_numbers)
    for notice in read_table("notices")["notice"]:
        facts = {name: str(value) for name, value in notice["facts"].items()}
        if notice["form"] == "reward":
            number = next(numbers, "")
            if not number:
                continue
            facts["case_number"] = number
        notices.append(
            {**notice, "facts": facts, "published_on": notice["published_on"].isoformat()}
        )
    return notices
