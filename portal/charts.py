"""The geometry of bar charts: whole numbers for an SVG that the server draws.

One bar a row, its label before it and its figure behind it, so that a chart can be read on a
narrow screen and any number of rows fits. components/chart.html draws it; the page always has
a table with the same figures beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

WIDTH = 360
"""Units of the drawing; at the usual size of text one is about a pixel."""
ROW = 26
LABELS = 104
FIGURES = 72
_BAR_ROOM = WIDTH - LABELS - FIGURES
_TOP = 22


@dataclass(frozen=True)
class Point:
    """One bar to be: ``amount`` is None where there is no figure, and ``words`` then say why."""

    label: str
    amount: Decimal | int | None
    words: str


@dataclass(frozen=True)
class Bar:
    """One bar: where its row begins, how long it is, and what is written in the row."""

    top: int
    length: int
    label: str
    words: str
    known: bool


@dataclass(frozen=True)
class Mark:
    """A line across all bars at a value that is aimed at."""

    at: int
    words: str


@dataclass(frozen=True)
class Chart:
    """A drawing of WIDTH by ``height`` units."""

    bars: tuple[Bar, ...]
    height: int
    mark: Mark | None = None
    width: int = WIDTH
    left: int = LABELS
    top: int = 0


def bar_chart(
    points: Sequence[Point],
    *,
    full: Decimal | int | None = None,
    mark: tuple[Decimal | int, str] | None = None,
) -> Chart:
    """Lay out the bars; ``full`` is the amount that fills the row, else the largest one does.

    ``mark`` is an amount and what it is called. What is larger than ``full`` ends at the edge.
    """
    amounts = [point.amount for point in points if point.amount is not None]
    whole = full if full is not None else max([*amounts, *([mark[0]] if mark else [])], default=0)
    top = _TOP if mark else 0
    bars = tuple(
        Bar(
            top + number * ROW,
            0 if point.amount is None else _length(point.amount, whole),
            point.label,
            point.words,
            point.amount is not None,
        )
        for number, point in enumerate(points)
    )
    height = top + len(bars) * ROW
    line = Mark(LABELS + _length(mark[0], whole), mark[1]) if mark else None
    return Chart(bars, height, line, top=top)


def _length(amount: Decimal | int, whole: Decimal | int) -> int:
    if whole <= 0 or amount <= 0:
        return 0
    share = min(Decimal(amount) / Decimal(whole), Decimal(1))
    return int((share * _BAR_ROOM).to_integral_value(ROUND_HALF_UP))
