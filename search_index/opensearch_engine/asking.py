"""Turns a query into requests and their answers into a page.

The steps of an answer (case number, near numbers, text) go out together in one round trip; the
first that holds something is taken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from search_index.clauses import Clause, Field, Loosely, Term, clauses_for
from search_index.documents import Document
from search_index.grams import Word, whole
from search_index.opensearch_engine.mapping import DATA, DAY, KIND, WEIGHTED
from search_index.queries import MAX_TEXT, MOST_COUNTED, Page, Query
from search_index.ranking import (
    RERANKED,
    WHOLE_BONUS,
    Candidate,
    day_of,
    head_of,
    in_order,
    kind_code,
    kind_of,
    looks_closely,
    to_hits,
)
from search_index.storing import from_json

Body = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One way to answer, and what its answer is called."""

    body: Body
    exact: bool = False
    near: bool = False


class Sent:
    """A candidate whose document came with the answer."""

    def __init__(self, score: float, document: Document) -> None:
        self.score = score
        self.kind = kind_code(document.kind)
        self.day = day_of(document)
        self._document = document

    def in_head(self, text: str) -> bool:
        return text in head_of(self._document)

    def in_body(self, text: str) -> bool:
        return text in self._document.body

    def document(self) -> Document:
        return self._document


def steps(query: Query, words: Sequence[Word]) -> Iterator[Step]:
    """Give the ways to answer a query, the best first."""
    if query.case_key:
        yield Step(_body(query, {"term": {Field.CASE_KEYS: query.case_key}}, 0), exact=True)
    if query.near_keys:
        keys = [_counted(Term(Field.NEAR_KEYS, key)) for key in query.near_keys]
        yield Step(_body(query, {"bool": {"should": keys}}), near=True)
    if words:
        named: Body = {"term": {Field.WHOLES: whole(query.text[:MAX_TEXT])}}
        asked: Body = {
            "must": [_clause(clause) for clause in clauses_for(words)],
            "should": [{"constant_score": {"filter": named, "boost": WHOLE_BONUS}}],
        }
        yield Step(_body(query, {"bool": asked}))


def loose_step(query: Query, asked: Loosely, usable: Sequence[Term]) -> Step:
    """Ask for most of a text."""
    most: Body = {
        "should": [_counted(term) for term in usable],
        "minimum_should_match": asked.needed,
    }
    return Step(_body(query, {"bool": most}), near=True)


def frequencies_body(terms: Sequence[Term]) -> Body:
    """Ask how many documents hold each of the terms."""
    named = {str(place): _term(term) for place, term in enumerate(terms)}
    return {"size": 0, "aggs": {"held": {"filters": {"filters": named}}}}


def read_frequencies(answer: Body, terms: Sequence[Term]) -> dict[Term, int]:
    """Read the answer to `frequencies_body`."""
    buckets = answer["aggregations"]["held"]["buckets"]
    return {term: buckets[str(place)]["doc_count"] for place, term in enumerate(terms)}


def holds_something(step: Step, answer: Body) -> bool:
    """Whether this is the answer. A case number that exists is, even where a filter hides it."""
    if step.exact:
        return bool(answer["aggregations"]["all"]["doc_count"])
    return bool(answer["aggregations"]["fitting"]["doc_count"])


def to_page(query: Query, words: Sequence[Word], step: Step, answer: Body) -> Page:
    """Rank what came back and cut out the page asked for."""
    counts = {
        kind_of(bucket["key"]): bucket["doc_count"]
        for bucket in answer["aggregations"]["fitting"]["kinds"]["buckets"]
    }
    found = counts.get(query.kind, 0) if query.kind else sum(counts.values())
    candidates: list[Candidate] = [
        Sent(hit["_score"] or 0.0, from_json(hit["_source"][DATA]))
        for hit in answer["hits"]["hits"]
    ]
    start, end = _range(query)
    if looks_closely(query):
        closely = in_order(candidates[:RERANKED], words, step.exact)
        candidates = [*closely, *candidates[RERANKED:]][start:end]
    return Page(
        hits=tuple(to_hits(candidates, words)),
        total=min(found, MOST_COUNTED),
        page=query.page,
        page_size=query.page_size,
        capped=found > MOST_COUNTED,
        exact=step.exact,
        near=step.near and bool(counts),
        counts_by_kind=MappingProxyType(
            {kind: min(counts[kind], MOST_COUNTED) for kind in sorted(counts, key=kind_code)}
        ),
    )


def _body(query: Query, asked: Body, score: float | None = None) -> Body:
    """Ask, count by kind without the filter by kind, and fetch what the page needs."""
    start, end = _range(query)
    first = 0 if looks_closely(query) else start
    if score is not None:
        asked = {"constant_score": {"filter": asked, "boost": score}} if score else asked
    filters = list(_filters(query))
    by_kind = [{"term": {KIND: kind_code(query.kind)}}] if query.kind else []
    return {
        "query": asked,
        "post_filter": {"bool": {"filter": [*filters, *by_kind]}},
        "aggs": {
            "all": {"filter": {"match_all": {}}},
            "fitting": {
                "filter": {"bool": {"filter": filters}},
                "aggs": {"kinds": {"terms": {"field": KIND, "size": 100}}},
            },
        },
        "sort": [{"_score": "desc"}, {KIND: "asc"}, {DAY: "desc"}, {Field.IDENTITY: "asc"}],
        "from": first,
        "size": max(0, max(end, RERANKED) - first if looks_closely(query) else end - start),
        "_source": [DATA],
        "track_total_hits": False,
        "timeout": "2s",
    }


def _range(query: Query) -> tuple[int, int]:
    """Places of the hits of a page, none beyond those that can be paged through."""
    start = min((query.page - 1) * query.page_size, MOST_COUNTED)
    return start, min(start + query.page_size, MOST_COUNTED)


def _filters(query: Query) -> Iterator[Body]:
    if query.court:
        yield {"term": {Field.COURT: query.court}}
    if query.status:
        yield {"term": {Field.STATUS: query.status}}
    days: dict[str, int] = {}
    if query.date_from:
        days["gte"] = query.date_from.toordinal()
    if query.date_to:
        days["lte"] = query.date_to.toordinal()
    if days:
        # An undated document has day 0 and lies in no range.
        yield {"range": {DAY: {"gte": 1, **days}}}


def _clause(clause: Clause) -> Body:
    alternatives = [_all_of(terms) for terms in clause.alternatives]
    return alternatives[0] if len(alternatives) == 1 else {"dis_max": {"queries": alternatives}}


def _all_of(terms: Sequence[Term]) -> Body:
    return _term(terms[0]) if len(terms) == 1 else {"bool": {"must": [_term(t) for t in terms]}}


def _term(term: Term) -> Body:
    if term.field in WEIGHTED:
        # Scores with the weight the term was written with.
        return {"rank_feature": {"field": f"{term.field}.{term.text}", "linear": {}}}
    return {"term": {term.field: term.text}}


def _counted(term: Term) -> Body:
    return {"constant_score": {"filter": _term(term)}}
