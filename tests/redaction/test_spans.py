"""Sets of spans, and candidates made to fit side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redaction.model import Kind
from redaction.overlap import resolve
from redaction.spans import SpanSet
from redaction.view import Candidate

SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda s: (s[0], s[0] + s[1])), max_size=12
)


@given(SPANS, st.integers(0, 45), st.integers(1, 9))
def test_touches_says_what_looking_at_each_span_says(spans, start: int, length: int) -> None:
    end = start + length
    assert SpanSet(spans).touches(start, end) == any(s < end and start < e for s, e in spans)


@given(SPANS)
def test_every_span_of_a_set_is_held_by_it(spans) -> None:
    held = SpanSet(spans)
    assert all(held.holds(start, end) for start, end in spans)


def candidate(start: int, end: int, score: float = 0.9, kind: Kind = Kind.OTHER) -> Candidate:
    return Candidate(kind, start, end, score, "", "test")


@given(SPANS)
def test_resolved_candidates_cover_the_same_and_never_overlap(spans) -> None:
    chosen = resolve([candidate(start, end) for start, end in spans])
    cells = [cell for c in chosen for cell in range(c.start, c.end)]
    assert len(cells) == len(set(cells))
    assert set(cells) == {cell for start, end in spans for cell in range(start, end)}


def test_the_longer_span_wins_and_of_equal_ones_the_surer() -> None:
    (longer,) = resolve([candidate(2, 5, 1.0), candidate(0, 9, 0.5)])
    assert (longer.start, longer.end) == (0, 9)
    (surer,) = resolve([candidate(0, 5, 0.6), candidate(0, 5, 0.9, Kind.ID_NUMBER)])
    assert surer.kind is Kind.ID_NUMBER


def test_the_rest_of_a_partly_covered_span_is_masked_too() -> None:
    first, second = resolve([candidate(0, 6), candidate(4, 8)])
    assert (first.end, second.start, second.end) == (6, 6, 8)
