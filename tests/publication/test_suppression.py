"""Small figures are not shown, and no sum of shown ones tells them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publication.suppression import Cell, hide_small
from portal.reference.indicators import LEAST

COURTS = ("a", "b", "c")
MONTHS = ("01", "02", "03")
TOTAL = "sum"


def whole(counts: dict[Cell, int]) -> dict[Cell, int]:
    """A table with its totals of both kinds."""
    table = {(court, month): counts.get((court, month), 50) for court in COURTS for month in MONTHS}
    for court in COURTS:
        table[court, TOTAL] = sum(table[court, month] for month in MONTHS)
    for period in (*MONTHS, TOTAL):
        table[TOTAL, period] = sum(table[court, period] for court in COURTS)
    return table


def determined(table: dict[Cell, int], hidden: frozenset[Cell]) -> set[Cell]:
    """Hidden cells that the sums of a table fix, found by elimination over exact fractions."""
    columns = sorted(hidden)
    lines = [
        [
            Fraction(0 if cell not in line else -1 if TOTAL in cell[axis : axis + 1] else 1)
            for cell in columns
        ]
        for axis, line in _lines(table)
    ]
    rank = 0
    for column in range(len(columns)):
        pivot = next((row for row in range(rank, len(lines)) if lines[row][column]), None)
        if pivot is None:
            continue
        lines[rank], lines[pivot] = lines[pivot], lines[rank]
        lines[rank] = [value / lines[rank][column] for value in lines[rank]]
        for row in range(len(lines)):
            if row != rank and lines[row][column]:
                factor = lines[row][column]
                lines[row] = [a - factor * b for a, b in zip(lines[row], lines[rank], strict=True)]
        rank += 1
    alone = [row for row in lines if sum(bool(value) for value in row) == 1]
    return {cell for row in alone for cell, value in zip(columns, row, strict=True) if value}


def _lines(table: dict[Cell, int]) -> list[tuple[int, set[Cell]]]:
    """Every line and at which place of its cells the word for its total stands."""
    rows = [(1, {cell for cell in table if cell[0] == name}) for name in (*COURTS, TOTAL)]
    return rows + [(0, {cell for cell in table if cell[1] == name}) for name in (*MONTHS, TOTAL)]


def test_large_figures_are_all_shown() -> None:
    assert hide_small(whole({})) == frozenset()


def test_a_small_figure_takes_others_with_it_so_that_no_total_tells_it() -> None:
    table = whole({("a", "01"): 2})
    hidden = hide_small(table)
    assert ("a", "01") in hidden and len(hidden) == 4
    assert determined(table, frozenset({("a", "01")})) == {("a", "01")}
    assert determined(table, hidden) == set()


def test_two_small_ones_in_a_line_are_told_by_their_columns_and_hidden_there() -> None:
    table = whole({("a", "01"): 2, ("a", "02"): 3})
    hidden = hide_small(table)
    assert {("a", "01"), ("a", "02")} < hidden
    assert determined(table, hidden) == set()


def test_what_is_hidden_elsewhere_stays_hidden() -> None:
    assert ("b", "02") in hide_small(whole({}), [("b", "02")])


def test_a_table_of_small_figures_is_hidden_whole() -> None:
    table = {("a", "01"): 1, ("a", TOTAL): 1, (TOTAL, "01"): 1, (TOTAL, TOTAL): 1}
    assert hide_small(table) == frozenset(table)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(COURTS), st.sampled_from(MONTHS)),
        st.integers(0, 12),
        max_size=9,
    )
)
def test_whatever_the_counts_nothing_small_is_seen_or_worked_out(counts: dict[Cell, int]) -> None:
    table = whole(counts)
    hidden = hide_small(table)
    assert {cell for cell, count in table.items() if count < LEAST} <= hidden
    if hidden != frozenset(table):
        assert determined(table, hidden) == set()


@pytest.mark.parametrize("count", [0, 1, LEAST - 1])
def test_below_the_least_nothing_is_shown_not_even_nothing(count: int) -> None:
    assert ("a", "01") in hide_small(whole({("a", "01"): count}))


def test_the_least_itself_is_shown() -> None:
    assert hide_small(whole({("a", "01"): LEAST})) == frozenset()
