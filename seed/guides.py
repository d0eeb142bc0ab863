"""Explanatory pages of the demo site, from ``data/guides``, one file a page."""

from __future__ import annotations

from seed.library import read_folder


def build_guides() -> list[dict[str, str]]:
    """All guides in the order they should be listed.

    Each has ``slug``, ``title``, ``section``, ``body`` (HTML: paragraphs, headings, lists and
    tables without attributes) and ``updated_on`` (ISO date).
    """
    return [
        {
            "slug": guide["slug"],
            "title": guide["title"],
            "section": guide["section"],
            "body": guide["body"].strip(),
            "updated_on": guide["updated_on"].isoformat(),
        }
        for guide in read_folder("guides")
    ]
