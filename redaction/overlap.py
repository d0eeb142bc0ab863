"""Candidates of all recognisers into spans that do not overlap, nothing private left between."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import replace

from redaction.view import MASK, Candidate


def resolve(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Longest span first, then the surest; of a span partly covered only the rest is added.

    Cutting instead of dropping keeps the promise that whatever any recogniser saw is masked.
    """
    ordered = sorted(candidates, key=lambda c: (c.start - c.end, -c.score, c.start))
    taken: list[tuple[int, int]] = []
    chosen: list[Candidate] = []
    for candidate in ordered:
        for start, end in _free(taken, candidate.start, candidate.end):
            whole = (start, end) == (candidate.start, candidate.end)
            chosen.append(
                candidate if whole else replace(candidate, start=start, end=end, replacement=MASK)
            )
            insort(taken, (start, end))
    return sorted(chosen, key=lambda c: c.start)


def _free(taken: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """The parts of ``start``..``end`` that no taken span covers."""
    position = max(0, bisect_left(taken, (start, start)) - 1)
    free: list[tuple[int, int]] = []
    while position < len(taken) and taken[position][0] < end:
        first, last = taken[position]
        position += 1
        if last <= start:
            continue
        if first > start:
            free.append((start, first))
        start = max(start, last)
    if start < end:
        free.append((start, end))
    return free
