"""Candidates of all recognisers into spans that do not overlap, nothing private left between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from redaction.view import MASK, Candidate


def resolve(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Longest span first, then the surest; of a span partly covered only the rest is added.

    Cutting instead of dropping keeps the promise that whatever any recogniser saw is masked.
    """
    chosen: list[Candidate] = []
    for cluster in _clusters(sorted(candidates, key=lambda c: c.start)):
        chosen += cluster if len(cluster) == 1 else _settle(cluster)
    return chosen


def _clusters(ordered: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    """Candidates that overlap, directly or by way of others, together."""
    cluster: list[Candidate] = []
    reached = 0
    for candidate in ordered:
        if cluster and candidate.start >= reached:
            yield cluster
            cluster = []
        cluster.append(candidate)
        reached = max(reached, candidate.end)
    if cluster:
        yield cluster


def _settle(cluster: Sequence[Candidate]) -> list[Candidate]:
    """One cluster without overlaps; the work is linear in the lengths of its candidates."""
    base = cluster[0].start
    taken = bytearray(max(c.end for c in cluster) - base)
    chosen: list[Candidate] = []
    ordered = sorted(cluster, key=lambda c: (c.start - c.end, -c.score, c.start))
    if ordered[0].end - ordered[0].start == len(taken):
        return ordered[:1]
    for candidate in ordered:
        for first, last in _free(taken, candidate.start - base, candidate.end - base):
            start, end = first + base, last + base
            whole = (start, end) == (candidate.start, candidate.end)
            chosen.append(candidate if whole else _part(candidate, start, end))
            taken[first:last] = b"\x01" * (last - first)
    return sorted(chosen, key=lambda c: c.start)


def _part(candidate: Candidate, start: int, end: int) -> Candidate:
    return Candidate(
        candidate.kind, start, end, candidate.score, candidate.reason, candidate.recogniser, MASK
    )


def _free(taken: bytearray, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of ``start``..``end`` that are not taken."""
    while (first := taken.find(0, start, end)) >= 0:
        last = taken.find(1, first, end)
        start = end if last < 0 else last
        yield first, start
