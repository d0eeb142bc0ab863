"""From what an editor types to HTML: Markdown, then the one allow-list of the portal.

Raw HTML in the text is let into the first step and taken apart by the second, so a text
written as simple HTML stays what it was, and nothing gets around ``sanitise_html``.
"""

from __future__ import annotations

from markdown_it import MarkdownIt

from portal.press.sanitising import sanitise_html


def render_markdown(text: str) -> str:
    """Sanitised HTML of a body; single line breaks stay breaks, as people type them."""
    # A parser of its own for each call: it keeps state while it works.
    parser = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("table")
    return sanitise_html(parser.render(text))
