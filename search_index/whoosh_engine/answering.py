"""Answers a query from one snapshot: case number first, then near numbers, then text."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from search_index.clauses import (
    LOOSE_FREQUENCY,
    Clause,
    Field,
    Term,
    clauses_for,
    loosely,
)
from search_index.documents import Document, Kind
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
    to_hits,
)
from search_index.whoosh_engine.document_file import DocumentFile
from search_index.whoosh_engine.matching import Scores, among, match, match_any, without
from search_index.whoosh_engine.posting_file import Numbers
from search_index.whoosh_engine.schema import from_steps, key_of, to_steps
from search_index.whoosh_engine.segments import Leaf
from search_index.whoosh_engine.snapshots import Snapshot

Found = Iterable[tuple[Leaf, Scores]]
_WHOLE_STEPS = to_steps(WHOLE_BONUS)
# A rank is a score above a place among the segments above a number in the segment.
_NUMBER_BITS, _RANK_BITS = 32, 48
_NUMBER_MASK, _PLACE_MASK = 2**32 - 1, 2**16 - 1


@dataclass
class _Collected:
    """What fits all filters, until there is more than anybody will look through."""

    leaves: list[Leaf] = field(default_factory=list)
    ranks: list[NDArray[np.int64]] = field(default_factory=list)
    """Score in steps, place in `leaves` and number in the leaf, in one number each: equal scores
    have one order on every page."""
    total: int = 0
    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(len(Kind), np.int64))
    """By `kind_code`."""
    capped: bool = False

    def best(self, count: int) -> list[int]:
        """The highest ranks."""
        if not self.ranks:
            return []
        ranks = np.concatenate(self.ranks)
        if count < len(ranks):
            ranks = np.partition(ranks, -count)[-count:]
        best: list[int] = np.sort(ranks)[::-1].tolist()
        return best

    def read(self, rank: int) -> Candidate:
        place, number = rank >> _NUMBER_BITS & _PLACE_MASK, rank & _NUMBER_MASK
        return _Kept(rank >> _RANK_BITS, self.leaves[place].files.documents, number)


class _Kept:
    """A candidate of which no more is read than is asked for."""

    __slots__ = ("_documents", "_number", "day", "kind", "score")

    def __init__(self, steps: int, documents: DocumentFile, number: int) -> None:
        self._documents, self._number = documents, number
        self.score = from_steps(steps)
        self.kind, self.day = int(documents.kinds[number]), int(documents.days[number])

    def in_head(self, text: str) -> bool:
        return self._documents.in_head(self._number, text)

    def in_body(self, text: str) -> bool:
        return self._documents.in_body(self._number, text)

    def document(self) -> Document | None:
        return self._documents.document(self._number)


def answer(snapshot: Snapshot, query: Query) -> Page:
    """Find, count, rank and cut out the page asked for.

    Raises:
        QueryTooShort: when there is nothing to look up.
    """
    words = query_words(query.text[:MAX_TEXT])
    if not words and not query.case_key:
        raise QueryTooShort
    if query.case_key:
        found = list(_holding(snapshot, [Term(Field.CASE_KEYS, query.case_key)]))
        if found:
            return _page(query, words, _collect(query, _narrowed(query, found)), exact=True)
    if query.near_keys:
        near_keys = [Term(Field.NEAR_KEYS, key) for key in query.near_keys]
        collected = _collect(query, _narrowed(query, _holding(snapshot, near_keys)))
        if collected.counts.any():
            return _page(query, words, collected, near=True)
    if words:
        collected = _collect_text(snapshot, query, words)
        if collected.counts.any():
            return _page(query, words, collected)
    return _page(query, words, _collect(query, _loosely(snapshot, query, words)), near=True)


def _filters(query: Query) -> list[Clause]:
    wanted = [(Field.COURT, query.court), (Field.STATUS, query.status)]
    return [Clause(((Term(field, value),),)) for field, value in wanted if value]


def _holding(snapshot: Snapshot, terms: Sequence[Term]) -> Iterator[tuple[Leaf, Scores]]:
    """Documents that hold any of the terms, in the segments that have some."""
    for leaf in snapshot.leaves:
        numbers, counts = match_any(leaf, terms)
        if len(numbers):
            yield leaf, (numbers, counts * np.int32(to_steps(1.0)))


def _narrowed(query: Query, found: Found) -> Iterator[tuple[Leaf, Scores]]:
    filters = _filters(query)
    for leaf, scores in found:
        yield leaf, among(leaf, filters, scores)


def _collect_text(snapshot: Snapshot, query: Query, words: Sequence[Word]) -> _Collected:
    """Collect what holds the words.

    Where counting ends before every document of the kind that is wanted was met, those are asked
    for by themselves: they may be rare among what there is.
    """
    if query.kind is None:
        return _collect(query, _text(snapshot, query, words))
    everything = replace(query, kind=None)
    collected = _collect(everything, _text(snapshot, everything, words))
    if collected.capped:
        of_kind = _collect(query, _text(snapshot, query, words))
        collected.counts[kind_code(query.kind)] = of_kind.total
        of_kind.counts = collected.counts
        return of_kind
    return _of_kind(collected, query.kind)


def _of_kind(collected: _Collected, kind: Kind) -> _Collected:
    """Keep one kind of what was collected, but the counts of all."""
    code = kind_code(kind)
    ranks = [rank for rank in collected.best(collected.total) if collected.read(rank).kind == code]
    return replace(collected, ranks=[np.array(ranks, np.int64)], total=len(ranks))


def _text(snapshot: Snapshot, query: Query, words: Sequence[Word]) -> Iterator[tuple[Leaf, Scores]]:
    """Documents that hold the words; those whose name or title is the text before all others.

    Whoever stops reading has therefore seen the best of a common name.
    """
    clauses = [*clauses_for(words), *_filters(query)]
    if query.kind:
        clauses.append(Clause(((Term(Field.KIND, query.kind.value),),)))
    is_the_text = Clause(((Term(Field.WHOLES, whole(query.text[:MAX_TEXT])),),))
    named: list[list[Numbers]] = []
    for leaf in snapshot.leaves:
        named.append([])
        for numbers, steps in match(leaf, [is_the_text, *clauses]):
            named[-1].append(numbers)
            yield leaf, (numbers, steps + np.int32(_WHOLE_STEPS))
    for leaf, known in zip(snapshot.leaves, named, strict=True):
        for scores in match(leaf, clauses):
            yield leaf, without(scores, np.concatenate(known)) if known else scores


def _loosely(
    snapshot: Snapshot, query: Query, words: Sequence[Word]
) -> Iterator[tuple[Leaf, Scores]]:
    asked = loosely(words)
    if asked is None:
        return
    keys = {term: key_of(term.field, term.text) for term in asked.terms}
    sizes = {term: sum(leaf.count(key) for leaf in snapshot.leaves) for term, key in keys.items()}
    usable = [term for term, size in sizes.items() if 0 < size <= LOOSE_FREQUENCY]
    if len(usable) < asked.needed:
        return
    enough = to_steps(asked.needed)
    found = (
        (leaf, (numbers[steps >= enough], steps[steps >= enough]))
        for leaf, (numbers, steps) in _holding(snapshot, usable)
    )
    yield from _narrowed(query, found)


def _collect(query: Query, found: Found) -> _Collected:
    """Filter and count, and stop when the page and the count are settled."""
    collected = _Collected()
    for leaf, (numbers, steps) in found:
        if not collected.leaves or collected.leaves[-1] is not leaf:
            collected.leaves.append(leaf)
        documents = leaf.files.documents
        if query.date_from or query.date_to:
            kept = _within(documents.days[numbers], query.date_from, query.date_to)
            numbers, steps = numbers[kept], steps[kept]
        kinds = documents.kinds[numbers]
        collected.counts += np.bincount(kinds, minlength=len(Kind))
        if query.kind:
            kept = kinds == kind_code(query.kind)
            numbers, steps = numbers[kept], steps[kept]
        place = len(collected.leaves) - 1
        ranks = steps.astype(np.int64) << _RANK_BITS | place << _NUMBER_BITS | numbers
        collected.ranks.append(ranks)
        collected.total += len(ranks)
        if collected.total > MOST_COUNTED:
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
    best = collected.best(max(end, RERANKED))
    ranked: list[Candidate] = []
    if looks_closely(query):
        closely = map(collected.read, best[:RERANKED])
        ranked = in_order(closely, words, exact)[start:end]
    ranked += map(collected.read, best[max(start, RERANKED) : end])
    counts = {
        kind_of(code): min(count, MOST_COUNTED)
        for code, count in enumerate(collected.counts.tolist())
        if count
    }
    return Page(
        hits=tuple(to_hits(ranked, words)),
        total=min(collected.total, MOST_COUNTED),
        page=query.page,
        page_size=query.page_size,
        capped=collected.capped,
        exact=exact,
        near=near and bool(counts),
        counts_by_kind=MappingProxyType(counts),
    )


def _within(
    days: NDArray[np.uint32], first: dt.date | None, last: dt.date | None
) -> NDArray[np.bool_]:
    kept = days > 0
    if first:
        kept &= days >= first.toordinal()
    if last:
        kept &= days <= last.toordinal()
    return kept
