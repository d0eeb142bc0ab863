"""Finds the documents of a segment that satisfy all clauses of a search.

Clauses are taken rarest first, and of the longer lists only what may still count is looked at. A
segment is gone through in windows of document numbers, the first just wide enough for some thousand
documents of the rarest clause: who stops when enough is counted has not paid for the rest.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from search_index.clauses import Clause, Term
from search_index.whoosh_engine.posting_file import Numbers, Postings
from search_index.whoosh_engine.schema import key_of
from search_index.whoosh_engine.segments import Leaf

_IN_A_WINDOW = 2_048
_WIDEST = 16
"""Windows grow up to so many times the first: where little fits, the steps take most time."""
_WIDE, _LONG = 64, 16
"""Laying a list out by number is cheaper than searching it while there are at most so many numbers,
and so many in the list, for each that is sought."""
_ABSENT = -1

Steps = NDArray[np.int32]
"""Sums of weights, in steps."""
Scores = tuple[Numbers, Steps]
"""Documents by number in their segment, ascending, and what each of them scored."""

_Lists = list[list[Postings]]
"""A clause in a segment: alternatives, each the lists of its terms, the shortest first."""


def match(leaf: Leaf, clauses: Sequence[Clause]) -> Iterator[Scores]:
    """Give the documents of a segment that satisfy every clause, some at a time."""
    asked: list[_Lists] = []
    for clause in clauses:
        lists = _lists(leaf, clause)
        if not lists:
            return
        asked.append(lists)
    asked.sort(key=_size)
    documents, size = len(leaf.files.documents), _size(asked[0])
    if size <= _IN_A_WINDOW:
        yield from _matched(leaf, asked)
        return
    begin, width = 0, max(1, documents * _IN_A_WINDOW // size)
    widest = width * _WIDEST
    while begin < documents:
        yield from _matched(leaf, [_cut(lists, begin, begin + width) for lists in asked])
        begin, width = begin + width, min(2 * width, widest)


def match_any(leaf: Leaf, terms: Iterable[Term]) -> Scores:
    """Give the documents that hold any of the terms, with the number of terms each holds."""
    held = [
        np.unique(postings.numbers)
        for term in terms
        if (postings := leaf.postings(key_of(term.field, term.text))) is not None
    ]
    if not held:
        return _NOTHING
    numbers, counts = np.unique(np.concatenate(held), return_counts=True)
    return alive(leaf, (numbers, counts.astype(np.int32)))


def among(leaf: Leaf, clauses: Sequence[Clause], scores: Scores) -> Scores:
    """Give those of some documents that satisfy every clause."""
    for clause in clauses:
        scores = _narrowed(_lists(leaf, clause), scores)
    return scores


def alive(leaf: Leaf, scores: Scores) -> Scores:
    """Leave out what the commit has withdrawn."""
    return without(scores, leaf.dead) if len(leaf.dead) else scores


def without(scores: Scores, others: Numbers) -> Scores:
    """Leave some documents out."""
    numbers, steps = scores
    kept = np.isin(numbers, others, invert=True)
    return numbers[kept], steps[kept]


_NOTHING: Scores = (np.empty(0, np.uint32), np.empty(0, np.int32))


def _matched(leaf: Leaf, asked: Sequence[_Lists]) -> Iterator[Scores]:
    scores = _read(asked[0])
    for lists in asked[1:]:
        if not len(scores[0]):
            return
        scores = _narrowed(lists, scores)
    scores = alive(leaf, scores)
    if len(scores[0]):
        yield scores


def _lists(leaf: Leaf, clause: Clause) -> _Lists:
    """The alternatives of which every term stands in the segment."""
    found: _Lists = []
    for alternative in clause.alternatives:
        lists = []
        for term in alternative:
            postings = leaf.postings(key_of(term.field, term.text))
            if postings is None:
                break
            lists.append(postings)
        else:
            found.append(sorted(lists, key=len))
    return found


def _size(lists: _Lists) -> int:
    return sum(len(alternative[0]) for alternative in lists)


def _cut(lists: _Lists, begin: int, end: int) -> _Lists:
    """The part of the lists that lies in a window."""
    # Of the type of the numbers: any other would have the whole list converted.
    window = np.array((begin, min(end, 0xFFFFFFFF)), np.uint32)
    return [
        [postings[slice(*np.searchsorted(postings.numbers, window))] for postings in alternative]
        for alternative in lists
    ]


def _read(lists: _Lists) -> Scores:
    """What satisfies a clause."""
    return _united([_all(alternative) for alternative in lists])


def _all(alternative: Sequence[Postings]) -> Scores:
    first, *others = alternative
    once = np.append(first.numbers[1:] != first.numbers[:-1], len(first) > 0)[: len(first)]
    scores = first.numbers[once], first.weights[once].astype(np.int32)
    for postings in others:
        scores = _both(postings, scores)
    return scores


def _narrowed(lists: _Lists, scores: Scores) -> Scores:
    """What of some documents satisfies a clause too."""
    narrowed = []
    for alternative in lists:
        held = scores
        for postings in alternative:
            held = _both(postings, held)
        narrowed.append(held)
    return _united(narrowed)


def _both(postings: Postings, scores: Scores) -> Scores:
    """Those of some documents that stand in a list too, with the weight there added."""
    numbers, steps = scores
    if not len(postings) or not len(numbers):
        return _NOTHING
    begin = min(numbers[0], postings.numbers[0])
    width = int(max(numbers[-1], postings.numbers[-1]) - begin) + 1
    if width <= _WIDE * len(numbers) and len(postings) <= _LONG * len(numbers):
        laid_out = np.full(width, _ABSENT, np.int16)
        laid_out[postings.numbers - begin] = postings.weights
        weights = laid_out[numbers - begin]
        held = weights != _ABSENT
        return numbers[held], steps[held] + weights[held]
    places = np.searchsorted(postings.numbers, numbers)
    # Beyond the end of the list there is nothing to be equal to; any place will do.
    places[places == len(postings)] = 0
    held = postings.numbers[places] == numbers
    return numbers[held], steps[held] + postings.weights[places[held]]


def _united(found: Sequence[Scores]) -> Scores:
    """What is in any of the findings, with the highest of its scores."""
    some = [scores for scores in found if len(scores[0])]
    if not some:
        return _NOTHING
    if len(some) == 1:
        return some[0]
    numbers = np.concatenate([scores[0] for scores in some])
    steps = np.concatenate([scores[1] for scores in some])
    order = np.lexsort((-steps, numbers))
    numbers, steps = numbers[order], steps[order]
    first = np.append(True, numbers[1:] != numbers[:-1])
    return numbers[first], steps[first]
