"""Folding of written forms, so that what is typed meets what is stored.

Width (NFKC), case and traditional characters are folded and invisible characters dropped, one
character at a time, so that a match in the folded text can be traced to the text as it stands.
"""

import unicodedata
from functools import lru_cache

from search_index.variants import simplify


@lru_cache(maxsize=65_536)
def fold_char(char: str) -> str:
    """Fold one character to none, one or (for compatibility forms such as ㈱) several."""
    if unicodedata.category(char) in ("Cf", "Cs"):
        return ""
    return "".join(map(simplify, unicodedata.normalize("NFKC", char).casefold()))


def fold(text: str) -> str:
    """Fold a text."""
    return "".join(map(fold_char, unicodedata.normalize("NFC", text)))


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Fold a text and say for each folded character which character of the text it came from."""
    pieces: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(text):
        folded = fold_char(char)
        pieces.append(folded)
        offsets.extend([index] * len(folded))
    return "".join(pieces), offsets
