"""What a recogniser is given: the folded text with what several recognisers share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from redaction.digits import DigitRun, digit_runs
from redaction.folding import Folded, fold
from redaction.guards import Guards
from redaction.model import Kind

MASK = "×××"
_CODE = re.compile(r"[0-9A-Za-z]{7,}")
_DIGITS = re.compile(r"\d{3}")


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
    """A text ready for recognising. Built for one text and dropped with it."""

    def __init__(self, text: str) -> None:
        self.folded: Folded = fold(text)
        self.text: str = self.folded.text

    def without(self, spans: Iterable[tuple[int, int]]) -> View:
        """The same folded text with spans blanked out; offsets stay the same."""
        characters = list(self.text)
        for start, end in spans:
            characters[start:end] = "×" * (end - start)
        return View("".join(characters))

    @cached_property
    def digit_runs(self) -> list[DigitRun]:
        return digit_runs(self.text)

    @cached_property
    def guards(self) -> Guards:
        return Guards.of(self.text)

    @cached_property
    def _lower(self) -> str:
        return self.text.lower()

    def mentions(self, *words: str) -> bool:
        """Whether any of some lower-case words stands anywhere in the text."""
        return any(word in self._lower for word in words)

    @cached_property
    def codes(self) -> list[tuple[int, int]]:
        """Spans of unbroken runs of at least seven letters and digits."""
        return [match.span() for match in _CODE.finditer(self.text)]

    @cached_property
    def has_digits(self) -> bool:
        return _DIGITS.search(self.text) is not None

    def before(self, offset: int, width: int = 14) -> str:
        """The text just before ``offset``: where labels and cue words stand."""
        return self.text[max(0, offset - width) : offset]

    def after(self, offset: int, width: int = 10) -> str:
        return self.text[offset : offset + width]


Recogniser = Callable[[View], Iterable[Candidate]]
