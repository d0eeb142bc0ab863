"""What a template's slots are filled with: parties, their kin, numbers, places, dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property
from random import Random

from seed import identifiers, money, spelling
from seed.cast import Cast
from seed.dates import spelled
from seed.dockets import Docket
from seed.library import words
from seed.parties import Party
from seed.setting import Judge, Setting

_BANKS = words("bank_branches")
_ILLNESSES = words("illnesses")
_HOSPITALS = words("hospitals")
_STATUTES = words("statutes")
_SCHOOLS = words("schools")


class Kin:
    """The family of one party, invented when first asked for and then the same."""

    def __init__(self, rng: Random, setting: Setting, party: Party) -> None:
        self._rng = rng
        self._names = setting.names
        self._party = party

    @cached_property
    def spouse_word(self) -> str:
        return self._rng.choice(("妻子", "爱人")) if self._party.sex == "男" else "丈夫"

    @cached_property
    def spouse(self) -> str:
        return self._names.person(self._rng, "女" if self._party.sex == "男" else "男")

    @cached_property
    def child_word(self) -> str:
        return self._rng.choice(("儿子", "女儿"))

    @cached_property
    def child(self) -> str:
        sex = "女" if "女" in self.child_word else "男"
        family = self._names.family_of(self._party.name) if self._party.sex == "男" else None
        return self._names.person(self._rng, sex, family)

    @cached_property
    def parent_word(self) -> str:
        return self._rng.choice(("母亲", "父亲", "岳父", "姨母"))

    @cached_property
    def parent(self) -> str:
        return self._names.person(self._rng, "女" if "母" in self.parent_word else "男")


class Slots(dict[str, str]):
    """A mapping that invents a slot when a template asks for it, and keeps it for that text."""

    def __init__(
        self,
        rng: Random,
        setting: Setting,
        cast: Cast,
        docket: Docket,
        judge: Judge,
        kin: Kin,
        focus: Party,
        on: date,
        given: dict[str, str],
    ) -> None:
        super().__init__(given)
        self.rng = rng
        self.setting = setting
        self.cast = cast
        self.docket = docket
        self.judge = judge
        self.kin = kin
        self.focus = focus
        self.on = on

    def __missing__(self, slot: str) -> str:
        self[slot] = _FILLERS[slot](self)
        return self[slot]

    @property
    def applicant(self) -> Party:
        return self.cast.applicants[0]

    def mobile(self) -> str:
        return spelling.written_phone(self.rng, identifiers.mobile(self.rng))

    def anyone(self, sexes: str = "男女") -> str:
        return self.setting.names.person(self.rng, self.rng.choice(sexes))

    def elsewhere(self) -> str:
        return self.setting.address(self.rng, self.setting.division(self.rng, self.docket.court))

    def sum(self, low: int, high: int) -> str:
        return money.yuan(money.between(self.rng, low, high))

    def bystander_id(self) -> str:
        born = self.on - timedelta(days=self.rng.randrange(8_000, 25_000))
        number = identifiers.id_number(self.rng, "210800", born, self.rng.choice("男女"))
        return spelling.written_document(self.rng, number)


def _born(party: Party) -> str:
    return spelled(party.birth_date) if party.birth_date else "出生日期不详"


_FILLERS: dict[str, Callable[[Slots], str]] = {
    "debtor": lambda s: s.focus.name,
    "debtor_id": lambda s: spelling.written_document(s.rng, s.focus.id_number),
    "debtor_phone": lambda s: (
        spelling.written_phone(s.rng, s.focus.phone)
        if s.focus.phone.startswith("1")
        else s.focus.phone
    ),
    "debtor_address": lambda s: s.focus.address.removeprefix(s.rng.choice(("", "辽宁省"))),
    "debtor_card": lambda s: spelling.written_card(s.rng, s.focus.bank_account or ""),
    "debtor_born": lambda s: _born(s.focus),
    "former_name": lambda s: s.focus.former_names[0] if s.focus.former_names else s.focus.name,
    "head": lambda s: s.focus.legal_representative or s.anyone(),
    "applicant": lambda s: s.applicant.name,
    "applicant_phone": lambda s: (
        spelling.written_phone(s.rng, s.applicant.phone)
        if s.applicant.phone.startswith("1")
        else s.applicant.phone
    ),
    "applicant_address": lambda s: s.applicant.address,
    "applicant_card": lambda s: spelling.written_card(
        s.rng, s.applicant.bank_account or identifiers.bank_card(s.rng)
    ),
    "spouse_word": lambda s: s.kin.spouse_word,
    "spouse": lambda s: s.kin.spouse,
    "child_word": lambda s: s.kin.child_word,
    "child": lambda s: s.kin.child,
    "child_born": lambda s: spelled(s.on - timedelta(days=s.rng.randrange(900, 6_000))),
    "parent_word": lambda s: s.kin.parent_word,
    "parent": lambda s: s.kin.parent,
    "person": lambda s: s.anyone(),
    "person2": lambda s: s.anyone(),
    "person_id": Slots.bystander_id,
    "witness": lambda s: s.anyone(),
    "lawyer": lambda s: s.anyone(),
    "phone": Slots.mobile,
    "phone2": Slots.mobile,
    "landline": lambda s: identifiers.landline(s.rng),
    "address": Slots.elsewhere,
    "plate": lambda s: spelling.written_plate(s.rng, identifiers.plate(s.rng)),
    "vin": lambda s: identifiers.vehicle_number(s.rng),
    "deed": lambda s: identifiers.deed(s.rng, s.rng.randint(2015, s.on.year)),
    "passport": lambda s: identifiers.passport(s.rng),
    "wechat": lambda s: identifiers.wechat(s.rng),
    "qq": lambda s: identifiers.qq(s.rng),
    "email": lambda s: identifiers.email(s.rng, s.setting.names.handle(s.rng)),
    "account": lambda s: spelling.written_card(s.rng, identifiers.bank_card(s.rng)),
    "tail": lambda s: identifiers.digits(s.rng, 4),
    "policy": lambda s: identifiers.digits(s.rng, 15),
    "record_number": lambda s: identifiers.digits(s.rng, 8),
    "bank": lambda s: s.rng.choice(_BANKS),
    "illness": lambda s: s.rng.choice(_ILLNESSES),
    "hospital": lambda s: s.rng.choice(_HOSPITALS),
    "school": lambda s: s.rng.choice(_SCHOOLS),
    "company": lambda s: s.setting.company(s.rng, s.setting.division(s.rng, s.docket.court)),
    "employer": lambda s: (
        s.focus.employer or s.setting.employer(s.rng, s.setting.division(s.rng, s.docket.court))
    ),
    "amount": lambda s: s.sum(1_000, 300_000),
    "small_amount": lambda s: s.sum(10, 3_000),
    "claimed": lambda s: money.yuan(s.cast.awarded),
    "fine_amount": lambda s: money.yuan(s.rng.choice((200_000, 500_000, 1_000_000, 5_000_000))),
    "statute": lambda s: s.rng.choice(_STATUTES),
    "judge": lambda s: s.judge.name,
    "clerk": lambda s: s.setting.names.judge(s.rng),
    "court": lambda s: s.docket.court.name,
    "other_court": lambda s: s.setting.other_court(s.rng),
    "case_number": lambda s: s.docket.case_number,
    "other_case": lambda s: spelling.written_case_number(
        s.rng, f"（{s.on.year}）{s.docket.court.code}执{s.rng.randint(10, 2999)}号"
    ),
    "cause": lambda s: s.cast.cause.name,
    "today": lambda s: spelled(s.on),
    "another_day": lambda s: spelled(s.on - timedelta(days=s.rng.randrange(1, 40))),
    "days": lambda s: str(s.rng.choice((5, 7, 10, 15))),
    "months": lambda s: str(s.rng.choice((3, 6, 10, 12))),
}
