"""A set of spans that answers quickly whether another span touches it or lies inside it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class SpanSet:
    """Spans merged where they overlap; questions cost a binary search."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            elif start < end:
                self._starts.append(start)
                self._ends.append(end)

    def __or__(self, spans: Iterable[tuple[int, int]]) -> SpanSet:
        """The set with more spans in it."""
        return SpanSet([*zip(self._starts, self._ends, strict=True), *spans])

    def touches(self, start: int, end: int) -> bool:
        """Whether any span of the set shares a character with ``start``..``end``."""
        position = bisect_left(self._starts, end) - 1
        return position >= 0 and self._ends[position] > start

    def holds(self, start: int, end: int) -> bool:
        """Whether one span of the set covers ``start``..``end`` whole."""
        position = bisect_right(self._starts, start) - 1
        return position >= 0 and self._ends[position] >= end
