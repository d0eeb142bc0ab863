"""One case, all its public documents: the policy applied field by field, texts read once.

Every text of the case is read before anything is masked, so that a witness named in one event is
masked in all of them and keeps the same pseudonym everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from redaction.case import is_person, known_of, looks_like_organisation
from redaction.idmask import mask_id_number
from redaction.model import (
    FieldFinding,
    Hold,
    Kind,
    Known,
    KnownPerson,
    PrivateValue,
    RecordRedaction,
)
from redaction.names.known import name_key
from redaction.names.pseudonyms import assign, masked_names
from redaction.organisations import shown_organisation
from redaction.policy import Action, AddressDetail, DocumentType, Rule
from redaction.recognisers.places import district_of

if TYPE_CHECKING:
    from redaction.redactor import Reading, Redactor

_ADULT = 18
_ALWAYS_READ = frozenset({"property_controls[].description", "parties[].health"})


class RecordRedactor:
    """All documents of one case. Build it once; :meth:`document` may be called many times.

    ``known`` is what the case's fields and texts say about people; ``private`` every value that
    must not be found in anything public, found in fields or in texts.
    """

    known: Known
    private: tuple[PrivateValue, ...]

    def __init__(
        self, record: Mapping[str, Any], redactor: Redactor, hide: Sequence[str] = ()
    ) -> None:
        self._record = record
        self._redactor = redactor
        self._policy = redactor.policy
        fields = replace(known_of(record), hide=tuple(hide))
        self._readings: dict[str, Reading] = {
            path: redactor.read(text, fields) for path, text in self._texts()
        }
        discovered = list(_discovered(fields, self._readings.values()))
        self.known = replace(fields, persons=(*fields.persons, *discovered))
        self.private = tuple(dict.fromkeys(self._private_values(fields)))
        taken = frozenset().union(
            *(masked_names(reading.view.text) for reading in self._readings.values())
        )
        self._shown = assign(((p.name, *p.aliases) for p in self.known.persons), taken)

    def document(self, kind: str, *, as_of: date | None = None) -> RecordRedaction:
        """The public form of the case as one kind of document (a key of the policy's documents).

        ``as_of`` is the day ages are counted to; without it the day the listing was decided.
        Raises KeyError for a kind the policy does not define.
        """
        return _Writer(self, self._policy.documents[kind], as_of).write()

    def _texts(self) -> Iterator[tuple[str, str]]:
        free = {
            rule.field for rule in self._policy.rules if rule.action is Action.REDACT_TEXT
        } | _ALWAYS_READ
        for path, generic, value in leaves(self._record):
            if generic in free and isinstance(value, str):
                yield path, value

    def _private_values(self, fields: Known) -> Iterator[PrivateValue]:
        for person in self.known.persons:
            for name in (person.name, *person.aliases):
                yield PrivateValue(name, Kind.PERSON)
        yield from fields.private
        for term in fields.hide:
            yield PrivateValue(term, Kind.OTHER)
        for path, reading in self._readings.items():
            for candidate in reading.candidates:
                start, end = reading.view.folded.span(candidate.start, candidate.end)
                yield PrivateValue(reading.view.folded.original[start:end], candidate.kind, path)


def _discovered(fields: Known, readings: Iterable[Reading]) -> Iterator[KnownPerson]:
    """People the texts name and no field does, in order of appearance."""
    seen = {name_key(name) for person in fields.persons for name in (person.name, *person.aliases)}
    for reading in readings:
        for candidate in reading.names:
            name = reading.spelled(candidate)
            if name_key(name) not in seen:
                seen.add(name_key(name))
                yield KnownPerson(name)


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


class _Writer:
    """Builds one document. Lives for one call."""

    def __init__(self, case: RecordRedactor, document: DocumentType, as_of: date | None) -> None:
        self._case = case
        self._document = document
        measures = [m for m in case._record.get("measures") or () if isinstance(m, Mapping)]
        self._listing = [m for m in measures if m.get("kind") == document.listing]
        self._listed = {m.get("party") for m in self._listing}
        self._as_of = as_of or _listing_day(self._listing)
        self._findings: list[FieldFinding] = []
        self._holds: list[Hold] = []

    def write(self) -> RecordRedaction:
        self._check_minors()
        record = self._value(self._case._record, "", "", "*")
        return RecordRedaction(
            record=record if isinstance(record, dict) else {},
            findings=tuple(self._findings),
            holds=tuple(dict.fromkeys(self._holds)),
            pseudonyms=dict(self._case._shown),
        )

    def _check_minors(self) -> None:
        if self._document.name == "closed":
            return
        for index, party in enumerate(self._case._record.get("parties") or ()):
            if not _is_minor(party, self._as_of):
                continue
            path = f"parties[{index}]"
            if party.get("name") in self._listed:
                reason = "当事人为未成年人，依法不得纳入名单公布"
            else:
                reason = "当事人为未成年人，是否公开需要人工审核"
            self._holds.append(Hold(reason, Kind.MINOR, path))

    def _value(self, value: Any, path: str, generic: str, party: str) -> Any:
        """The public form of a value; None where nothing of it may be shown."""
        if isinstance(value, Mapping):
            party = self._party_class(generic, value, party)
            shown: dict[str, Any] = {}
            for key, item in value.items():
                sub = f"{generic}.{key}" if generic else str(key)
                public = self._value(item, f"{path}.{key}" if path else str(key), sub, party)
                if public is not None:
                    shown[_public_key(sub, public) or str(key)] = public
            return shown or None
        if isinstance(value, list | tuple):
            items = [
                self._value(item, f"{path}[{index}]", f"{generic}[]", party)
                for index, item in enumerate(value)
                if self._is_shown(generic, item)
            ]
            return [item for item in items if item is not None] or None
        return None if value is None else self._leaf(value, path, generic, party)

    def _is_shown(self, generic: str, item: Any) -> bool:
        """Whether this kind of document shows a measure of that kind at all."""
        if generic != "measures" or not isinstance(item, Mapping):
            return True
        return item.get("kind") in self._document.measures

    def _party_class(self, generic: str, item: Mapping[str, Any], party: str) -> str:
        if generic == "parties[]":
            base = "person" if is_person(item) else "organisation"
            return f"listed_{base}" if item.get("name") in self._listed else base
        if generic == "measures[]":
            name = str(item.get("party") or "")
            unit = name in self._case.known.organisations or looks_like_organisation(name)
            base = "organisation" if unit else "person"
            return f"listed_{base}" if name in self._listed else base
        return party

    def _leaf(self, value: Any, path: str, generic: str, party: str) -> Any:
        rule = self._case._policy.rule(self._document.name, generic, party)
        if rule is None:
            self._holds.append(Hold("公开规则未涵盖的字段，已删除，请核实", None, path))
            return None
        match rule.action:
            case Action.KEEP:
                return self._kept(value, generic, party)
            case Action.MASK:
                return self._masked(str(value), generic)
            case Action.GENERALISE:
                return self._generalised(value, generic)
            case Action.REDACT_TEXT:
                return self._redacted(str(value), path, rule)
            case Action.HOLD:
                self._holds.append(Hold(rule.note, None, path))
        return None

    def _kept(self, value: Any, generic: str, party: str) -> Any:
        if party == "organisation" and generic in ("parties[].name", "measures[].party"):
            return shown_organisation(
                str(value), self._case._policy.organisation_names, self._case._shown
            )
        return value

    def _masked(self, value: str, generic: str) -> str:
        if generic == "parties[].id_number":
            return mask_id_number(value)
        if value in self._case.known.organisations or looks_like_organisation(value):
            return shown_organisation(
                value, self._case._policy.organisation_names, self._case._shown
            )
        return self._case._shown.get(value.strip(), "某")

    def _generalised(self, value: Any, generic: str) -> Any:
        if generic.endswith(".birth_date"):
            return age_on(value, self._as_of)
        return district_of(str(value)) or None

    def _redacted(self, text: str, path: str, rule: Rule) -> str:
        reading = self._case._readings.get(path)
        redactor = self._case._redactor
        if reading is None:
            reading = redactor.read(text, self._case.known)
        result = redactor.render(
            reading,
            self._case.known,
            self._case._shown,
            addresses=rule.addresses or AddressDetail.DISTRICT,
        )
        self._findings += [FieldFinding(path, finding) for finding in result.findings]
        self._holds += [replace(hold, path=path) for hold in result.holds]
        return result.text


def _public_key(generic: str, public: Any) -> str | None:
    """An age is not a birth date: the generalised value goes by its own name."""
    return "age" if generic.endswith(".birth_date") and isinstance(public, int) else None


def age_on(birth: Any, day: date | None) -> int | None:
    """Full years of age on a day; None where either date is unknown."""
    born = _as_date(birth)
    if born is None or day is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _is_minor(party: Mapping[str, Any], day: date | None) -> bool:
    age = age_on(party.get("birth_date"), day)
    return bool(party.get("minor")) or (age is not None and age < _ADULT)


def _listing_day(listing: Iterable[Mapping[str, Any]]) -> date | None:
    days = [_as_date(m.get("published_from") or m.get("decided_on")) for m in listing]
    return min((day for day in days if day), default=None)


def _as_date(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None  # no date at all, or one intake warned about
