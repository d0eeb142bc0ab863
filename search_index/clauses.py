"""What a document has to hold to answer a text: the same in every engine.

Clauses are built from plain text, never parsed from a query language.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from search_index.grams import Run, Word, run_pairs


class Field(StrEnum):
    """Where a term stands."""

    GRAMS = "grams"
    RUNS = "runs"
    STARTS = "starts"
    NAME_PARTS = "name_parts"
    WHOLES = "wholes"
    IDENTITY = "identity"
    CASE_KEYS = "case_key"
    NEAR_KEYS = "near_key"
    COURT = "court"
    STATUS = "status"
    KIND = "kind"


@dataclass(frozen=True, order=True)
class Term:
    """A term that must be there as it stands."""

    field: Field
    text: str


@dataclass(frozen=True)
class Clause:
    """Alternatives of which one must hold, each a set of terms that must all be there."""

    alternatives: tuple[tuple[Term, ...], ...]


@dataclass(frozen=True)
class Loosely:
    """Terms of which so many must be there; a long question is answered by most of it."""

    terms: tuple[Term, ...]
    needed: int


_LOOSE_FROM, _LOOSE_SHARE = 4, 0.6
LOOSE_FREQUENCY = 20_000
"""Terms in more documents than this say nothing and are left out of a loose search."""


def clauses_for(words: Iterable[Word]) -> list[Clause]:
    """Ask for every pair and every run of every word; a run at the end may go on."""
    clauses: dict[Clause, None] = {}
    for word in words:
        for gram in word.grams():
            clauses[Clause(((Term(Field.GRAMS, gram),),))] = None
        for run in word.runs():
            clauses[_clause_for_run(run)] = None
    return list(clauses)


def loosely(words: Iterable[Word]) -> Loosely | None:
    """Ask for most of a text; None where it is too short for that to mean anything."""
    terms: set[Term] = set()
    for word in words:
        terms.update(Term(Field.GRAMS, gram) for gram in word.grams())
        terms.update(Term(Field.RUNS, run.text) for run in word.runs())
    if len(terms) < _LOOSE_FROM:
        return None
    return Loosely(tuple(sorted(terms)), math.ceil(len(terms) * _LOOSE_SHARE))


def _clause_for_run(run: Run) -> Clause:
    alternatives: list[tuple[Term, ...]] = [(Term(Field.RUNS, run.text),)]
    if run.may_go_on:
        alternatives.append((Term(Field.STARTS, run.text),))
    alternatives.append(tuple(Term(Field.NAME_PARTS, pair) for pair in run_pairs(run.text)))
    return Clause(tuple(alternatives))
