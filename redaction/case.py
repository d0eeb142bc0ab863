"""What the structured part of a case says about people before its texts are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from redaction import checksums
from redaction.leaks import skeleton, verify
from redaction.model import Kind, Known, KnownPerson, PrivateValue
from redaction.names.known import name_key
from redaction.names.surnames import surname_of
from redaction.recognisers.places import below_district

_ORGANISATION = re.compile(
    r"(?:公司|银行|支行|分行|信用社|厂|场|店|行|社|所|部|院|会|局|校|学|站|中心|集团|政府|办事处|园|队|庄|坊|馆|铺|吧|超市|企业|合伙)"
    r"(?:[（(][^（）()]*[）)])?$"
)
_PERSON = "自然人"
_KINDS = {
    "id_number": Kind.ID_NUMBER,
    "address": Kind.ADDRESS,
    "phone": Kind.PHONE,
    "bank_account": Kind.BANK_ACCOUNT,
    "employer": Kind.OTHER,
    "health": Kind.HEALTH,
    "birth_date": Kind.BIRTH_DATE,
}
_SHORTEST_GIVEN = 2
_SHORTEST_STREET = 5
_OF_ORGANISATIONS = ("phone", "bank_account")
_AGENT_NAME = re.compile(
    r"^\s*([\u3400-\u9fff·\U00020000-\U000323af]{2,12})(?=\s*(?:$|[，,（(、；]))"
)


def is_person(party: Mapping[str, Any]) -> bool:
    """Whether a party of the exchange format is a natural person."""
    return bool(party.get("kind", _PERSON) == _PERSON)


def looks_like_organisation(name: str) -> bool:
    """Whether a bare name is that of a unit: by its last word, or too long for a person's."""
    return len(name) > 4 and "·" not in name and bool(_ORGANISATION.search(name))


def known_of(record: Mapping[str, Any]) -> Known:
    """People, organisations, kept terms and private values named by the fields of a case."""
    parties = _items(record, "parties")
    organisations = [name for party in parties if not is_person(party) for name in _names_of(party)]
    handler = record.get("handler") or {}
    basis = record.get("basis") or {}
    keep = [handler.get("name"), basis.get("issuing_body")]
    return Known(
        persons=tuple(_people(record, parties, frozenset(organisations))),
        organisations=tuple(dict.fromkeys(organisations)),
        keep=tuple(term for term in keep if term),
        private=tuple(_private_values(record, parties, frozenset(organisations))),
    )


def is_private(term: str, known: Known) -> bool:
    """Whether a term cannot be kept: it is, holds or is part of a name or private value."""
    return next(touched(term, known), None) is not None


def touched(
    term: str, known: Known, further: Sequence[PrivateValue] = ()
) -> Iterator[PrivateValue]:
    """Every name and private value that a term is, holds or is part of.

    Of an address only what stands below the district counts. Names of children are of the kind
    MINOR here. ``further`` are private values beside those known from fields.
    """
    sought, key = skeleton(term), name_key(term)
    if not sought:
        return
    for person in known.persons:
        for name in (person.name, *person.aliases):
            if name_key(name) in key or key in name_key(name):
                yield PrivateValue(name, Kind.MINOR if person.minor else Kind.PERSON)
    for value in (*known.private, *further):
        is_address = value.kind is Kind.ADDRESS
        hidden = skeleton(below_district(value.value) if is_address else value.value)
        if (hidden and (hidden in sought or sought in hidden)) or verify([("", term)], [value]):
            yield value


def _people(
    record: Mapping[str, Any], parties: Sequence[Mapping[str, Any]], organisations: frozenset[str]
) -> Iterator[KnownPerson]:
    """Parties first, in order, then everybody else some field names."""
    seen: set[str] = set()
    for party in parties:
        names = _names_of(party)
        if is_person(party) and names:
            seen.update(names)
            minor = bool(party.get("minor"))
            aliases = (*names[1:], *(given_names(names[0]) if minor else ()))
            yield KnownPerson(names[0], aliases, str(party.get("role", "")), minor)
    for role, name in _others(record, parties):
        if name not in seen and name not in organisations and not looks_like_organisation(name):
            seen.add(name)
            yield KnownPerson(name, role=role)


def given_names(name: str) -> tuple[str, ...]:
    """The given name of a child, by which clerks call children; () where it is one character."""
    given = name[len(surname_of(name)) :]
    return (given,) if len(given) >= _SHORTEST_GIVEN and "·" not in name else ()


def _others(
    record: Mapping[str, Any], parties: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, str]]:
    for party in parties:
        if party.get("legal_representative"):
            yield "法定代表人", str(party["legal_representative"]).strip()
        agent = _AGENT_NAME.match(str(party.get("agent") or ""))
        if agent:
            yield "委托代理人", agent.group(1)
    for field, key, role in (
        ("measures", "party", "被采取措施人"),
        ("property_controls", "owner", "财产权利人"),
        ("payments", "payee", "收款人"),
        ("query_codes", "party", "当事人"),
    ):
        for item in _items(record, field):
            if item.get(key):
                yield role, str(item[key]).strip()


def _private_values(
    record: Mapping[str, Any], parties: Sequence[Mapping[str, Any]], organisations: frozenset[str]
) -> Iterator[PrivateValue]:
    for index, party in enumerate(parties):
        for field, kind in _KINDS.items():
            value = str(party.get(field) or "").strip()
            if not value or value in organisations:
                continue
            if is_person(party) or field in _OF_ORGANISATIONS:
                path = f"parties[{index}].{field}"
                yield PrivateValue(value, _card_or(kind, value), path)
                street = below_district(value) if kind is Kind.ADDRESS else value
                if street != value and len(street) >= _SHORTEST_STREET:
                    yield PrivateValue(street, kind, path)
    for index, payment in enumerate(_items(record, "payments")):
        if payment.get("account"):
            value = str(payment["account"])
            kind = _card_or(Kind.BANK_ACCOUNT, value)
            yield PrivateValue(value, kind, f"payments[{index}].account")
    for index, code in enumerate(_items(record, "query_codes")):
        if code.get("code"):
            yield PrivateValue(str(code["code"]), Kind.OTHER, f"query_codes[{index}].code")
    phone = (record.get("handler") or {}).get("office_phone")
    if phone:
        yield PrivateValue(str(phone), Kind.PHONE, "handler.office_phone")


def _card_or(kind: Kind, value: str) -> Kind:
    digits = re.sub(r"\D", "", value)
    if kind is Kind.BANK_ACCOUNT and 15 <= len(digits) <= 19 and checksums.is_luhn(digits):
        return Kind.BANK_CARD
    return kind


def _names_of(party: Mapping[str, Any]) -> list[str]:
    names = [party.get("name"), *(party.get("former_names") or ())]
    return [str(name).strip() for name in names if name and str(name).strip()]


def _items(record: Mapping[str, Any], field: str) -> list[Mapping[str, Any]]:
    return [item for item in record.get(field) or () if isinstance(item, Mapping)]
