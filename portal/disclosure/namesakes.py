"""Same name, not same person: entries under one name, side by side, by public facts alone.

A difference is said only where two people must be meant by it: another sex, ages that no one
year of birth explains, other visible characters of the ID number. That two entries agree says
nothing, and nothing here knows a hidden digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.models import PublicDebtor, PublicRestriction
from portal.reference.regions import region_of
from portal.reference.vocabulary import PartyKind

MAX_NAMESAKES = 20
Named = PublicDebtor | PublicRestriction


@dataclass(frozen=True)
class PublicFacts:
    """What a list says of one entry to tell people by; "" or None where it says nothing."""

    list_name: str
    address: str
    name: str
    kind: str
    sex: str
    age: int | None
    age_on: date | None
    id_masked: str
    region: str
    company: str
    court_name: str
    case_number: str


def facts_of(row: Named) -> PublicFacts:
    """The public facts of an entry of either list."""
    debtor = isinstance(row, PublicDebtor)
    return PublicFacts(
        list_name="失信名单" if debtor else "限制消费名单",
        address=f"/{'debtors' if debtor else 'restrictions'}/{row.id}",
        name=row.name,
        kind=row.kind,
        sex=row.sex,
        age=row.age if isinstance(row, PublicDebtor) else None,
        age_on=row.published_on if isinstance(row, PublicDebtor) else None,
        id_masked=row.id_masked,
        region=region_of(row.id_masked) if row.kind == PartyKind.PERSON else "",
        company=row.company if isinstance(row, PublicRestriction) else "",
        court_name=row.court_name,
        case_number=row.case_number,
    )


def others_on_list(session: Session, row: PublicDebtor) -> tuple[PublicDebtor, ...]:
    """Other dishonest debtors listed under the very same name, newest first."""
    query = _named(PublicDebtor, row.name, PublicDebtor.published_on)
    return tuple(session.scalars(query.where(PublicDebtor.id != row.id)))


def others_restricted(session: Session, row: PublicRestriction) -> tuple[PublicRestriction, ...]:
    """Other people restricted under the very same name, newest first."""
    query = _named(PublicRestriction, row.name, PublicRestriction.decided_on)
    return tuple(session.scalars(query.where(PublicRestriction.id != row.id)))


def listed_elsewhere(session: Session, row: Named) -> tuple[Named, ...]:
    """Entries of the other list under the same name, but for those of the same case.

    In one case both lists speak of the same party.
    """
    model: Any = PublicRestriction if isinstance(row, PublicDebtor) else PublicDebtor
    day = PublicRestriction.decided_on if model is PublicRestriction else PublicDebtor.published_on
    query = _named(model, row.name, day).where(model.case_number != row.case_number)
    return tuple(session.scalars(query))


def _named(model: Any, name: str, day: Any) -> Any:
    ordered = select(model).where(model.name == name).order_by(day.desc(), model.id.desc())
    return ordered.limit(MAX_NAMESAKES)


def compare(row: Named, with_row: Named) -> tuple[str, ...]:
    """Labels of the public facts by which two entries cannot be the same person or unit.

    () where they may be the same or not.
    """
    one, other = facts_of(row), facts_of(with_row)
    checks = {
        "类型": one.kind != other.kind,
        "性别": bool(one.sex and other.sex) and one.sex != other.sex,
        "年龄": not _one_birth_year(one, other),
        "证件号露出的部分": _differ_visibly(one.id_masked, other.id_masked),
    }
    return tuple(label for label, differs in checks.items() if differs)


def _one_birth_year(one: PublicFacts, other: PublicFacts) -> bool:
    """Whether some year of birth fits both ages, each counted on a day of its own."""
    if one.age is None or other.age is None or one.age_on is None or other.age_on is None:
        return True
    first, second = one.age_on.year - one.age, other.age_on.year - other.age
    # Before his birthday somebody is a year younger: two years of birth fit each age.
    return abs(first - second) <= 1


def _differ_visibly(one: str, other: str) -> bool:
    """Whether two masked numbers of one length show different characters at one place."""
    pairs = zip(one.upper(), other.upper(), strict=False)
    return len(one) == len(other) and any(a != b for a, b in pairs if "*" not in (a, b))
