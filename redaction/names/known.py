"""Find names and terms known already, also with blanks or middle dots between the characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from redaction.folding import fold

_GAPS = frozenset(" \t\r\n\x0b\x0c·.-_/|")
_LONGEST_GAP = 3
_MANY = 48
"""With more first characters than this one pattern finds them sooner than a scan for each."""


def name_key(name: str) -> str:
    """What all spellings of one name share: no blanks or dots between, one width, one case."""
    key = fold(name).text.casefold()
    return key if key.isalpha() else "".join(c for c in key if c not in _GAPS)


@dataclass(slots=True)
class _Node:
    """One step of the tree of names; ``name`` is set where a name ends."""

    steps: dict[str, _Node] = field(default_factory=dict)
    name: str = ""


class NameFinder:
    """A set of names as a tree of characters; finds the longest name at each place.

    A text is read once whatever the number of names. Up to three blanks, dots or hyphens may
    stand between two characters of a name.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._root = _Node()
        for name in names:
            key = name_key(name)
            if len(key) < 2:
                continue
            node = self._root
            for character in key:
                node = node.steps.setdefault(character, _Node())
            node.name = node.name or name
        firsts = {variant for c in self._root.steps for variant in (c, c.upper())}
        self._firsts = frozenset(c for c in firsts if len(c) == 1)
        self._pattern: re.Pattern[str] | None = None

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start and end in a folded text, and the name as it was given."""
        position = 0
        for start in self._beginnings(text):
            if start < position:
                continue
            position, name = self._longest(text, start)
            if name:
                yield start, position, name

    def _beginnings(self, text: str) -> Iterable[int]:
        """Offsets of the characters that names begin with, in order."""
        if len(self._firsts) > _MANY:
            if self._pattern is None:
                self._pattern = re.compile(f"[{''.join(map(re.escape, self._firsts))}]")
            return (match.start() for match in self._pattern.finditer(text))
        # For a handful of names, looking for each character is quicker than making a pattern.
        return sorted(offset for c in self._firsts for offset in _places(text, c))

    def _longest(self, text: str, start: int) -> tuple[int, str]:
        """End and name of the longest name at ``start``; the next offset and "" for none."""
        node = self._root
        best, name = start + 1, ""
        position, gap = start, 0
        while position < len(text):
            character = text[position]
            step = node.steps.get(character) or node.steps.get(character.casefold())
            if step is not None:
                node, gap = step, 0
                if node.name and _stands_free(text, start, position + 1):
                    best, name = position + 1, node.name
            elif character in _GAPS and position > start and gap < _LONGEST_GAP:
                gap += 1
            else:
                break
            position += 1
        return best, name


def _places(text: str, character: str) -> Iterator[int]:
    offset = text.find(character)
    while offset >= 0:
        yield offset
        offset = text.find(character, offset + 1)


def _stands_free(text: str, start: int, end: int) -> bool:
    """Whether a name that begins or ends in a letter or digit is no part of a longer word."""
    if _is_word(text[start]) and start and _is_word(text[start - 1]):
        return False
    return not (_is_word(text[end - 1]) and end < len(text) and _is_word(text[end]))


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()
