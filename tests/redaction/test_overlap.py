"""Candidates made to fit side by side, nothing private left between."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from redaction.model import Kind
from redaction.overlap import resolve
from redaction.view import MASK, Candidate

KINDS = st.sampled_from([Kind.OTHER, Kind.PHONE, Kind.ID_NUMBER])
CANDIDATES = st.lists(
    st.builds(
        lambda start, size, score, kind: candidate(start, start + size, score, kind),
        st.integers(0, 40),
        st.integers(1, 9),
        st.sampled_from([0.5, 0.9, 1.0]),
        KINDS,
    ),
    max_size=12,
)


def candidate(
    start: int, end: int, score: float = 0.9, kind: Kind = Kind.OTHER, replacement: str = MASK
) -> Candidate:
    return Candidate(kind, start, end, score, "", "test", replacement)


@given(CANDIDATES)
def test_resolved_candidates_cover_the_same_and_never_overlap(candidates) -> None:
    chosen = resolve(candidates)
    assert all(before.end <= after.start for before, after in pairwise(chosen))
    assert {cell for c in chosen for cell in range(c.start, c.end)} == {
        cell for c in candidates for cell in range(c.start, c.end)
    }


@given(CANDIDATES)
def test_every_piece_comes_from_a_candidate_that_covers_it(candidates) -> None:
    for piece in resolve(candidates):
        assert any(
            c.start <= piece.start
            and piece.end <= c.end
            and (c.kind, c.score) == (piece.kind, piece.score)
            for c in candidates
        )


@given(CANDIDATES)
def test_resolving_twice_changes_nothing(candidates) -> None:
    chosen = resolve(candidates)
    assert resolve(chosen) == chosen


def test_the_longer_span_wins_and_of_equal_ones_the_surer() -> None:
    (longer,) = resolve([candidate(2, 5, 1.0), candidate(0, 9, 0.5)])
    assert (longer.start, longer.end) == (0, 9)
    (surer,) = resolve([candidate(0, 5, 0.6), candidate(0, 5, 0.9, Kind.ID_NUMBER)])
    assert surer.kind is Kind.ID_NUMBER


def test_of_overlapping_spans_the_longer_is_whole_and_the_other_cut() -> None:
    cut, whole = resolve([candidate(0, 4, 1.0, Kind.PHONE), candidate(2, 9, 0.5)])
    assert (cut.start, cut.end, cut.kind) == (0, 2, Kind.PHONE)
    assert (whole.start, whole.end, whole.kind) == (2, 9, Kind.OTHER)


def test_of_equally_long_ones_the_surer_is_whole_then_the_first() -> None:
    _, surer = resolve([candidate(0, 4, 0.5), candidate(2, 6, 0.9)])
    assert (surer.start, surer.end) == (2, 6)
    first, _ = resolve([candidate(2, 6), candidate(0, 4)])
    assert (first.start, first.end) == (0, 4)


def test_what_is_left_of_a_name_on_both_sides_is_masked_without_its_pseudonym() -> None:
    left, middle, right = resolve(
        [candidate(10, 15, replacement="张某"), candidate(4, 11), candidate(14, 21)]
    )
    assert [(c.start, c.end) for c in (left, middle, right)] == [(4, 11), (11, 14), (14, 21)]
    assert middle.replacement == MASK


def test_spans_that_only_touch_keep_their_replacements() -> None:
    names = [candidate(0, 3, replacement="张某"), candidate(3, 6, replacement="王某")]
    assert resolve(reversed(names)) == names
