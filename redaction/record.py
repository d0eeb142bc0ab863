"""One case, all its public documents: the policy applied field by field, texts read once.

Every text of the case is read before anything is masked, so that a witness named in one event is
masked in all of them and keeps the same pseudonym everywhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from redaction.case import given_names, is_private, known_of
from redaction.document import DocumentWriter
from redaction.leaks import skeleton
from redaction.marking import Span, named_in_places, settle, spans_of, with_people
from redaction.marks import REVIEWER, Mark, MarkAct
from redaction.model import (
    Grade,
    Hold,
    Kind,
    Known,
    KnownPerson,
    PrivateValue,
    RecordRedaction,
    Redaction,
)
from redaction.names.known import name_key
from redaction.names.pseudonyms import assign, masked_names
from redaction.names.roster import Roster
from redaction.organisations import Organisations
from redaction.policy import Action, AddressDetail, Rule
from redaction.reader import Reader, reader_of
from redaction.recognisers.address import only_room
from redaction.recognisers.minor import is_child
from redaction.recognisers.places import below_district
from redaction.view import Candidate

if TYPE_CHECKING:
    from redaction.redactor import Reading, Redactor

_NOT_KEPT = "要求保留的词是本案人员的姓名或已知的个人信息，未予保留，仍按规则屏蔽"
_INDEX = re.compile(r"\[\d+\]")
_IN_WORDS = frozenset(
    {Kind.PERSON, Kind.MINOR, Kind.ADDRESS, Kind.BIRTH_DATE, Kind.HEALTH, Kind.OTHER}
)
_ALWAYS_READ = frozenset({"property_controls[].description", "parties[].health"})


class RecordRedactor:
    """All documents of one case. Build it once; :meth:`document` may be called many times.

    ``known`` is what the case's fields and texts say about people; ``private`` every value that
    must not be found in anything public, found in fields or in texts; ``holds`` what a reviewer
    asked for and did not get; ``granted`` what two people let stand, as (path, words).
    """

    known: Known
    private: tuple[PrivateValue, ...]
    holds: tuple[Hold, ...]

    def __init__(
        self, record: Mapping[str, Any], redactor: Redactor, marks: Sequence[Mark] = ()
    ) -> None:
        self.source = record
        self.redactor = redactor
        known = known_of(record)
        # People a reviewer named come in after reading: part of a name must not hide the whole.
        fields = with_people(known, marks)
        self._roster = Roster(known)
        self._to_the_room: set[str] = set()
        self._documents: dict[tuple[object, ...], RecordRedaction] = {}
        self._rendered: dict[tuple[str, AddressDetail, bool], Redaction] = {}
        texts = dict(self._texts())
        readings = redactor.read(list(texts.values()), self._roster)
        self._readings: dict[str, Reading] = dict(zip(texts, readings, strict=True))
        self.holds = tuple(self._apply(marks, fields))
        discovered = list(_discovered(self._roster, self._readings.values()))
        self.known = replace(fields, persons=(*fields.persons, *discovered))
        self.private = tuple(dict.fromkeys(self._private_values(fields, marks)))
        taken = frozenset().union(
            *(masked_names(reading.view.text) for reading in self._readings.values())
        )
        spellings = ((p.name, *p.aliases) for p in self.known.persons)
        self.pseudonyms = assign(spellings, taken, everywhere=True, unsought=named_in_places(marks))
        self.organisations = Organisations(
            redactor.policy.organisation_names,
            fields.organisations,
            [reading.view.text for reading in self._readings.values()],
        )

    def reading(self, path: str, text: str) -> Reading:
        """What was seen in the text at a path; a text not met before is read now."""
        known = self._readings.get(path)
        return known or self.redactor.read([text], self._roster)[0]

    def text_at(self, path: str) -> str | None:
        """The free text of a field as it came; None for a path that is no free text."""
        reading = self._readings.get(path)
        return None if reading is None else reading.view.folded.original

    def shown(self, path: str) -> frozenset[str]:
        """What the documents of this case show of the free text at a path, one form or several."""
        reading = self._readings.get(path)
        if reading is None:
            return frozenset()
        field = _INDEX.sub("[]", path)
        rules = [rule for rule in self.redactor.policy.rules if rule.field == field]
        return frozenset(
            self.redactor.render(
                reading, self.pseudonyms, self.organisations, addresses=rule.addresses
            ).text
            for rule in rules
            if rule.action is Action.REDACT_TEXT
        )

    def document(
        self,
        kind: str,
        *,
        as_of: date | None = None,
        reader: int | None = None,
        read: Grade = Grade.MASKED,
    ) -> RecordRedaction:
        """The case as one kind of document (a key of the policy's documents).

        ``as_of`` is the day ages are counted to; without it the day the listing was decided.
        ``reader`` is the party (its place in the record's list) a document is for; one without
        is for everybody. A text for a party is withheld while it has a doubt of a higher grade
        than ``read``, the one a person has settled. Raises KeyError for a kind the policy does
        not define.
        """
        key = (kind, as_of, reader, read)
        if key not in self._documents:
            shown_to = None if reader is None else reader_of(self.source, reader)
            document = self.redactor.policy.documents[kind]
            writer = DocumentWriter(self, document, as_of, shown_to, read)
            self._documents[key] = writer.write()
        return self._documents[key]

    def rendered(self, path: str, text: str, rule: Rule, reader: Reader | None) -> Redaction:
        """The text at a path under a rule; for everybody it is made once for all documents."""
        key = (path, rule.addresses, rule.graded)
        found = None if reader else self._rendered.get(key)
        if found is None:
            found = self.redactor.render(
                self.reading(path, text),
                self.pseudonyms,
                self.organisations,
                addresses=rule.addresses,
                graded=rule.graded,
                reader=reader,
            )
            if reader is None:
                self._rendered[key] = found
        return found

    def _texts(self) -> Iterator[tuple[str, str]]:
        rules = [r for r in self.redactor.policy.rules if r.action is Action.REDACT_TEXT]
        free = {rule.field for rule in rules} | _ALWAYS_READ
        to_the_room = {rule.field for rule in rules if rule.addresses is AddressDetail.ROOM}
        for path, generic, value in leaves(self.source):
            if generic in free and isinstance(value, str):
                if generic in to_the_room:
                    self._to_the_room.add(path)
                yield path, value

    def _apply(self, marks: Sequence[Mark], fields: Known) -> Iterator[Hold]:
        """Settle the readings by the marks; yield what a reviewer asked for and does not get."""
        granted = {(mark.path, mark.text) for mark in marks if mark.granted}
        by_path: defaultdict[str, list[tuple[Mark, Span]]] = defaultdict(list)
        for mark in marks:
            places = list(spans_of(mark, self._readings))
            if mark.act is MarkAct.KEEP and not mark.granted:
                open_ = [(path, span) for path, span in places if (path, mark.text) not in granted]
                if (open_ or not places) and self._refuses(mark.text, open_, fields):
                    yield Hold(_NOT_KEPT, None, mark.path, Grade.LEAK)
                    continue
            for path, span in places:
                by_path[path].append((mark, span))
        for path, found in by_path.items():
            self._readings[path] = settle(self._readings[path], found)

    def _refuses(self, text: str, places: Sequence[tuple[str, Span]], fields: Known) -> bool:
        """Whether words cannot be kept: known to be private, or surely a number that never stays.

        A recogniser may be wrong about a name or a place, so that a reviewer can keep one that
        no field knows; an identifier or account it does not doubt itself is none of its slips.
        """
        if is_private(text, fields):
            return True
        kinds = self.redactor.policy.kinds
        return any(
            found.score >= self.redactor.policy.hold_below
            and found.kind not in _IN_WORDS
            and not kinds[found.kind].overridable
            and start <= found.start
            and found.end <= end
            for path, (start, end) in places
            for found in self._readings[path].candidates
        )

    def _private_values(self, fields: Known, marks: Sequence[Mark]) -> Iterator[PrivateValue]:
        for person in self.known.persons:
            for name in (person.name, *person.aliases):
                yield PrivateValue(name, Kind.PERSON)
        yield from fields.private
        for mark in marks:
            if mark.act is MarkAct.HIDE and not mark.path:
                yield PrivateValue(mark.text, mark.kind)
        shown = self._shown_of_property()
        for path, reading in self._readings.items():
            for candidate in self._masked_at(path, reading):
                start, end = reading.view.folded.span(candidate.start, candidate.end)
                value = reading.view.folded.original[start:end]
                # Hidden in this place only: elsewhere the reviewer let it be.
                if candidate.recogniser == REVIEWER:
                    continue
                # What an auction of this case shows (法释〔2016〕18号 art. 13) is not private.
                if candidate.kind is Kind.ADDRESS and skeleton(below_district(value)) in shown:
                    continue
                yield PrivateValue(value, candidate.kind, path)

    def _masked_at(self, path: str, reading: Reading) -> list[Candidate]:
        """What goes of a text: of an address in an auction only the room."""
        if path not in self._to_the_room:
            return list(reading.candidates)
        return [part for each in reading.candidates for part in only_room(reading.view, each)]

    def _shown_of_property(self) -> str:
        """The skeleton of what the auctions of the case show."""
        shown = []
        for path in self._to_the_room:
            reading = self._readings[path]
            spans = ((c.start, c.end) for c in self._masked_at(path, reading))
            shown.append(skeleton(reading.view.without(spans).text))
        return "\n".join(shown)


def _discovered(roster: Roster, readings: Iterable[Reading]) -> Iterator[KnownPerson]:
    """People the texts name and no field does, in order of appearance."""
    seen = set(roster.keys)
    for reading in readings:
        for candidate in reading.names:
            name = reading.spelled(candidate)
            if candidate.recogniser == REVIEWER:
                continue  # known already, or named in this place only
            if name_key(name) not in seen:
                seen.add(name_key(name))
                minor = is_child(reading.view, candidate.start, candidate.end)
                yield KnownPerson(name, given_names(name) if minor else (), minor=minor)


def leaves(value: Any, path: str = "", generic: str = "") -> Iterator[tuple[str, str, Any]]:
    """Concrete path, path with ``[]`` for indexes, and value of every leaf that is not None."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from leaves(
                item, f"{path}.{key}" if path else key, f"{generic}.{key}" if generic else key
            )
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from leaves(item, f"{path}[{index}]", f"{generic}[]")
    elif value is not None:
        yield path, generic, value
