"""The parties of a case: natural persons, companies and other organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from portal.reference.vocabulary import PartyKind, PartyRole
from seed import identifiers
from seed.library import words
from seed.setting import Setting

_ETHNICITIES = ("汉族",) * 17 + ("满族",) * 4 + ("回族", "朝鲜族", "蒙古族", "锡伯族")
_ILLNESSES = words("health_notes")


@dataclass(frozen=True)
class Party:
    """One party, holding the fields of the exchange format; None where there is nothing."""

    role: PartyRole
    kind: PartyKind
    name: str
    id_type: str
    id_number: str
    address: str
    phone: str
    bank_account: str | None = None
    former_names: tuple[str, ...] = ()
    sex: str | None = None
    birth_date: date | None = None
    minor: bool = False
    ethnicity: str | None = None
    employer: str | None = None
    legal_representative: str | None = None
    agent: str | None = None
    health: str | None = None

    @property
    def is_person(self) -> bool:
        return self.kind is PartyKind.PERSON

    def record(self) -> dict[str, object]:
        """The party as it stands in the exchange file: only what is filled in."""
        fields: dict[str, object] = {
            "role": self.role.value,
            "kind": self.kind.value,
            "name": self.name,
            "former_names": list(self.former_names),
            "sex": self.sex,
            "birth_date": self.birth_date.isoformat() if self.birth_date else None,
            "minor": self.minor,
            "ethnicity": self.ethnicity,
            "id_type": self.id_type,
            "id_number": self.id_number,
            "address": self.address,
            "phone": self.phone,
            "bank_account": self.bank_account,
            "employer": self.employer,
            "legal_representative": self.legal_representative,
            "agent": self.agent,
            "health": self.health,
        }
        return {key: value for key, value in fields.items() if value}


def make_person(
    rng: Random,
    setting: Setting,
    role: PartyRole,
    division: str,
    on: date,
    *,
    minor: bool = False,
    surname: str | None = None,
) -> Party:
    """A natural person, 20 to 78 years old on that day, or 3 to 16 when ``minor``."""
    sex = rng.choice("男男女") if role is PartyRole.DEBTOR else rng.choice("男女")
    years = rng.uniform(3, 16) if minor else min(rng.gauss(44, 12), 78)
    born = on - timedelta(days=int((years if minor else max(years, 20)) * 365.25))
    ethnicity = rng.choice(_ETHNICITIES)
    name = setting.names.person(rng, sex, surname)
    if surname is None and rng.random() < 0.012:
        ethnicity, name = "维吾尔族", setting.names.minority(rng)
    return Party(
        role=role,
        kind=PartyKind.PERSON,
        name=name,
        id_type="居民身份证",
        id_number=identifiers.id_number(rng, division, born, sex),
        address=setting.address(rng, division),
        phone=identifiers.mobile(rng),
        bank_account=None if minor else identifiers.bank_card(rng),
        former_names=_former_names(rng, setting, sex, name),
        sex=sex,
        birth_date=born,
        minor=minor,
        ethnicity=ethnicity if rng.random() < 0.6 else None,
        employer=setting.employer(rng, division) if not minor and rng.random() < 0.18 else None,
        agent=_agent(rng, setting, name, minor=minor),
        health=rng.choice(_ILLNESSES) if not minor and rng.random() < 0.08 else None,
    )


def make_company(
    rng: Random, setting: Setting, role: PartyRole, division: str, *, lender: bool = False
) -> Party:
    """A company, or one time in ten (never a lender) an organisation that is none."""
    organisation = not lender and rng.random() < 0.1
    if organisation:
        name = setting.organisation(rng, division)
    else:
        name = setting.lender(rng) if lender else setting.company(rng, division)
    head = setting.names.person(rng, rng.choice("男男女"))
    return Party(
        role=role,
        kind=PartyKind.ORGANISATION if organisation else PartyKind.COMPANY,
        name=name,
        id_type="统一社会信用代码",
        id_number=identifiers.credit_code(rng, division, "92" if organisation else "91"),
        address=setting.premises(rng, division),
        phone=identifiers.landline(rng) if rng.random() < 0.4 else identifiers.mobile(rng),
        bank_account=identifiers.bank_card(rng),
        legal_representative=head,
        agent=_agent(rng, setting, name, minor=False),
    )


def _former_names(rng: Random, setting: Setting, sex: str, name: str) -> tuple[str, ...]:
    if rng.random() > 0.05 or "·" in name:
        return ()
    former = setting.names.person(rng, sex, setting.names.family_of(name))
    return () if former == name else (former,)


def _agent(rng: Random, setting: Setting, name: str, *, minor: bool) -> str | None:
    if minor:
        return f"{setting.names.person(rng, '女')}（法定代理人，系其母亲）"
    if rng.random() < 0.14:
        firm = "".join(rng.sample("正德明理衡平诚达佳言", 2))
        return f"{setting.names.person(rng, rng.choice('男女'))}，辽宁{firm}律师事务所律师"
    return None
