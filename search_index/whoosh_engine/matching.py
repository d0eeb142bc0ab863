"""Finds the documents of a segment that satisfy all clauses of a search.

Posting lists are taken rarest first; a long list is only probed for the documents that are still
candidates.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from whoosh.reading import TermNotFound

from search_index.clauses import Clause, Term

# Probing one document costs about this many times as much as reading it in passing.
_PROBE_COST = 8

Scores = dict[int, float]
"""Documents by number in their segment, each with the sum of the weights that matched."""


def match(reader: Any, clauses: Sequence[Clause], among: Scores | None = None) -> Scores:
    """Give the documents of one segment, or those among some, that satisfy every clause."""
    scores = among
    ordered = sorted(clauses, key=lambda clause: _size(reader, clause)) if clauses[1:] else clauses
    for clause in ordered:
        scores = _either(reader, clause, scores)
        if not scores:
            break
    return scores or {}


def match_any(reader: Any, terms: Iterable[Term]) -> Scores:
    """Give the documents that hold any of the terms, with the number of terms each holds."""
    scores: Scores = {}
    for term in terms:
        for number in _read(reader, term):
            scores[number] = scores.get(number, 0.0) + 1.0
    return scores


def frequency(reader: Any, term: Term) -> int:
    """Number of documents that hold a term."""
    return int(reader.doc_frequency(term.field, term.text))


def _size(reader: Any, clause: Clause) -> int:
    return sum(
        min(frequency(reader, term) for term in alternative) for alternative in clause.alternatives
    )


def _either(reader: Any, clause: Clause, among: Scores | None) -> Scores:
    if len(clause.alternatives) == 1:
        return _all(reader, clause.alternatives[0], among)
    united: Scores = {}
    for alternative in clause.alternatives:
        for number, score in _all(reader, alternative, among).items():
            united[number] = max(score, united.get(number, 0.0))
    return united


def _all(reader: Any, terms: Sequence[Term], among: Scores | None) -> Scores:
    if among is None and len(terms) == 1:
        return _read(reader, terms[0])
    by_size = sorted((frequency(reader, term), term.field, term.text) for term in terms)
    scores = among
    for size, field, text in by_size:
        if not size:
            return {}
        term = Term(field, text)
        if scores is None:
            scores = _read(reader, term)
        elif size > _PROBE_COST * len(scores):
            scores = _probe(reader, term, scores)
        else:
            found = _read(reader, term)
            scores = {n: score + found[n] for n, score in scores.items() if n in found}
        if not scores:
            return {}
    return scores or {}


def _read(reader: Any, term: Term) -> Scores:
    scores: Scores = {}
    try:
        postings = reader.postings(term.field, term.text)
    except TermNotFound:
        return scores
    for numbers, weights in postings.blocks():
        scores.update(zip(numbers, weights, strict=True))
    return scores


def _probe(reader: Any, term: Term, scores: Scores) -> Scores:
    postings = reader.postings(term.field, term.text)
    found: Scores = {}
    for number in sorted(scores):
        if not postings.is_active():
            break
        postings.skip_to(number)
        if postings.is_active() and postings.id() == number:
            found[number] = scores[number] + postings.weight()
    return found
