"""Which figures must not be shown, so that nobody finds out a small one: by looking or by sums.

Figures stand in a table of courts and periods with totals of both. One below ``LEAST`` is not
shown; and because totals are, one that is alone in its line could be worked out from the others.
A table is a graph with its lines for nodes and its hidden cells for edges: every line says what
its cells add up to, so a hidden cell is determined by what is shown exactly where its edge is a
bridge (where no circle of hidden cells leads through it). Further cells are hidden until none is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import product

from portal.reference.indicators import LEAST

Cell = tuple[str, str]
"""A court and a period; the total of either is a line like any other."""

_COURT, _PERIOD = 0, 1


def hide_small(counts: Mapping[Cell, int], hidden: Collection[Cell] = ()) -> frozenset[Cell]:
    """The cells of one whole table that must not be shown, ``hidden`` among them.

    ``counts`` has every cell of the table, its totals too, and at least two lines of each kind.
    A bridge joins a circle when three more corners of a rectangle are hidden with it: those that
    cost least to lose, then by name, so that the same counts always hide the same.
    """
    gone = {cell for cell, count in counts.items() if count < LEAST} | set(hidden)
    while (bridge := next(_bridges(gone), None)) is not None:
        gone |= min(
            _circles(bridge, counts),
            key=lambda circle: (sum(counts[cell] for cell in circle - gone), sorted(circle)),
        )
    return frozenset(gone)


def _circles(cell: Cell, counts: Collection[Cell]) -> Iterator[frozenset[Cell]]:
    """Every rectangle of the table with this corner."""
    court, period = cell
    courts = {other for other, _ in counts} - {court}
    periods = {other for _, other in counts} - {period}
    for other, later in product(courts, periods):
        yield frozenset({cell, (court, later), (other, period), (other, later)})


def _bridges(cells: Collection[Cell]) -> Iterator[Cell]:
    """Hidden cells that the shown ones determine."""
    lines: defaultdict[tuple[int, str], set[Cell]] = defaultdict(set)
    for cell in cells:
        lines[_COURT, cell[0]].add(cell)
        lines[_PERIOD, cell[1]].add(cell)
    for cell in sorted(cells):
        goal = (_PERIOD, cell[1])
        seen = {(_COURT, cell[0])}
        waiting = list(seen)
        while waiting and goal not in seen:
            for edge in lines[waiting.pop()] - {cell}:
                for node in ((_COURT, edge[0]), (_PERIOD, edge[1])):
                    if node not in seen:
                        seen.add(node)
                        waiting.append(node)
        if goal not in seen:
            yield cell
