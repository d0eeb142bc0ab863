"""Bars in whole numbers: in proportion, within the drawing, with room for what is unknown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.charts import FIGURES, LABELS, ROW, WIDTH, Point, bar_chart

ROOM = WIDTH - LABELS - FIGURES


def points(*amounts: Decimal | int | None) -> list[Point]:
    return [Point(str(at), amount, str(amount)) for at, amount in enumerate(amounts)]


@pytest.mark.parametrize(
    ("amounts", "full", "lengths"),
    [
        # the largest fills the row where nothing else is said
        ([50, 100], None, [ROOM // 2, ROOM]),
        ([Decimal("50.0"), Decimal("75.0")], 100, [ROOM // 2, ROOM * 3 // 4]),
        # more than full ends at the edge
        ([120], 100, [ROOM]),
        ([0, 0], None, [0, 0]),
        ([None, 10], None, [0, ROOM]),
        ([-3, 10], None, [0, ROOM]),
        ([None], None, [0]),
    ],
)
def test_bars_are_in_proportion(amounts, full, lengths) -> None:
    chart = bar_chart(points(*amounts), full=full)
    assert [bar.length for bar in chart.bars] == lengths
    assert [bar.known for bar in chart.bars] == [amount is not None for amount in amounts]


def test_a_mark_stands_above_the_rows_and_within_the_scale() -> None:
    chart = bar_chart(points(50), full=100, mark=(50, "目标 50%"))
    assert chart.mark is not None
    assert chart.mark.at == LABELS + chart.bars[0].length == LABELS + ROOM // 2
    assert chart.bars[0].top > 0 and chart.height == chart.bars[0].top + ROW


def test_a_mark_beyond_every_bar_stretches_the_scale() -> None:
    chart = bar_chart(points(10), mark=(20, "二十"))
    assert (chart.bars[0].length, chart.mark and chart.mark.at) == (ROOM // 2, LABELS + ROOM)


def test_no_rows_make_an_empty_drawing() -> None:
    assert bar_chart([]).height == 0


@given(st.lists(st.one_of(st.none(), st.integers(-10, 10**15)), max_size=40))
def test_nothing_leaves_the_drawing(amounts: list[int | None]) -> None:
    chart = bar_chart(points(*amounts))
    for bar in chart.bars:
        assert 0 <= bar.length <= ROOM
        assert bar.top >= 0 and bar.top + ROW <= chart.height
