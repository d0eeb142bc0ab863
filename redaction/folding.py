"""Fold a text to one canonical alphabet without losing the way back to the original offsets.

Clerks type the same number in full width, in circled digits, with zero-width blanks inside; the
recognisers should see one form only. ``fold`` maps characters (full width to half width, other
digits to ASCII, variant and traditional forms of the words cues are made of to the usual one) and
drops characters that print as nothing. Where characters were dropped or expanded an explicit map
keeps, for every folded character, the original position it came from.

Full-width brackets, commas and colons stay: they are ordinary Chinese punctuation, and leaving
them alone makes most texts their own folded form.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

_ORDINARY = frozenset("（），：；！？")
_REPLACED = {
    # Traditional and variant forms in names of roles, places and units. Characters of people's
    # names are left alone otherwise: the variant may be the very one on somebody's ID card.
    **dict(
        zip(
            "執號車輛戶證買賣遼營蓋橋區縣鎮鄉樓單員處銀賬帳機電話聯繫係壹鮁記審師護駕駛檔",
            "执号车辆户证买卖辽营盖桥区县镇乡楼单员处银账账机电话联系系一鲅记审师护驾驶档",
            strict=True,
        )
    ),
    **dict.fromkeys("‐‑‒–—―﹣－−", "-"),
    **dict.fromkeys("•‧∙⋅・･᛫", "·"),
}
# Planes and blocks that hold nothing foldable are skipped: reading a million code points would
# cost most of a second at the first call.
_FOLDABLE = (
    range(0x3400),
    range(0xA000, 0xAC00),
    range(0xD800, 0x10000),
    range(0x1D000, 0x1D800),
    range(0x1E000, 0x1F300),
    range(0x1FBF0, 0x1FBFA),
    range(0x2F800, 0x2FA20),
    range(0xE0000, 0xE01F0),
)
_DROPPED_CATEGORIES = frozenset({"Mn", "Me", "Cf", "Cs", "Cc"})


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back.

    ``positions`` is None where the folding kept every character in its place (the usual case);
    otherwise ``positions[i]`` is the original offset of folded character ``i`` and the last entry
    is the length of the original text.
    """

    text: str
    original: str
    positions: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Original offsets of the folded span ``start``..``end``, dropped marks inside included."""
        if self.positions is None or start >= end:
            return start, end
        # Marks dropped after the last character belong to it, like an accent to its letter.
        return self.positions[start], max(self.positions[end - 1] + 1, self.positions[end])

    def folded_offset(self, original_offset: int) -> int:
        """Folded offset of the first folded character at or after an original offset."""
        if self.positions is None:
            return original_offset
        return bisect_left(self.positions, original_offset)


def fold(text: str) -> Folded:
    """Fold ``text``; linear in its length, and quick where there is nothing to fold."""
    table = _table()
    present = table.keys() & set(text)
    if not present:
        return Folded(text, text)
    if all(len(table[character]) == 1 for character in present):
        folded = text
        for character in present:
            folded = folded.replace(character, table[character])
        return Folded(folded, text)
    return _fold_with_map(text, table, present)


def _fold_with_map(text: str, table: dict[str, str], present: set[str]) -> Folded:
    foldable = re.compile(f"[{''.join(map(re.escape, present))}]")
    parts: list[str] = []
    changes: list[tuple[int, int]] = []  # original offset, number of folded characters
    last = 0
    for match in foldable.finditer(text):
        folded = table[match.group()]
        parts += (text[last : match.start()], folded)
        if len(folded) != 1:
            changes.append((match.start(), len(folded)))
        last = match.end()
    parts.append(text[last:])
    return Folded("".join(parts), text, _positions(len(text), changes))


def _positions(length: int, changes: list[tuple[int, int]]) -> list[int]:
    pieces: list[Iterable[int]] = []
    last = 0
    for offset, width in changes:
        pieces.append(range(last, offset))
        pieces.append([offset] * width)
        last = offset + 1
    pieces.append(range(last, length + 1))
    return list(chain.from_iterable(pieces))


@cache
def _table() -> dict[str, str]:
    """What each foldable character becomes; "" for one that is dropped."""
    characters = map(chr, chain.from_iterable(_FOLDABLE))
    table = {c: folded for c in characters if (folded := _fold_character(c)) != c}
    return table | _REPLACED


def _fold_character(character: str) -> str:
    if character in "\n\r\t" or character in _ORDINARY:
        return character
    if unicodedata.category(character) in _DROPPED_CATEGORIES:
        return ""
    if not character.isascii():
        digit = unicodedata.digit(character, None)
        if digit is not None:
            return str(digit)
    normal = unicodedata.normalize("NFKC", character)
    if normal.startswith("(") and len(normal) == 3:
        return normal[1]  # a parenthesised numeral or letter is one sign
    if normal[:1] == " ":
        return " "  # spacing accents decompose to a blank and a mark
    return normal
