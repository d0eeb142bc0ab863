"""How a plain dictionary cuts a text: cheap words that say where no name can begin.

``rjieba`` reads several megabytes a second, the model of names some tens of kilobytes; most of a
text is explained by the dictionary and never reaches the model.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from enum import IntEnum
from itertools import accumulate
from typing import NamedTuple

import rjieba

_COMMON = 100
"""How often a word has to stand in the dictionary's corpus not to be taken for a chance match."""


class Familiarity(IntEnum):
    """How well the dictionary knows a word."""

    UNKNOWN = 0
    RARE = 1
    COMMON = 2


def familiarity(word: str) -> Familiarity:
    """How well the dictionary knows a word; 方平 and 沙洋 are rare, 方式 is common."""
    if not rjieba.has_word(word):
        return Familiarity.UNKNOWN
    return Familiarity.COMMON if rjieba.suggest_freq(word) >= _COMMON else Familiarity.RARE


def is_common(word: str) -> bool:
    """Whether a word is well known."""
    return familiarity(word) is Familiarity.COMMON


class Entry(NamedTuple):
    """One word of the dictionary's reading; ``tag`` is its usual part of speech.

    Words that the dictionary does not hold are guessed; so are their tags.
    """

    start: int
    text: str
    tag: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Cut:
    """The words of one text."""

    def __init__(self, text: str) -> None:
        self._words: list[tuple[str, str]] = rjieba.tag(text)
        lengths = [len(word) for word, _ in self._words]
        self._starts = list(accumulate(lengths, initial=0))
        self._number = dict(zip(self._starts, range(len(self._starts)), strict=True))

    def __iter__(self) -> Iterator[tuple[int, str, str]]:
        """Offset, characters and tag of every word."""
        for start, (word, tag) in zip(self._starts, self._words, strict=False):
            yield start, word, tag

    def around(self, offset: int) -> Entry | None:
        """The word that ``offset`` lies inside of; None at its first character."""
        number = bisect_right(self._starts, offset) - 1
        start = self._starts[number]
        if start == offset or number == len(self._words):
            return None
        return Entry(start, *self._words[number])

    def leaves_given_name(self, word: Entry, surname: int) -> bool:
        """Whether a word ends in the family name at ``surname``, a given name behind: 后任|颖."""
        given = self.at(word.end)
        return word.end == surname + 1 and given is not None and given.tag == "nr"

    def ending_at(self, offset: int) -> Entry | None:
        """The word that ends at ``offset``; None inside a word and at the start of the text."""
        number = self._number.get(offset)
        if not number:
            return None
        return Entry(self._starts[number - 1], *self._words[number - 1])

    def at(self, offset: int) -> Entry | None:
        """The word that begins at ``offset``; None inside a word and at the end of the text."""
        number = self._number.get(offset)
        if number is None or number == len(self._words):
            return None
        return Entry(offset, *self._words[number])
