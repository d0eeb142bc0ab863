"""How text becomes terms.

Chinese is cut into overlapping pairs of characters: no dictionary, so no name is lost to a wrong
word boundary, and any two adjacent characters of a text find it. Latin letters and digits stay
together as runs. Everything that is neither letter nor digit only separates words; in particular
`*`, `?`, `%` and `_` mean nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from search_index.folding import fold

MAX_RUN = 64
"""Longer runs of letters and digits are cut; nothing anyone types is that long."""
SHORTEST_START = 3
"""Characters of a run by whose beginning it is found."""


@dataclass(frozen=True)
class Run:
    """Letters and digits that stand together, and whether the word may go on after them."""

    text: str
    is_last: bool

    @property
    def may_go_on(self) -> bool:
        """Whether longer runs that begin like this one are meant too."""
        return self.is_last and len(self.text) >= SHORTEST_START


@dataclass(frozen=True)
class Word:
    """A stretch of folded text between separators."""

    text: str

    def is_divisible(self) -> bool:
        """Whether there is more than one pair or run in it, which may stand apart elsewhere."""
        return len(self.text) > 2

    def grams(self) -> Iterator[str]:
        """Adjacent pairs in which at least one character is not of a run."""
        for left, right in pairwise(self.text):
            if not (_in_run(left) and _in_run(right)):
                yield left + right

    def runs(self) -> Iterator[Run]:
        """Runs of two or more letters and digits."""
        start = 0
        for end in range(1, len(self.text) + 1):
            if end < len(self.text) and _in_run(self.text[end]) == _in_run(self.text[start]):
                continue
            if _in_run(self.text[start]) and end - start > 1:
                yield Run(self.text[start:end][:MAX_RUN], is_last=end == len(self.text))
            start = end


def words(text: str) -> list[Word]:
    """Cut a text into its words."""
    folded = fold(text)
    spaced = "".join(char if char.isalnum() else " " for char in folded)
    return [Word(part) for part in spaced.split()]


def query_words(text: str) -> list[Word]:
    """Cut what somebody typed into words of at least two characters.

    Single characters are too common to look up. Where nothing else was typed they are joined,
    since `张 三` is a name that somebody spaced out.
    """
    found = words(text)
    long_enough = [word for word in found if len(word.text) > 1]
    if long_enough:
        return list(dict.fromkeys(long_enough))
    joined = "".join(word.text for word in found)
    return [Word(joined)] if len(joined) > 1 else []


def name_words(name: str) -> list[Word]:
    """Cut a name into words, and add it without separators: 阿卜杜拉·艾山 is also typed without."""
    parts = words(name)
    if len(parts) > 1:
        parts.append(Word("".join(part.text for part in parts)))
    return parts


def run_pairs(run: str) -> Iterator[str]:
    """Adjacent pairs inside a run, by which part of a code in a name is found."""
    return (left + right for left, right in pairwise(run))


def run_starts(run: str) -> Iterator[str]:
    """Beginnings of a run, without the run itself."""
    return (run[:length] for length in range(SHORTEST_START, len(run)))


def whole(text: str) -> str:
    """Reduce a text to one term, for comparing it as a whole."""
    return "".join(word.text for word in words(text))[:MAX_RUN]


def _in_run(char: str) -> bool:
    return char.isascii()
