"""Answers a query from one snapshot: case number first, then near numbers, then text."""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from search_index.clauses import (
    LOOSE_FREQUENCY,
    Clause,
    Field,
    Term,
    clauses_for,
    loosely,
)
from search_index.errors import QueryTooShort
from search_index.grams import Word, query_words, whole
from search_index.queries import MAX_TEXT, MOST_COUNTED, Page, Query
from search_index.ranking import (
    RERANKED,
    WHOLE_BONUS,
    Candidate,
    in_order,
    kind_code,
    kind_of,
    looks_closely,
    to_hit,
)
from search_index.storing import from_json
from search_index.whoosh_engine import matching
from search_index.whoosh_engine.matching import Scores
from search_index.whoosh_engine.snapshots import Leaf, Snapshot

Found = Iterable[tuple[Leaf, Scores]]


@dataclass
class _Collected:
    """What fits all filters, until there is more than anybody will look through."""

    candidates: list[tuple[float, int, int]] = field(default_factory=list)
    """Score, place in `leaves`, number in the leaf: equal scores have one order on every page."""
    leaves: list[Leaf] = field(default_factory=list)
    counts: Counter[int] = field(default_factory=Counter)
    capped: bool = False

    def read(self, candidate: tuple[float, int, int]) -> Candidate:
        score, place, number = candidate
        return Candidate(score, from_json(self.leaves[place].data[number]))


def answer(snapshot: Snapshot, query: Query) -> Page:
    """Find, count, rank and cut out the page asked for.

    Raises:
        QueryTooShort: when there is nothing to look up.
    """
    words = query_words(query.text[:MAX_TEXT])
    if not words and not query.case_key:
        raise QueryTooShort
    exact_keys = [Term(Field.CASE_KEYS, query.case_key)] if query.case_key else []
    found = list(_holding(snapshot, exact_keys))
    if found:
        return _page(query, words, _collect(query, _narrowed(query, found)), exact=True)
    near_keys = [Term(Field.NEAR_KEYS, key) for key in query.near_keys]
    collected = _collect(query, _narrowed(query, _holding(snapshot, near_keys)))
    if collected.counts:
        return _page(query, words, collected, near=True)
    collected = _collect(query, _text(snapshot, query, words))
    if collected.counts:
        return _page(query, words, collected)
    return _page(query, words, _collect(query, _loosely(snapshot, query, words)), near=True)


def _filters(query: Query) -> list[Clause]:
    wanted = [(Field.COURT, query.court), (Field.STATUS, query.status)]
    return [Clause(((Term(field, value),),)) for field, value in wanted if value]


def _holding(snapshot: Snapshot, terms: Sequence[Term]) -> Iterator[tuple[Leaf, Scores]]:
    """Documents that hold any of the terms, in the segments that have some."""
    for leaf in snapshot.leaves:
        if scores := matching.match_any(leaf.reader, terms):
            yield leaf, scores


def _narrowed(query: Query, found: Found) -> Iterator[tuple[Leaf, Scores]]:
    filters = _filters(query)
    for leaf, scores in found:
        yield leaf, matching.match(leaf.reader, filters, scores)


def _text(snapshot: Snapshot, query: Query, words: Sequence[Word]) -> Iterator[tuple[Leaf, Scores]]:
    """Documents that hold the words; those whose name or title is the text before all others.

    Whoever stops reading has therefore seen the best of a common name.
    """
    if not words:
        return
    clauses = [*clauses_for(words), *_filters(query)]
    is_the_text = [Term(Field.WHOLES, whole(query.text[:MAX_TEXT]))]
    named: dict[int, Scores] = {}
    for place, leaf in enumerate(snapshot.leaves):
        if wholes := matching.match_any(leaf.reader, is_the_text):
            wholes = dict.fromkeys(wholes, WHOLE_BONUS)
            named[place] = matching.match(leaf.reader, clauses, wholes)
            yield leaf, named[place]
    for place, leaf in enumerate(snapshot.leaves):
        scores = matching.match(leaf.reader, clauses)
        for number in named.get(place, ()):
            del scores[number]
        yield leaf, scores


def _loosely(
    snapshot: Snapshot, query: Query, words: Sequence[Word]
) -> Iterator[tuple[Leaf, Scores]]:
    asked = loosely(words)
    if asked is None:
        return
    sizes = {term: matching.frequency(snapshot.reader, term) for term in asked.terms}
    usable = [term for term, size in sizes.items() if 0 < size <= LOOSE_FREQUENCY]
    if len(usable) < asked.needed:
        return
    found = (
        (leaf, {number: count for number, count in counted.items() if count >= asked.needed})
        for leaf, counted in _holding(snapshot, usable)
    )
    yield from _narrowed(query, found)


def _collect(query: Query, found: Found) -> _Collected:
    """Filter and count, and stop when the page and the count are settled."""
    collected = _Collected()
    wanted = None if query.kind is None else kind_code(query.kind)
    first = query.date_from.toordinal() if query.date_from else None
    last = query.date_to.toordinal() if query.date_to else None
    dated = first is not None or last is not None
    for place, (leaf, scores) in enumerate(found):
        collected.leaves.append(leaf)
        for number, score in scores.items():
            if dated and not _within(leaf.days[number], first, last):
                continue
            code = leaf.kinds[number]
            collected.counts[code] += 1
            if wanted is None or code == wanted:
                collected.candidates.append((score, place, number))
        if len(collected.candidates) > MOST_COUNTED:
            collected.capped = True
            break
    return collected


def _page(
    query: Query,
    words: Sequence[Word],
    collected: _Collected,
    exact: bool = False,
    near: bool = False,
) -> Page:
    start = (query.page - 1) * query.page_size
    end = min(start + query.page_size, MOST_COUNTED)
    best = heapq.nlargest(max(end, RERANKED), collected.candidates)
    ranked: list[Candidate] = []
    if looks_closely(query):
        closely = map(collected.read, best[:RERANKED])
        ranked = in_order(closely, words, exact)[start:end]
    ranked += map(collected.read, best[max(start, RERANKED) : end])
    counts = {kind_of(code): min(n, MOST_COUNTED) for code, n in sorted(collected.counts.items())}
    return Page(
        hits=tuple(to_hit(candidate, words) for candidate in ranked),
        total=min(len(collected.candidates), MOST_COUNTED),
        page=query.page,
        page_size=query.page_size,
        capped=collected.capped,
        exact=exact,
        near=near and bool(counts),
        counts_by_kind=MappingProxyType(counts),
    )


def _within(day: int, first: int | None, last: int | None) -> bool:
    return day > 0 and (first is None or first <= day) and (last is None or day <= last)
