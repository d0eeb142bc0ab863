"""What is known about a case, made ready for searching: build it once, read many texts with it."""

from __future__ import annotations

from collections.abc import Iterator

from redaction.model import Kind, Known
from redaction.names.known import NameFinder, name_key
from redaction.recognisers.places import district_of
from redaction.view import Candidate, View

KNOWN_NAME = "known_name"
KNOWN_VALUE = "known_value"


class Roster:
    """The finders of everything a :class:`Known` lists."""

    def __init__(self, known: Known) -> None:
        self.known = known
        spellings = [name for person in known.persons for name in (person.name, *person.aliases)]
        self._kinds: dict[str, Kind] = dict.fromkeys(known.hide, Kind.OTHER)
        self._kinds |= {value.value: value.kind for value in known.private}
        self.keys = frozenset(map(name_key, spellings))
        self._people = NameFinder(spellings)
        self._organisations = NameFinder(known.organisations)
        self._keep = NameFinder(known.keep)
        self._values = NameFinder(self._kinds)

    def is_listed(self, name: str) -> bool:
        """Whether a name, however spelled, is that of a known person."""
        return name_key(name) in self.keys

    def people(self, view: View) -> Iterator[Candidate]:
        """Every place a known person is named."""
        for start, end, _ in self._people.find(view.text):
            yield Candidate(Kind.PERSON, start, end, 0.99, "本案已知人员的姓名", KNOWN_NAME)

    def values(self, view: View) -> Iterator[Candidate]:
        """Values known to be private and terms a reviewer wants hidden; districts stay."""
        for start, end, value in self._values.find(view.text):
            kind = self._kinds[value]
            if kind is Kind.ADDRESS:
                start += len(district_of(view.text[start:end]))
            if start < end:
                yield Candidate(kind, start, end, 0.99, "本案已知的个人信息", KNOWN_VALUE)

    def kept_terms(self, view: View) -> Iterator[tuple[int, int]]:
        """Spans of terms to keep."""
        for start, end, _ in self._keep.find(view.text):
            yield start, end

    def organisations(self, view: View) -> Iterator[tuple[int, int]]:
        """Spans of names of known organisations."""
        for start, end, _ in self._organisations.find(view.text):
            yield start, end
