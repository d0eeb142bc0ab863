"""Find names that are known already, also when blanks or middle dots stand between characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from redaction.folding import fold
from redaction.names.surnames import HAN

_GAP = r"[\s·.\-_/|]{0,3}"
_LATIN_EDGE = (r"(?<![A-Za-z])", r"(?![A-Za-z])")


class NameFinder:
    """A set of names compiled into one pattern; finds the longest name at each place."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        for name in names:
            key = name_key(name)
            if len(key) > 1:
                self._names.setdefault(key, name)
        ordered = sorted(self._names, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_spelling, ordered))) if ordered else None

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start and end in a folded text, and the name as it was given."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text):
            yield match.start(), match.end(), self._names[name_key(match.group())]


def name_key(name: str) -> str:
    """What all spellings of one name share: no blanks or dots between, one width, one case."""
    return re.sub(r"[\s·.\-_/|]", "", fold(name).text).casefold()


def _spelling(key: str) -> str:
    body = _GAP.join(map(re.escape, key))
    if not re.search(f"[{HAN}]", key):
        return f"{_LATIN_EDGE[0]}(?i:{body}){_LATIN_EDGE[1]}"
    return body
