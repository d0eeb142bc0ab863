"""A second reader, which has no eyes: what the first passes over because nobody would see it.

PDFium leaves out words that are set too small to be drawn, and one of two that lie on each
other. They stand in the file all the same, and any other program gives them out.
"""

from __future__ import annotations

from collections import Counter

from pypdf import PdfReader


def read_beyond(reader: PdfReader, pages: list[str]) -> list[str]:
    """The second reading of each page that holds more than the first; "" for all others."""
    return [
        second if _characters(second) - _characters(first) else ""
        for first, second in (
            (first, page.extract_text()) for first, page in zip(pages, reader.pages, strict=True)
        )
    ]


def _characters(text: str) -> Counter[str]:
    return Counter(mark for mark in text if mark.isalnum())
