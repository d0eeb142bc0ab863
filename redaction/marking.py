"""Applies a reviewer's marks to what was read in the texts of one case.

A mark that no longer fits, because the record was sent again, errs on the safe side: words to
mask that do not stand in their place any more are masked wherever the field has them, or else
wherever the case has them; words to keep are then not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from redaction.dates import dates_in
from redaction.marks import REVIEWER, Mark, MarkAct, Mask
from redaction.model import Kind, Known, KnownPerson
from redaction.names.known import NameFinder, name_key
from redaction.recognisers.places import district_of
from redaction.view import MASK, Candidate

if TYPE_CHECKING:
    from redaction.redactor import Reading

Span = tuple[int, int]
PEOPLE = frozenset({Kind.PERSON, Kind.MINOR})
_HIDDEN = "审核员补充屏蔽"
_LINKED = "审核员认定为同一人"


def with_people(known: Known, marks: Iterable[Mark]) -> Known:
    """What is known of a case, with the people reviewers named or linked in all of it."""
    people = list(known.persons)
    for mark in marks:
        if mark.path:
            continue
        if mark.act is MarkAct.LINK:
            _link(people, mark.same_as, mark.text)
        elif mark.act is MarkAct.HIDE and mark.mask is Mask.PSEUDONYM:
            _link(people, mark.text, mark.text, minor=mark.kind is Kind.MINOR)
    return replace(known, persons=tuple(people))


def _link(people: list[KnownPerson], name: str, spelling: str, *, minor: bool = False) -> None:
    key = name_key(name)
    for place, person in enumerate(people):
        spellings = (person.name, *person.aliases)
        if key in map(name_key, spellings):
            if spelling not in spellings:
                people[place] = replace(person, aliases=(*person.aliases, spelling))
            return
    people.append(KnownPerson(name, (spelling,) if spelling != name else (), minor=minor))


def named_in_places(marks: Iterable[Mark]) -> tuple[str, ...]:
    """Names that need a pseudonym in some place and are not looked for in the whole case."""
    named = (
        mark.same_as if mark.act is MarkAct.LINK else mark.text
        for mark in marks
        if mark.path and (mark.act is MarkAct.LINK or mark.mask is Mask.PSEUDONYM)
    )
    return tuple(dict.fromkeys(named))


def spans_of(mark: Mark, readings: Mapping[str, Reading]) -> Iterator[tuple[str, Span]]:
    """Where a mark's words stand: path and span in the folded text."""
    if mark.path:
        found = list(_in_field(mark, readings.get(mark.path)))
        if found or mark.act is not MarkAct.HIDE:
            yield from ((mark.path, span) for span in found)
            return
    for path, reading in readings.items():
        yield from ((path, span) for span in _find(mark.text, reading))


def _in_field(mark: Mark, reading: Reading | None) -> Iterator[Span]:
    if reading is None:
        return
    folded = reading.view.folded
    if mark.start is not None:
        end = mark.start + len(mark.text)
        if folded.original[mark.start : end] == mark.text:
            yield folded.folded_offset(mark.start), folded.folded_offset(end)
            return
        if mark.act is not MarkAct.HIDE:
            return
    yield from _find(mark.text, reading)


def _find(text: str, reading: Reading) -> Iterator[Span]:
    for start, end, _ in NameFinder([text]).find(reading.view.text):
        yield start, end


def settle(reading: Reading, marks: Sequence[tuple[Mark, Span]]) -> Reading:
    """A reading of one text with the marks in it applied: what is kept goes, what is hidden comes.

    ``marks`` are those of this text with their spans; a mask beats a wish to keep.
    """
    kept = reading.kept | [span for mark, span in marks if mark.act is MarkAct.KEEP]
    candidates = [c for c in reading.candidates if not kept.holds(c.start, c.end)]
    names = [c for c in reading.names if not kept.holds(c.start, c.end)]
    meant: dict[Span, str] = {}
    for mark, span in marks:
        if mark.act is MarkAct.LINK or (mark.act is MarkAct.HIDE and mark.mask is Mask.PSEUDONYM):
            linked = mark.act is MarkAct.LINK
            # A longer name around the words stays: it is masked whole.
            names = [name for name in names if not (span[0] <= name.start and name.end <= span[1])]
            kind = Kind.PERSON if linked else mark.kind
            reason = _LINKED if linked else _HIDDEN
            names.append(Candidate(kind, *span, 1.0, reason, REVIEWER))
            meant[span] = mark.same_as if linked else mark.text
        elif mark.act is MarkAct.HIDE:
            candidates += _masked(mark, span, reading.view.text)
    names.sort(key=lambda name: name.start)
    return replace(
        reading, candidates=tuple(candidates), names=tuple(names), kept=kept, meant=meant
    )


def _masked(mark: Mark, span: Span, text: str) -> Iterator[Candidate]:
    start, end = span
    replacement = "" if mark.mask is Mask.DELETE else MASK
    if mark.mask is Mask.GENERALISE:
        if mark.kind is Kind.ADDRESS:
            start += len(district_of(text[start:end]))
        born = next(dates_in(text[start:end]), None)
        if mark.kind is Kind.BIRTH_DATE and born:
            replacement = f"{born.year}年×月×日"
    if start < end:
        yield Candidate(mark.kind, start, end, 1.0, _HIDDEN, REVIEWER, replacement)
