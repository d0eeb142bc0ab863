"""Every masked place of a case with a number, so that record, public form and reasons are tied.

Machine and reviewer are told apart: a place was masked by a recogniser, by a mark, or was found
by a recogniser and is left as written because of a mark. Pure functions; no word is changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from portal.registry.marks import CaseMark
from redaction import REVIEWER, FieldFinding, Finding, MarkAct


class Source(StrEnum):
    """Whose doing it is that a place looks as it does."""

    MACHINE = "machine"
    HUMAN = "human"
    KEPT = "kept"


@dataclass(frozen=True)
class Tie:
    """One place in the record: ``text`` at ``start`` of the field ``path``.

    ``finding`` is what masks it now, None where a mark keeps it; ``machine`` what the recognisers
    found there, None where they found nothing. ``nth`` counts the same words in the field from 1.
    """

    number: int
    path: str
    start: int
    end: int
    text: str
    nth: int
    finding: Finding | None
    machine: Finding | None
    mark: CaseMark | None

    @property
    def source(self) -> Source:
        """Whose doing it is."""
        if self.finding is None:
            return Source.KEPT
        return Source.HUMAN if self.finding.recogniser == REVIEWER else Source.MACHINE

    @property
    def told(self) -> Finding:
        """The finding whose kind, score, reason and article are shown."""
        found = self.finding or self.machine
        if found is None:
            raise ValueError("a tie without a finding")
        return found


def ties_of(
    texts: Iterable[tuple[str, str]],
    findings: Iterable[FieldFinding],
    machine: Iterable[FieldFinding],
    marks: Sequence[CaseMark],
) -> tuple[Tie, ...]:
    """All places in the order of ``texts`` (path, text as it came), numbered from 1."""
    now, before = _by_path(findings), _by_path(machine)
    ties: list[Tie] = []
    for path, text in texts:
        for finding, found in _places(now[path], before[path]):
            span = finding or found
            if span is None or span.end > len(text):
                continue
            words = text[span.start : span.end]
            mark = _mark_of(path, words, finding, marks)
            nth = _count_before(text, words, span.start) + 1
            ties.append(
                Tie(len(ties) + 1, path, span.start, span.end, words, nth, finding, found, mark)
            )
    return tuple(ties)


def _count_before(text: str, words: str, start: int) -> int:
    """How often the words begin before an offset, overlapping or not."""
    number, at = 0, text.find(words)
    while 0 <= at < start:
        number += 1
        at = text.find(words, at + 1)
    return number


def _by_path(findings: Iterable[FieldFinding]) -> defaultdict[str, list[Finding]]:
    by_path: defaultdict[str, list[Finding]] = defaultdict(list)
    for found in findings:
        by_path[found.path].append(found.finding)
    return by_path


def _places(
    now: Sequence[Finding], before: Sequence[Finding]
) -> list[tuple[Finding | None, Finding | None]]:
    """What masks each place now beside what the machine found there, in order."""
    places: list[tuple[Finding | None, Finding | None]] = []
    for finding in now:
        found = next((each for each in before if _overlap(each, finding)), None)
        places.append((finding, found))
    for found in before:
        if not any(_overlap(found, finding) for finding in now):
            places.append((None, found))
    return sorted(places, key=lambda pair: (pair[0] or pair[1] or now[0]).start)


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def _mark_of(
    path: str, words: str, finding: Finding | None, marks: Sequence[CaseMark]
) -> CaseMark | None:
    """The mark behind a place, the newest first; None where it is the machine's alone."""
    if finding is not None and finding.recogniser != REVIEWER:
        return None
    for mark in reversed(marks):
        keeps = mark.act == MarkAct.KEEP
        here = mark.path in {"", path} and (mark.text in words or words in mark.text)
        if here and keeps == (finding is None):
            return mark
    return None


@dataclass(frozen=True)
class Piece:
    """A stretch of text; ``tie`` says which masked place it is, None for plain text.

    ``first`` marks the first piece of a tie on its side: the one that links lead to.
    """

    text: str
    tie: Tie | None = None
    first: bool = False


def record_pieces(text: str, ties: Iterable[Tie]) -> tuple[Piece, ...]:
    """The text as it came, cut where masked places begin and end."""
    pieces = _cut(text, ties, lambda tie: tie.text)
    return tuple(replace(piece, first=piece.tie is not None) for piece in pieces)


def public_pieces(text: str, ties: Iterable[Tie]) -> tuple[Piece, ...]:
    """The text as it is shown: every masked place replaced, what is kept as it came."""
    return tuple(
        _cut(text, ties, lambda tie: tie.text if tie.finding is None else tie.finding.replacement)
    )


def _cut(text: str, ties: Iterable[Tie], shown: Callable[[Tie], str]) -> Iterator[Piece]:
    done = 0
    for tie in sorted(ties, key=lambda tie: tie.start):
        if tie.start < done:
            continue
        if tie.start > done:
            yield Piece(text[done : tie.start])
        yield Piece(shown(tie), tie)
        done = tie.end
    if done < len(text):
        yield Piece(text[done:])


class PublicTexts:
    """Finds the masked places again in a public text, by the field it came from or by its words."""

    def __init__(self, texts: Iterable[tuple[str, str]], ties: Sequence[Tie]) -> None:
        by_path: defaultdict[str, list[Tie]] = defaultdict(list)
        for tie in ties:
            by_path[tie.path].append(tie)
        self._by_path = {
            path: public_pieces(text, by_path[path]) for path, text in texts if path in by_path
        }
        self._by_text: dict[str, tuple[Piece, ...]] = {}
        for pieces in self._by_path.values():
            self._by_text.setdefault(_joined(pieces), pieces)
        self._met: set[int] = set()

    def pieces(self, path: str, text: str) -> tuple[Piece, ...]:
        """A public text in pieces; the first of each masked place is marked as such."""
        found = self._by_path.get(path, ())
        if _joined(found) != text:
            found = self._by_text.get(text, (Piece(text),))
        return tuple(self._meet(piece) for piece in found)

    def _meet(self, piece: Piece) -> Piece:
        if piece.tie is None or piece.tie.number in self._met:
            return piece
        self._met.add(piece.tie.number)
        return replace(piece, first=True)


def _joined(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)
