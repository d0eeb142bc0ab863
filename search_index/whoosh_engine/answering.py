"""Answers a query from one snapshot: case number first, then near numbers, then text."""

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from search_index.documents import Document, Kind
from search_index.errors import QueryTooShort
from search_index.folding import fold
from search_index.grams import Word, query_words, whole
from search_index.queries import MAX_TEXT, Hit, Page, Query
from search_index.snippets import cut, mark
from search_index.whoosh_engine import matching
from search_index.whoosh_engine.matching import Clause, Scores, Term
from search_index.whoosh_engine.schema import (
    CASE_KEYS,
    COURT,
    GRAMS,
    NEAR_KEYS,
    RUNS,
    STATUS,
    WHOLES,
    from_data,
    kind_code,
    kind_of,
)
from search_index.whoosh_engine.snapshots import Leaf, Snapshot

RERANKED = 50
"""So many of the best hits are looked at closely to put literal matches first."""
_WHOLE_BONUS, _LITERAL_BONUS, _BODY_BONUS = 30.0, 10.0, 2.0
# A long question is also answered by documents that hold most of it.
_LOOSE_FROM, _LOOSE_SHARE, _LOOSE_FREQUENCY = 4, 0.6, 20_000

Found = list[tuple[Leaf, Scores]]


@dataclass(frozen=True)
class _Ranked:
    score: float
    document: Document


def answer(snapshot: Snapshot, query: Query) -> Page:
    """Find, count, rank and cut out the page asked for.

    Raises:
        QueryTooShort: when there is nothing to look up.
    """
    words = query_words(query.text[:MAX_TEXT])
    if not words and not query.case_key:
        raise QueryTooShort
    exact_keys = [Term(CASE_KEYS, query.case_key)] if query.case_key else []
    found = _holding(snapshot, exact_keys)
    if found:
        return _page(query, words, _narrowed(query, found), exact=True)
    near_keys = [Term(NEAR_KEYS, key) for key in query.near_keys]
    found = _narrowed(query, _holding(snapshot, near_keys))
    if _any(found):
        return _page(query, words, found, near=True)
    found = _text(snapshot, query, words)
    if _any(found):
        return _page(query, words, found)
    return _page(query, words, _loosely(snapshot, query, words), near=True)


def _filters(query: Query) -> list[Clause]:
    wanted = [(COURT, query.court), (STATUS, query.status)]
    return [Clause(((Term(field, value),),)) for field, value in wanted if value]


def _holding(snapshot: Snapshot, terms: Sequence[Term]) -> Found:
    """Documents that hold any of the terms, in the segments that have some."""
    return [
        (leaf, scores)
        for leaf in snapshot.leaves
        if (scores := matching.match_any(leaf.reader, terms))
    ]


def _narrowed(query: Query, found: Found) -> Found:
    filters = _filters(query)
    return [(leaf, matching.match(leaf.reader, filters, scores)) for leaf, scores in found]


def _text(snapshot: Snapshot, query: Query, words: Sequence[Word]) -> Found:
    if not words:
        return []
    clauses = [*matching.clauses_for(words, snapshot.reader), *_filters(query)]
    exact = Term(WHOLES, whole(query.text[:MAX_TEXT]))
    found = []
    for leaf in snapshot.leaves:
        scores = matching.match(leaf.reader, clauses)
        if scores:
            for number in matching.match_any(leaf.reader, [exact]):
                if number in scores:
                    scores[number] += _WHOLE_BONUS
            found.append((leaf, scores))
    return found


def _loosely(snapshot: Snapshot, query: Query, words: Sequence[Word]) -> Found:
    terms = {Term(GRAMS, gram) for word in words for gram in word.grams()}
    terms |= {Term(RUNS, run.text) for word in words for run in word.runs()}
    if len(terms) < _LOOSE_FROM:
        return []
    needed = math.ceil(len(terms) * _LOOSE_SHARE)
    sizes = {term: matching.frequency(snapshot.reader, term) for term in terms}
    usable = [term for term, size in sizes.items() if 0 < size <= _LOOSE_FREQUENCY]
    found = [
        (leaf, {number: count for number, count in counted.items() if count >= needed})
        for leaf, counted in _holding(snapshot, usable)
    ]
    return _narrowed(query, found)


def _any(found: Found) -> bool:
    return any(scores for _, scores in found)


def _page(
    query: Query, words: Sequence[Word], found: Found, exact: bool = False, near: bool = False
) -> Page:
    counts: Counter[int] = Counter()
    wanted = None if query.kind is None else kind_code(query.kind)
    first = query.date_from.toordinal() if query.date_from else None
    last = query.date_to.toordinal() if query.date_to else None
    dated = first is not None or last is not None
    # Leaves and numbers in the tuples make the order of equal scores the same on every page.
    candidates: list[tuple[float, int, int]] = []
    for index, (leaf, scores) in enumerate(found):
        for number, score in scores.items():
            if dated and not _within(leaf.days[number], first, last):
                continue
            code = leaf.kinds[number]
            counts[code] += 1
            if wanted is None or code == wanted:
                candidates.append((score, index, number))
    start = (query.page - 1) * query.page_size
    end = start + query.page_size
    best = heapq.nlargest(max(end, RERANKED), candidates)
    closely = [_read(found, candidate) for candidate in best[:RERANKED]] if start < RERANKED else []
    ranked = _by_kind(closely) if exact else _literal_first(closely, words)
    ranked = ranked[start:end]
    ranked += [_read(found, candidate) for candidate in best[max(start, RERANKED) : end]]
    return Page(
        hits=tuple(_hit(entry, words) for entry in ranked),
        total=len(candidates),
        page=query.page,
        page_size=query.page_size,
        exact=exact,
        near=near and bool(counts),
        counts_by_kind=MappingProxyType({kind_of(code): n for code, n in sorted(counts.items())}),
    )


def _within(day: int, first: int | None, last: int | None) -> bool:
    return day > 0 and (first is None or first <= day) and (last is None or day <= last)


def _read(found: Found, candidate: tuple[float, int, int]) -> _Ranked:
    score, index, number = candidate
    return _Ranked(score, from_data(found[index][0].data[number]))


def _by_kind(entries: Iterable[_Ranked]) -> list[_Ranked]:
    """The case itself before the lists and auctions that carry its number; newest first."""
    return sorted(entries, key=_order)


def _literal_first(entries: Iterable[_Ranked], words: Sequence[Word]) -> list[_Ranked]:
    lifted = [_Ranked(e.score + _literal(e.document, words), e.document) for e in entries]
    return sorted(lifted, key=lambda e: (-e.score, *_order(e)))


def _literal(document: Document, words: Sequence[Word]) -> float:
    """Reward words that stand in the document as they were typed, not only in pairs."""
    heads = [fold(text) for text in (document.title, *document.names)]
    bonus = 0.0
    for word in words:
        if any(word.text in head for head in heads):
            bonus += _LITERAL_BONUS
        elif word.text in document.body:
            bonus += _BODY_BONUS
    return bonus


def _order(entry: _Ranked) -> tuple[int, int, str]:
    """Order of equals: by kind, the newest first."""
    document = entry.document
    day = document.date.toordinal() if document.date else 0
    return kind_code(document.kind), -day, document.id


def _hit(entry: _Ranked, words: Sequence[Word]) -> Hit:
    document = entry.document
    return Hit(
        kind=Kind(document.kind),
        id=document.id,
        title=document.title,
        url=document.url,
        title_segments=mark(document.title, words),
        snippet=cut(document.body, words),
        court=document.court,
        date=document.date,
        status=document.status,
        score=entry.score,
    )
