"""One public document of a case: the policy applied field by field.

Nothing is shown because nobody thought of it: a field without a rule is removed and held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from redaction.case import is_person, looks_like_organisation
from redaction.idmask import mask_id_number
from redaction.model import FieldFinding, Grade, Hold, Kind, RecordRedaction
from redaction.policy import Action, DocumentType, Rule
from redaction.reader import Reader
from redaction.recognisers.places import district_of

if TYPE_CHECKING:
    from redaction.record import RecordRedactor

_ADULT = 18
_TAIL = 4
WITHHELD = "（这一部分正在核对，暂不显示，可以向承办人了解。）"
"""What a party reads in the place of a text that somebody at the court has to read first."""


class DocumentWriter:
    """Builds one document of a case. Lives for one call."""

    def __init__(
        self,
        case: RecordRedactor,
        document: DocumentType,
        as_of: date | None,
        reader: Reader | None = None,
        read: Grade = Grade.MASKED,
    ) -> None:
        self._case = case
        self._reader = reader
        self._read = read
        self._document = document
        measures = [m for m in case.source.get("measures") or () if isinstance(m, Mapping)]
        self._listing = [m for m in measures if m.get("kind") == document.listing]
        self._listed = {m.get("party") for m in self._listing}
        self._as_of = as_of or _listing_day(self._listing)
        self._findings: list[FieldFinding] = []
        self._holds: list[Hold] = list(case.holds)

    def write(self) -> RecordRedaction:
        self._check_minors()
        record = self._value(self._case.source, "", "", "*")
        return RecordRedaction(
            record=record if isinstance(record, dict) else {},
            findings=tuple(self._findings),
            holds=tuple(dict.fromkeys(self._holds)),
            pseudonyms=dict(self._case.pseudonyms.shown),
        )

    def _check_minors(self) -> None:
        # The parties know who among them is a child; the closed form names nobody.
        if self._document.name == "closed" or self._reader:
            return
        for index, party in enumerate(self._case.source.get("parties") or ()):
            if not _is_minor(party, self._as_of):
                continue
            path = f"parties[{index}]"
            if party.get("name") in self._listed:
                reason, grade = "当事人为未成年人，不应在名单上公布", Grade.FORBIDDEN
            else:
                reason, grade = "当事人为未成年人，是否公开需要人工审核", Grade.REVIEW
            self._holds.append(Hold(reason, Kind.MINOR, path, grade))

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
        rule = self._case.redactor.policy.rule(self._document.name, generic, party)
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
            return self._case.organisations.shown(str(value), self._case.pseudonyms)
        return value

    def _masked(self, value: str, generic: str) -> str | None:
        if generic == "payments[].account":
            return account_tail(value)
        if self._reader and self._reader.may_read(value):
            return value
        if generic == "parties[].id_number":
            return mask_id_number(value)
        if value in self._case.known.organisations or looks_like_organisation(value):
            return self._case.organisations.shown(value, self._case.pseudonyms)
        return self._case.pseudonyms.of(value) or "某"

    def _generalised(self, value: Any, generic: str) -> Any:
        if generic.endswith(".birth_date"):
            return age_on(value, self._as_of)
        return district_of(str(value)) or None

    def _redacted(self, text: str, path: str, rule: Rule) -> str:
        result = self._case.rendered(path, text, rule, self._reader)
        self._findings += [FieldFinding(path, finding) for finding in result.findings]
        self._holds += [replace(hold, path=path) for hold in result.holds]
        if self._reader and not all(hold.is_settled(self._read) for hold in result.holds):
            return WITHHELD
        return result.text


def _public_key(generic: str, public: Any) -> str | None:
    """An age is not a birth date: the generalised value goes by its own name."""
    return "age" if generic.endswith(".birth_date") and isinstance(public, int) else None


def account_tail(account: str) -> str | None:
    """The last four characters of an account; None for one too short to hide the rest."""
    plain = "".join(char for char in account if char.isalnum())
    return plain[-_TAIL:] if len(plain) >= 2 * _TAIL else None


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
