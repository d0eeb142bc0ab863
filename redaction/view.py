"""What a recogniser is given: the folded text with what several recognisers share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from redaction.digits import close_reading, stretches
from redaction.folding import Folded, fold
from redaction.guards import Guards
from redaction.labels import labels_in
from redaction.model import Kind

MASK = "×××"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of the folded text that a recogniser proposes to mask."""

    kind: Kind
    start: int
    end: int
    score: float
    reason: str
    recogniser: str
    replacement: str = MASK


class View:
    """A text ready for recognising. Built for one text and dropped with it.

    ``stretches`` are the spans where letters and digits stand close enough together for an
    identifier, in order; ``digit_runs`` the numbers in them; ``codes`` the unbroken runs of at
    least seven letters and digits that hold both. ``guards`` reads nothing until it is asked.
    """

    def __init__(self, text: str) -> None:
        self.folded: Folded = fold(text)
        self.text: str = self.folded.text
        self.stretches: list[tuple[int, int]] = stretches(self.text)
        self.digit_runs, self.codes = close_reading(self.text, self.stretches)
        self.guards = Guards(self.text, self.stretches)
        self._labels: Mapping[str, Sequence[int]] = labels_in(self.text)

    def without(self, spans: Iterable[tuple[int, int]]) -> View:
        """The same folded text with spans blanked out; offsets stay the same."""
        parts: list[str] = []
        reached = 0
        for start, end in sorted(spans):
            start = max(start, reached)
            if start < end:
                parts += (self.text[reached:start], "×" * (end - start))
                reached = end
        return View("".join((*parts, self.text[reached:])))

    def labels(self, recogniser: str) -> Sequence[int]:
        """Offsets of the words that announce what a recogniser looks for."""
        return self._labels.get(recogniser, ())

    @cached_property
    def _lower(self) -> str:
        return self.text.lower()

    def mentions(self, *words: str) -> bool:
        """Whether any of some lower-case words stands anywhere in the text."""
        return any(word in self._lower for word in words)

    def before(self, offset: int, width: int = 14) -> str:
        """The text just before ``offset``: where labels and cue words stand."""
        return self.text[max(0, offset - width) : offset]

    def after(self, offset: int, width: int = 10) -> str:
        return self.text[offset : offset + width]


def windows(offsets: Iterable[int], left: int, right: int) -> Iterator[tuple[int, int]]:
    """Spans around ascending offsets, merged where they meet: nothing is read twice."""
    start = end = -1
    for offset in offsets:
        if end < 0:
            start = max(0, offset - left)
        elif offset - left > end:
            yield start, end
            start = offset - left
        end = offset + right
    if end >= 0:
        yield start, end


Recogniser = Callable[[View], Iterable[Candidate]]
