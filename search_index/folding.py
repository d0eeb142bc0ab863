"""Folding of written forms, so that what is typed meets what is stored.

Width (NFKC), case, traditional characters and radicals in the place of characters are folded and
invisible characters dropped, one character at a time, so that a match in the folded text can be
traced to the text as it stands.
"""

import unicodedata
from collections.abc import Sequence

from characters import RADICALS
from search_index.variants import simplify

_MOST_KNOWN = 65_536


class _Folds(dict[int, str]):
    """What each character folds to, found out when it is first met, as `str.translate` asks."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()
        """Characters met that fold to none or to several."""

    def __missing__(self, code: int) -> str:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        char = chr(code)
        folded = self[code] = _fold_char(char)
        if len(folded) != 1:
            self.uneven.add(char)
        return folded


def _fold_char(char: str) -> str:
    """Fold one character to none, one or (for compatibility forms such as ㈱) several."""
    if unicodedata.category(char) in ("Cf", "Cs"):
        return ""
    normal = unicodedata.normalize("NFKC", RADICALS.get(char, char)).casefold()
    return "".join(map(simplify, normal))


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Fold a text."""
    return unicodedata.normalize("NFC", text).translate(_FOLDS)


def fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """Fold a text and say for each folded character which character of the text it came from."""
    folded = text.translate(_FOLDS)
    if _FOLDS.uneven.isdisjoint(text):
        return folded, range(len(text))
    offsets: list[int] = []
    for index, char in enumerate(text):
        offsets.extend([index] * len(_FOLDS[ord(char)]))
    return folded, offsets
