"""Clauses are matched the same however the posting lists are walked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_index import Document, Kind, WhooshIndex
from search_index.clauses import Clause, Field, Term
from search_index.whoosh_engine import matching
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
    clauses = [Clause(tuple((Term(Field.GRAMS, gram),) for gram in grams)) for grams in asked]
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
