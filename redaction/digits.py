"""Runs of digits as clerks type them: split by blanks, dots and hyphens, or in Chinese numerals.

A run is found once per text; the recognisers of numbers all read the same runs. Inside a run the
digits are compact ASCII, with the folded offset of each, and with the places where one group of
digits ends and the next begins: an identifier may be made of several whole groups, never of a
part of one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

CHINESE_DIGITS = "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_VALUES = "00123456789" + "1" + "123456789"
TO_ASCII = str.maketrans(CHINESE_DIGITS, _VALUES)
DIGIT = f"[0-9{CHINESE_DIGITS}]"
SEPARATOR = r"[ \t\r\n·.\-_]"
MINIMUM = 7
_RUN = re.compile(f"{DIGIT}(?:{SEPARATOR}{{0,4}}{DIGIT}){{{MINIMUM - 1},}}")
_GROUP = re.compile(f"[0-9]+|[{CHINESE_DIGITS}]+")


@dataclass(frozen=True, slots=True)
class DigitRun:
    """Digits that stand together, separators aside.

    ``digits[k]`` stands at folded offset ``offsets[k]``; ``bounds`` are the indexes into
    ``digits`` where groups begin, with ``len(digits)`` as the last entry.
    """

    digits: str
    offsets: tuple[int, ...]
    bounds: tuple[int, ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Folded offsets of ``digits[first:last]``."""
        return self.offsets[first], self.offsets[last - 1] + 1

    def pieces(self, shortest: int, longest: int) -> Iterator[tuple[int, int]]:
        """Index pairs of every sequence of whole groups with so many digits."""
        for position in range(len(self.bounds) - 1):
            first = self.bounds[position]
            for following in range(position + 1, len(self.bounds)):
                last = self.bounds[following]
                if last - first > longest:
                    break
                if last - first >= shortest:
                    yield first, last

    def sizes(self, first: int, last: int) -> list[int]:
        """Lengths of the groups that make up ``digits[first:last]``."""
        start = bisect_left(self.bounds, first)
        bounds = self.bounds[start : bisect_left(self.bounds, last) + 1]
        return [after - before for before, after in pairwise(bounds)]


def digit_runs(text: str) -> list[DigitRun]:
    """Every run of at least seven digits in a folded text."""
    return [_compact(match.group(), match.start()) for match in _RUN.finditer(text)]


def _compact(raw: str, start: int) -> DigitRun:
    digits: list[str] = []
    offsets: list[int] = []
    bounds: list[int] = []
    for group in _GROUP.finditer(raw):
        bounds.append(len(offsets))
        digits.append(group.group().translate(TO_ASCII))
        offsets.extend(range(start + group.start(), start + group.end()))
    bounds.append(len(offsets))
    return DigitRun("".join(digits), tuple(offsets), tuple(bounds))
