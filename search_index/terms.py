"""What a document is found by: the same terms and weights in every engine.

The weights are known when the document is written, so that ranking needs no statistics of the
collection and two engines rank alike.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from search_index.documents import Document, Kind
from search_index.folding import fold
from search_index.grams import Word, name_words, run_pairs, run_starts, whole, words
from search_index.pinyin import spellings

NAME_WEIGHT, TITLE_WEIGHT = 8.0, 4.0
_SPELLING_WEIGHT = 6.0
_NAMED_KINDS = frozenset({Kind.DEBTOR, Kind.RESTRICTION})
"""Kinds whose names are published in full and may be typed in pinyin."""

Weights = Mapping[str, float]


@dataclass(frozen=True)
class Terms:
    """The terms of one document, each with what it adds to the score."""

    grams: Weights
    """Pairs of adjacent characters."""
    runs: Weights
    """Runs of letters and digits as a whole."""
    starts: Weights
    """Beginnings of those runs, three characters or more."""
    name_parts: Weights
    """Pairs inside the runs of a name, by which any part of a code is found."""
    wholes: frozenset[str]
    """Title and names, each as one term."""


def terms_of(document: Document) -> Terms:
    """Weigh the terms: in a name above in a title above in the body, short texts above long."""
    names = [word for name in document.names for word in name_words(name)]
    body = words(document.body)
    # A body weighs at most 2, less the longer it is, in steps that keep postings small.
    body_weight = _step(2 / (1 + math.log10(1 + len(document.body) / 100)))
    grams: dict[str, float] = {}
    runs: dict[str, float] = {}
    for weight, found in (
        (NAME_WEIGHT, names),
        (TITLE_WEIGHT, words(document.title)),
        (body_weight, body),
    ):
        for word in found:
            for gram in word.grams():
                grams.setdefault(gram, weight)
            for run in word.runs():
                runs.setdefault(run.text, weight)
    for gram, count in Counter(gram for word in body for gram in word.grams()).items():
        if count > 1:
            grams[gram] += _step(math.log2(count) / 4)
    for spelling in _spellings(document):
        runs.setdefault(spelling, _SPELLING_WEIGHT)
    return Terms(
        grams,
        runs,
        _starts(runs),
        dict.fromkeys(_name_parts(names), NAME_WEIGHT),
        frozenset(filter(None, map(whole, (document.title, *document.names)))),
    )


def _step(weight: float) -> float:
    return round(weight * 4) / 4


def _spellings(document: Document) -> Iterator[str]:
    if document.kind in _NAMED_KINDS:
        for name in document.names:
            yield from spellings(fold(name))


def _starts(runs: Weights) -> dict[str, float]:
    starts: dict[str, float] = {}
    for run, weight in runs.items():
        for start in run_starts(run):
            starts[start] = max(weight, starts.get(start, 0.0))
    return starts


def _name_parts(names: list[Word]) -> set[str]:
    return {pair for word in names for run in word.runs() for pair in run_pairs(run.text)}
