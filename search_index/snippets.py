"""Marks what matched in a text and cuts the passage worth showing.

Works on plain text and gives plain text back in segments; the template escapes and marks up.
"""

from collections.abc import Sequence

from search_index.folding import fold_with_offsets
from search_index.grams import Word
from search_index.queries import Segments

SNIPPET_LENGTH = 120
_LEAD = 20
# A story can be long; what matched far down is not worth the time of folding it for every hit.
_SEARCHED = 20_000

Span = tuple[int, int]


def mark(text: str, words: Sequence[Word]) -> Segments:
    """Divide a whole text, such as a title, into matching and other segments."""
    return _segments(text, _spans(text, words), 0, len(text))


def cut(text: str, words: Sequence[Word]) -> Segments:
    """Give the passage around the first match, or the beginning where nothing matches."""
    spans = _spans(text[:_SEARCHED], words)
    start = max(0, spans[0][0] - _LEAD) if spans else 0
    if len(text) <= SNIPPET_LENGTH:
        start = 0
    end = min(len(text), start + SNIPPET_LENGTH)
    segments = list(_segments(text, spans, start, end))
    if start > 0:
        segments.insert(0, ("…", False))
    if end < len(text):
        segments.append(("…", False))
    return tuple(segments)


def _spans(text: str, words: Sequence[Word]) -> list[Span]:
    """Places in the text where a word stands, or its parts where the word as a whole does not."""
    folded, offsets = fold_with_offsets(text)
    found: set[int] = set()
    for word in words:
        needles = [word.text]
        if word.text not in folded:
            needles = [*word.grams(), *(run.text for run in word.runs())]
        for needle in needles:
            at = folded.find(needle)
            while at >= 0:
                found.update(offsets[at : at + len(needle)])
                at = folded.find(needle, at + len(needle))
    spans: list[Span] = []
    for index in sorted(found):
        if spans and spans[-1][1] == index:
            spans[-1] = (spans[-1][0], index + 1)
        else:
            spans.append((index, index + 1))
    return spans


def _segments(text: str, spans: Sequence[Span], start: int, end: int) -> Segments:
    segments: list[tuple[str, bool]] = []
    at = start
    for left, right in spans:
        left, right = max(left, start), min(right, end)
        if left >= right:
            continue
        if at < left:
            segments.append((text[at:left], False))
        segments.append((text[left:right], True))
        at = right
    if at < end:
        segments.append((text[at:end], False))
    return tuple(segments)
