"""The timeline of a case in parts, so that a page stays small however long the case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.disclosure import party_view
from portal.disclosure.models import PublicEvent

Event = PublicEvent | party_view.Moment
PART_EVENTS = 60
# Characters; of Chinese each takes three bytes.
PART_TEXT = 6_000


@dataclass(frozen=True)
class Moment:
    """One node with its text, or with the piece of a long one; ``goes_on`` from the one before."""

    node: str
    at: datetime
    text: str
    goes_on: bool = False


@dataclass(frozen=True)
class TimelinePart:
    """Part ``number`` of ``parts``, counted from the oldest; the newest is the last."""

    moments: tuple[Moment, ...]
    number: int
    parts: int


def read_part(events: Sequence[Event], wanted: int | None) -> TimelinePart:
    """The part asked for; the newest where none or one that does not exist was."""
    parts = list(_parts(events)) or [()]
    number = wanted if wanted is not None and 1 <= wanted <= len(parts) else len(parts)
    return TimelinePart(parts[number - 1], number, len(parts))


def _parts(events: Sequence[Event]) -> Iterator[tuple[Moment, ...]]:
    part: list[Moment] = []
    room = PART_TEXT
    for moment in (piece for event in events for piece in _pieces(event)):
        if part and (len(part) == PART_EVENTS or len(moment.text) > room):
            yield tuple(part)
            part, room = [], PART_TEXT
        part.append(moment)
        room -= len(moment.text)
    if part:
        yield tuple(part)


def _pieces(event: Event) -> Iterator[Moment]:
    for start in range(0, len(event.text) or 1, PART_TEXT):
        text = event.text[start : start + PART_TEXT]
        yield Moment(event.node, event.at, text, goes_on=start > 0)
