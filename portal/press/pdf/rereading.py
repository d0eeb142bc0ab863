"""A second reader, which has no eyes: what the first passes over because nobody would see it.

PDFium leaves out words that are set too small to be drawn, and one of two that lie on each
other. They stand in the file all the same, and any other program gives them out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from portal.press.pdf.limits import MAX_LABELS

# Characters that no keyword has, or so many digits that they are a number of something.
_TELLING = re.compile(r"[^\x00-\x7f]|[0-9]{7}")


def read_beyond(reader: PdfReader, pages: list[str]) -> list[str]:
    """The second reading of each page that holds more than the first; "" for all others."""
    return [
        second if _characters(second) - _characters(first) else ""
        for first, second in (
            (first, page.extract_text()) for first, page in zip(pages, reader.pages, strict=True)
        )
    ]


def read_labels(reader: PdfReader) -> list[str]:
    """What a file written anew still says beside its pages, where it is more than a code.

    Names of fonts, of colours, of resources: chosen by the program that made the file, after the
    name of a picture's file perhaps.
    """
    found = dict.fromkeys(
        label
        for number in range(1, int(reader.trailer["/Size"]))
        for label in _labels(reader.get_object(number))
    )
    return [label for label in found if _TELLING.search(label)][:MAX_LABELS]


def _labels(value: Any) -> Iterator[str]:
    if isinstance(value, DictionaryObject):
        for key in value:
            yield str(key)
            # Titles and addresses are read by themselves.
            if key not in ("/Title", "/URI", "/Parent", "/Prev", "/Next"):
                yield from _labels(value.raw_get(key))
    elif isinstance(value, ArrayObject):
        for each in value:
            yield from _labels(each)
    elif isinstance(value, NameObject | TextStringObject):
        yield str(value)


def _characters(text: str) -> Counter[str]:
    return Counter(mark for mark in text if mark.isalnum())
