"""Fold a text to one canonical alphabet without losing the way back to the original offsets.

Clerks type the same number in full width, in circled digits, with zero-width blanks inside, and
the same name in traditional characters; the recognisers should see one form only. ``fold`` maps
characters (full width to half width, other digits to ASCII, radicals to characters, traditional
to simplified, one for one) and drops characters that print as nothing. Where characters were
dropped or expanded an explicit map keeps, for every folded character, the original position it
came from.

Full-width brackets, commas and colons stay: they are ordinary Chinese punctuation, and leaving
them alone makes most texts their own folded form.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from opencc import OpenCC

from characters import RADICALS

_LAST_BASIC = 0xFFFF
_MANY = 32
"""More different characters than this are replaced in one pass instead of one pass each."""
_ORDINARY = frozenset("（），：；！？")
_REPLACED = {
    # What OpenCC leaves alone or reads otherwise, in words of papers, places and units
    **dict(zip("帳壹", "账一", strict=True)),
    "㬵": "胶",  # one glyph in the common fonts: PDF files give out the rarer character
    **dict.fromkeys("○◯", "〇"),  # typed for the numeral: 二○一八年
    **dict.fromkeys("‐‑‒–—―﹣－−", "-"),
    **dict.fromkeys("•‧∙⋅・･᛫", "·"),
    **dict.fromkeys("\u2028\u2029", "\n"),
    "…": ".",  # one character for one keeps offsets in place
}
_HAN = (range(0x3400, 0xA000), range(0x20000, 0x32400))
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
    table, foldable = _table()
    if foldable.search(text) is None:
        return Folded(text, text)
    present = set(foldable.findall(text)) & table.keys()
    if any(len(table[character]) != 1 for character in present):
        return _fold_with_map(text, table, foldable)
    if len(present) > _MANY:
        return Folded(foldable.sub(lambda match: table.get(match[0], match[0]), text), text)
    folded = text
    for character in present:
        folded = folded.replace(character, table[character])
    return Folded(folded, text)


def _fold_with_map(text: str, table: Mapping[str, str], foldable: re.Pattern[str]) -> Folded:
    parts: list[str] = []
    changes: list[tuple[int, int]] = []  # original offset, number of folded characters
    last = 0
    for match in foldable.finditer(text):
        folded = table.get(match[0], match[0])
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
def _table() -> tuple[Mapping[str, str], re.Pattern[str]]:
    """What each foldable character becomes ("" for one that is dropped), and how to find them."""
    variants = _simplified() | _REPLACED
    table = dict(variants)
    for character in map(chr, chain.from_iterable(_FOLDABLE)):
        folded = "".join(variants.get(c, c) for c in _fold_character(character))
        if folded != character and character not in variants:
            table[character] = folded
    basic = sorted(ord(character) for character in table if ord(character) <= _LAST_BASIC)
    # Beyond the basic plane the engine tries one range after the other: one is enough, and what
    # is found there without being foldable is looked up in vain.
    ranges = "".join(f"\\U{a:08x}-\\U{b:08x}" for a, b in _ranges(basic))
    return table, re.compile(f"[{ranges}\U00010000-\U0010ffff]")


def _simplified() -> dict[str, str]:
    """Traditional characters and the simplified ones they are written with today.

    Characters of the basic plane keep to it: everything that reads names knows no other.
    """
    converter = OpenCC("t2s")
    han = [chr(code) for code in chain.from_iterable(_HAN)]
    pairs = dict(zip(han, converter.convert("\n".join(han)).split("\n"), strict=True))
    table = {
        character: simple
        for character, simple in pairs.items()
        if simple != character and len(simple) == 1 and ord(simple) <= _LAST_BASIC
    }
    return {character: table.get(simple, simple) for character, simple in table.items()}


def _ranges(codes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ascending code points as closed ranges."""
    first = previous = codes[0]
    for code in codes[1:]:
        if code != previous + 1:
            yield first, previous
            first = code
        previous = code
    yield first, previous


def _fold_character(character: str) -> str:
    if character in "\n\r\t" or character in _ORDINARY:
        return character
    if unicodedata.category(character) in _DROPPED_CATEGORIES:
        return ""
    if not character.isascii():
        digit = unicodedata.digit(character, None)
        if digit is not None:
            return str(digit)
    normal = unicodedata.normalize("NFKC", RADICALS.get(character, character))
    if normal.startswith("(") and len(normal) == 3:
        return normal[1]  # a parenthesised numeral or letter is one sign
    if normal[:1] == " ":
        return " "  # spacing accents decompose to a blank and a mark
    return "".join(c for c in normal if unicodedata.category(c) not in _DROPPED_CATEGORIES)
