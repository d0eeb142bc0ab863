"""Reads the words out of our own sanitised HTML, for the mask check, feeds and the index."""

from __future__ import annotations

from html.parser import HTMLParser

_INLINE = frozenset({"a", "b", "em", "i", "span", "strong", "sub", "sup", "u"})


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._break(tag)

    def _break(self, tag: str) -> None:
        # A number cut by inline markup is still one number; a new paragraph is a new line.
        if tag not in _INLINE:
            self.parts.append("\n")


def html_to_text(html: str) -> str:
    """Text of the markup: entities resolved, inline tags dropped, blocks on lines of their own."""
    words = _Words()
    words.feed(html)
    words.close()
    lines = (line.strip() for line in "".join(words.parts).split("\n"))
    return "\n".join(line for line in lines if line)
