"""Clauses are matched the same however the posting lists are walked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_index import Document, Kind, Query, WhooshIndex
from search_index.whoosh_engine import matching
from search_index.whoosh_engine.matching import Clause, Term
from search_index.whoosh_engine.schema import GRAMS
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
)
def test_probing_and_reading_agree_with_the_definition(
    whoosh: WhooshIndex,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    titles: list[str],
    asked: list[list[str]],
) -> None:
    whoosh.rebuild(
        [Document(Kind.STORY, str(n), title, f"/{n}") for n, title in enumerate(titles)], 1
    )
    clauses = [Clause(tuple((Term(GRAMS, gram),) for gram in grams)) for grams in asked]
    expected = {
        number
        for number, title in enumerate(titles)
        if all(any(gram in title for gram in grams) for grams in asked)
    }
    snapshot = open_snapshot(tmp_path / "index")
    results = []
    for cost in (0, 10**6):
        monkeypatch.setattr(matching, "_PROBE_COST", cost)
        results.append(matching.match(snapshot.leaves[0].reader, clauses))
    snapshot.close()
    assert set(results[0]) == expected
    assert results[0] == results[1]


def test_a_prefix_is_not_expanded_without_end(
    whoosh: WhooshIndex, make: Make, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(whoosh, *(make(id=str(n), title=f"CODE{n:03}") for n in range(20)))
    assert whoosh.search(Query(text="code0")).total == 20
    assert whoosh.search(Query(text="code01")).total == 10
    assert whoosh.search(Query(text="co")).total == 0, "two letters are no prefix yet"
    monkeypatch.setattr(matching, "MAX_EXPANSIONS", 5)
    assert whoosh.search(Query(text="code0")).total == 5
    assert whoosh.search(Query(text="code019")).total == 1, "the exact run is always found"
