"""Two versions of a text, told apart word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word of letters and digits, a mask, or one character of anything else.
_WORD = re.compile(r"[A-Za-z0-9.,:/-]+|[×*＊某]+|.", re.DOTALL)
# Longer texts are shown whole: matching takes time by the square of their length.
MOST_WORDS = 3_000


@dataclass(frozen=True)
class DiffPiece:
    """A stretch of text; ``mark`` is "-" where it went, "+" where it came, "" where it stayed."""

    mark: str
    text: str


def compare_words(before: str, after: str) -> tuple[DiffPiece, ...]:
    """What went and what came, in reading order, what went first."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return tuple(_pieces(("-", before), ("+", after)))
    pieces: list[DiffPiece] = []
    for step, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            pieces += _pieces(("", "".join(old[a:b])))
        else:
            pieces += _pieces(("-", "".join(old[a:b])), ("+", "".join(new[c:d])))
    return tuple(pieces)


def _pieces(*marked: tuple[str, str]) -> Iterator[DiffPiece]:
    return (DiffPiece(mark, text) for mark, text in marked if text)
