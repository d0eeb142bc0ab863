"""What speaks against publishing a text of the press office: where it stands and of what kind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from portal.publication.compose import KIND_LABELS
from redaction import Kind, Redactor

NEVER_LET_STAND = frozenset(
    {
        Kind.ID_NUMBER,
        Kind.BANK_CARD,
        Kind.BANK_ACCOUNT,
        Kind.PASSPORT,
        Kind.TRAVEL_PERMIT,
        Kind.PROPERTY_CERTIFICATE,
        Kind.MINOR,
    }
)


@dataclass(frozen=True)
class StoryFinding:
    """Something that must not go out as it is: where, of what kind; never the words.

    ``key`` tells these words at this place from any other. ``final``: nobody can let it stand.
    """

    place: str
    reason: str
    key: str
    final: bool = False

    def __str__(self) -> str:
        """As the office reads it."""
        return f"{self.place}：{self.reason}"

    @classmethod
    def of(cls, place: str, reason: str, words: str, *, final: bool = False) -> StoryFinding:
        """A finding of these words, which it does not keep."""
        digest = hashlib.sha256("\x1f".join((place, reason, words)).encode("utf-8", "replace"))
        return cls(place, reason, digest.hexdigest(), final)


def make_finding(place: str, kind: Kind, words: str, *, final: bool | None = None) -> StoryFinding:
    """A finding of one kind of private words, final where the kind is."""
    if final is None:
        final = kind in NEVER_LET_STAND
    return StoryFinding.of(place, KIND_LABELS[kind], words, final=final)


def find_words(redactor: Redactor, place: str, text: str) -> Iterator[tuple[StoryFinding, str]]:
    """What redaction would mask in a text or is in doubt about, each with the words meant."""
    redaction = redactor.redact(text)
    for each in redaction.findings:
        words = text[each.start : each.end]
        yield make_finding(place, each.kind, words), words
    for hold in redaction.holds:
        final = hold.kind in NEVER_LET_STAND
        yield StoryFinding.of(place, hold.reason, text, final=final), text
