"""Runs of digits as clerks type them: split by blanks, dots and hyphens, or in Chinese numerals.

A run is found once per text; the recognisers of numbers all read the same runs. Inside a run the
digits are compact ASCII, with the folded offset of each, and with the places where one group of
digits ends and the next begins: an identifier may be made of several whole groups, never of a
part of one.

Finding them takes two stages. One scan with a single class of characters finds *stretches*, where
letters, digits and what stands between them are dense enough for an identifier; that passes over
years, amounts and ordinary prose at the speed of the engine. Only stretches are read closely.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

CHINESE_DIGITS = "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_VALUES = "00123456789" + "1" + "123456789"
TO_ASCII = str.maketrans(CHINESE_DIGITS, _VALUES)
DIGIT = f"[0-9{CHINESE_DIGITS}]"
SEPARATORS = r" \t\r\n·.\-_"
LOOKALIKES = "OoQDIl|ZzSsBb"
_READ = str.maketrans(LOOKALIKES, "0000111225588")
DENSE = 7
"""Letters, digits and separators that must stand together before anything looks closer."""
SHORTEST_RUN = 10
"""Digits of a run: the fewest that are a number without a label, a landline with area code."""
_STRETCH = re.compile(
    f"[0-9A-Za-z{CHINESE_DIGITS}][0-9A-Za-z{CHINESE_DIGITS}{SEPARATORS}]{{{DENSE - 1},}}"
)
# A number split over two lines may be indented on the second.
_GAP = rf"(?:[{SEPARATORS}]{{1,4}}|[ \t]{{0,4}}\r?\n[ \t]{{0,12}})"
_RUN = re.compile(f"{DIGIT}++(?:{_GAP}{DIGIT}++)*+")
_SEPARATED = re.compile(f"[{SEPARATORS}]")
_GROUP = re.compile(f"[0-9]+|[{CHINESE_DIGITS}]+")
_CODE = re.compile(f"[0-9A-Za-z]{{{DENSE},}}")


class DigitRun(NamedTuple):
    """Digits that stand together, separators aside.

    ``digits[k]`` stands at folded offset ``offsets[k]``; ``bounds`` are the indexes into
    ``digits`` where groups begin, with ``len(digits)`` as the last entry, and ``edges`` the same
    as a set.
    """

    digits: str
    offsets: Sequence[int]
    bounds: tuple[int, ...]
    edges: frozenset[int]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Folded offsets of ``digits[first:last]``."""
        return self.offsets[first], self.offsets[last - 1] + 1

    def sizes(self, first: int, last: int) -> list[int]:
        """Lengths of the groups that make up ``digits[first:last]``."""
        start = bisect_left(self.bounds, first)
        bounds = self.bounds[start : bisect_left(self.bounds, last) + 1]
        return [after - before for before, after in pairwise(bounds)]

    def whole(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Index pairs of every match that is made of whole groups.

        ``pattern`` is a lookahead with one group, the number: matches may overlap.
        """
        if len(self.bounds) == 2:
            match = pattern.match(self.digits)
            if match and match.end(1) == len(self.digits):
                yield match.span(1)
            return
        for match in pattern.finditer(self.digits):
            first, last = match.span(1)
            if first in self.edges and last in self.edges:
                yield first, last


def misread(raw: str) -> str:
    """The digits of a number in which a scanner or a tired clerk read letters for some of them.

    "" where it is no such number: other signs than separators, or more letters than digits.
    """
    compact = _SEPARATED.sub("", raw).translate(TO_ASCII)
    digits = compact.translate(_READ)
    written = sum(character.isdecimal() for character in compact)
    return digits if digits.isdecimal() and 2 * written >= len(compact) else ""


def stretches(text: str) -> list[tuple[int, int]]:
    """Spans where at least seven letters, digits and separators stand together."""
    return [match.span() for match in _STRETCH.finditer(text)]


def digit_runs(text: str, dense: Iterable[tuple[int, int]]) -> list[DigitRun]:
    """Every run of at least ten digits in the stretches of a folded text."""
    runs: list[DigitRun] = []
    for start, end in dense:
        for match in _RUN.finditer(text, start, end):
            raw = match.group()
            if len(raw) >= SHORTEST_RUN:
                run = _compact(raw, match.start())
                if len(run.digits) >= SHORTEST_RUN:
                    runs.append(run)
    return runs


def codes(text: str, dense: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of unbroken runs of at least seven letters and digits that hold both."""
    return [
        match.span()
        for start, end in dense
        if not text[start:end].isdecimal()
        for match in _CODE.finditer(text, start, end)
        if not (match.group().isdecimal() or match.group().isalpha())
    ]


def _compact(raw: str, start: int) -> DigitRun:
    if raw.isdecimal():
        bounds: tuple[int, ...] = (0, len(raw))
        return DigitRun(raw, range(start, start + len(raw)), bounds, frozenset(bounds))
    digits: list[str] = []
    offsets: list[int] = []
    starts: list[int] = []
    for group in _GROUP.finditer(raw):
        starts.append(len(offsets))
        digits.append(group.group())
        offsets.extend(range(start + group.start(), start + group.end()))
    bounds = (*starts, len(offsets))
    return DigitRun("".join(digits).translate(TO_ASCII), offsets, bounds, frozenset(bounds))
