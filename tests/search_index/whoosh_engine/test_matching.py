"""Clauses are matched the same however the segment is gone through."""

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_index import Change, Document, Kind, WhooshIndex
from search_index.clauses import Clause, Field, Term
from search_index.whoosh_engine import matching, writing
from search_index.whoosh_engine.schema import keys_of
from search_index.whoosh_engine.snapshots import open_snapshot

Fill = Callable[..., int]
Make = Callable[..., Document]


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    titles=st.lists(st.text("甲乙丙丁", min_size=2, max_size=6), min_size=1, max_size=30),
    asked=st.lists(
        st.lists(st.text("甲乙丙丁", min_size=2, max_size=2), min_size=1, max_size=2),
        min_size=1,
        max_size=3,
    ),
    gone=st.sets(st.integers(0, 29), max_size=12),
)
def test_windows_ways_of_intersecting_and_erased_documents_change_nothing(
    whoosh: WhooshIndex,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    titles: list[str],
    asked: list[list[str]],
    gone: set[int],
) -> None:
    whoosh.rebuild(
        [Document(Kind.STORY, str(n), title, f"/{n}") for n, title in enumerate(titles)], 1
    )
    clauses = [Clause(tuple((Term(Field.GRAMS, gram),) for gram in grams)) for grams in asked]
    expected = {
        number
        for number, title in enumerate(titles)
        if number not in gone and all(any(gram in title for gram in grams) for grams in asked)
    }
    with monkeypatch.context() as patched:
        # Otherwise so small a segment would be rewritten.
        patched.setattr(writing, "MERGED_IN_PASSING", 0)
        whoosh.apply([Change(2, Kind.STORY, str(number), None) for number in gone])
    snapshot = open_snapshot(tmp_path / "index")
    expected_scores = None
    for window, wide in product((1, 3, 10**6), (0, 10**6)):
        monkeypatch.setattr(matching, "_IN_A_WINDOW", window)
        monkeypatch.setattr(matching, "_WIDE", wide)
        monkeypatch.setattr(matching, "_LONG", wide)
        found = [
            (number, steps)
            for leaf in snapshot.leaves
            for scores in matching.match(leaf, clauses)
            for number, steps in zip(*scores, strict=True)
        ]
        assert [number for number, _ in found] == sorted(expected)
        assert not found or min(steps for _, steps in found) > 0
        expected_scores = expected_scores or found
        assert found == expected_scores
    texts = list(whoosh.stored())
    assert len(texts) == sum(number not in gone for number in range(len(titles)))
    assert sorted(whoosh.terms()) == sorted(
        key[2:].decode()
        for key in {
            key
            for number, title in enumerate(titles)
            if number not in gone
            for key, _ in keys_of(Document(Kind.STORY, str(number), title, f"/{number}"))
        }
    )
