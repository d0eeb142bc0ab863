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
from collections.abc import Container, Iterable, Iterator, Sequence
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
OVERLONG = 2000
"""Digits of a run that is no longer taken apart: nobody types so many identifiers without a word
between, and every way to cut such a run into numbers would have to be looked at."""
_SEPARATED = re.compile(f"[{SEPARATORS}]")
_GROUP = re.compile(f"[0-9]+|[{CHINESE_DIGITS}]+")
_CODE = re.compile(f"[0-9A-Za-z]{{{DENSE},}}")


class DigitRun(NamedTuple):
    """Digits that stand together, separators aside.

    ``digits[k]`` stands at folded offset ``offsets[k]``; ``bounds`` are the indexes into
    ``digits`` where groups begin, with ``len(digits)`` as the last entry, and ``edges`` the same
    to look up.
    """

    digits: str
    offsets: Sequence[int]
    bounds: tuple[int, ...]
    edges: Container[int]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Folded offsets of ``digits[first:last]``."""
        return self.offsets[first], self.offsets[last - 1] + 1

    def sizes(self, first: int, last: int) -> list[int]:
        """Lengths of the groups that make up ``digits[first:last]``."""
        start = bisect_left(self.bounds, first)
        bounds = self.bounds[start : bisect_left(self.bounds, last) + 1]
        return [after - before for before, after in pairwise(bounds)]

    def whole(
        self, pattern: re.Pattern[str], shortest: int, longest: int
    ) -> Iterator[tuple[int, int]]:
        """Index pairs of every match that is made of whole groups.

        ``pattern`` is a lookahead with one group, a number of so many digits: matches may overlap.
        """
        size = len(self.digits)
        if size < shortest:
            return
        if len(self.bounds) == 2:
            if size <= longest and (match := pattern.match(self.digits)) and match.end(1) == size:
                yield 0, size
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
    if compact.isdecimal():
        return compact
    digits = compact.translate(_READ)
    written = sum(character.isdecimal() for character in compact)
    return digits if digits.isdecimal() and 2 * written >= len(compact) else ""


def stretches(text: str) -> list[tuple[int, int]]:
    """Spans where at least seven letters, digits and separators stand together."""
    return [match.span() for match in _STRETCH.finditer(text)]


def close_reading(
    text: str, dense: Iterable[tuple[int, int]]
) -> tuple[list[DigitRun], list[tuple[int, int]]]:
    """What stands in the stretches of a folded text: runs of digits, and codes.

    A run has at least ten digits. A code is the span of an unbroken run of at least seven letters
    and digits that holds both.
    """
    runs: list[DigitRun] = []
    codes: list[tuple[int, int]] = []
    for start, end in dense:
        if text[start:end].isdecimal():
            if end - start >= SHORTEST_RUN:
                runs.append(_unbroken(text[start:end], start))
            continue
        for match in _RUN.finditer(text, start, end):
            raw = match.group()
            # without the point an amount is too short, and need not be taken apart
            if len(raw) - raw.count(".") >= SHORTEST_RUN:
                run = _compact(raw, match.start())
                if len(run.digits) >= SHORTEST_RUN:
                    runs.append(run)
        for match in _CODE.finditer(text, start, end):
            if not (match.group().isdecimal() or match.group().isalpha()):
                codes.append(match.span())
    return runs, codes


def _unbroken(raw: str, start: int) -> DigitRun:
    bounds = (0, len(raw))
    return DigitRun(raw, range(start, start + len(raw)), bounds, bounds)


def _compact(raw: str, start: int) -> DigitRun:
    if raw.isdecimal():
        return _unbroken(raw, start)
    parts: list[str] = []
    offsets: list[int] = []
    starts: list[int] = []
    for group in _GROUP.finditer(raw):
        starts.append(len(offsets))
        parts.append(group.group())
        offsets.extend(range(start + group.start(), start + group.end()))
    digits = "".join(parts)
    if not digits.isascii():
        digits = digits.translate(TO_ASCII)
    bounds = (*starts, len(offsets)) if len(offsets) < OVERLONG else (0, len(offsets))
    return DigitRun(digits, offsets, bounds, frozenset(bounds))
