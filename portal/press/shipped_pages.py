"""The pages that come with the software: guides, and the 执行不能 channel.

They explain rules that hold in every court, name nobody, and say where each rule stands. Once
installed they are stories like any other; what the court makes of them is the press office's.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from portal.press.content import StoryContent, check_content
from portal.reference.press_forms import PressForm

# Stands where an author's account would: nobody of the court wrote the text.
SHIPPED_AUTHOR = "随软件提供"


@dataclass(frozen=True)
class ShippedPage:
    """One page with the address it has in every instance."""

    slug: str
    content: StoryContent


def shipped_pages() -> tuple[ShippedPage, ...]:
    """All pages in the order they are listed, checked as an editor's text is."""
    folder = files("portal.press") / "shipped"
    names = sorted(entry.name for entry in folder.iterdir())
    return tuple(_read((folder / name).read_text("utf-8")) for name in names)


def _read(text: str) -> ShippedPage:
    page = tomllib.loads(text)
    content = StoryContent(
        page["title"],
        lead=page["lead"],
        body=page["body"],
        form=PressForm.GUIDE,
        facts={"section": page["section"], "topic": page.get("topic", "")},
        sources="\n".join(page["sources"]),
    )
    return ShippedPage(page["slug"], check_content(content))
