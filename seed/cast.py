"""Who stands against whom, over what and for how much: the cast of one dispute.

A resumed case has the cast of the case it resumes, so a cast is drawn from the random
numbers of the dispute and not of the single case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from portal.reference.courts import Court
from portal.reference.vocabulary import PartyRole
from seed import money
from seed.parties import Party, make_company, make_person
from seed.setting import Setting


@dataclass(frozen=True)
class Cause:
    """A cause of action: usual parties, sums, and the wording of what is owed.

    In ``applicants`` and ``debtors`` 人 is a person, 企 a company, 贷 a lender, 幼 a minor, each
    as often as it stands there; ``obligation`` is a topic of ``data/texts.toml``.
    """

    name: str
    weight: int
    applicants: str
    debtors: str
    lowest_yuan: int
    highest_yuan: int
    obligation: str = "obligation"
    family: bool = False


CAUSES = (
    Cause("民间借贷纠纷", 24, "人", "人人人人企", 8_000, 3_000_000, "obligation_loan"),
    Cause("金融借款合同纠纷", 14, "贷", "人人企", 30_000, 9_000_000, "obligation_loan"),
    Cause("买卖合同纠纷", 13, "企企人", "人企企", 6_000, 2_500_000, "obligation_goods"),
    Cause("信用卡纠纷", 7, "贷", "人", 5_000, 180_000, "obligation_loan"),
    Cause("机动车交通事故责任纠纷", 8, "人", "人人人企", 8_000, 600_000, "obligation_injury"),
    Cause("建设工程施工合同纠纷", 6, "企企人", "企", 60_000, 8_000_000),
    Cause("租赁合同纠纷", 5, "人企", "人企", 6_000, 900_000),
    Cause("追索劳动报酬纠纷", 5, "人", "企企人", 3_000, 120_000, "obligation_labour"),
    Cause("提供劳务者受害责任纠纷", 3, "人", "人企", 15_000, 400_000, "obligation_injury"),
    Cause("物业服务合同纠纷", 3, "企", "人", 3_000, 40_000),
    Cause("房屋买卖合同纠纷", 3, "人", "人企", 50_000, 1_200_000),
    Cause("追偿权纠纷", 2, "人企", "人", 20_000, 700_000),
    Cause("健康权纠纷", 2, "人", "人", 4_000, 150_000, "obligation_injury"),
    Cause("抚养费纠纷", 3, "幼", "人", 6_000, 90_000, "obligation_family", family=True),
    Cause("赡养纠纷", 1, "人", "人", 4_000, 40_000, "obligation_family", family=True),
    Cause("离婚后财产纠纷", 3, "人", "人", 20_000, 800_000, family=True),
)
_WEIGHTS = tuple(cause.weight for cause in CAUSES)


@dataclass(frozen=True)
class Cast:
    """The parties of one dispute, its cause, and the sum awarded (fen)."""

    cause: Cause
    applicants: tuple[Party, ...]
    debtors: tuple[Party, ...]
    others: tuple[Party, ...]
    awarded: int

    @property
    def parties(self) -> tuple[Party, ...]:
        return self.applicants + self.debtors + self.others


def make_cast(rng: Random, setting: Setting, court: Court, on: date) -> Cast:
    """Draw a dispute: one or two applicants, one to three debtors, seldom a third party."""
    cause = rng.choices(CAUSES, _WEIGHTS)[0]
    surname = setting.names.surname(rng)
    taken: set[str] = set()

    def party(role: PartyRole, kinds: str) -> Party:
        while True:
            drawn = _make_party(rng, setting, role, rng.choice(kinds), court, on, surname)
            if drawn.name not in taken:
                taken.add(drawn.name)
                return drawn

    applicants = [party(PartyRole.APPLICANT, cause.applicants)]
    if "人" in cause.applicants and rng.random() < 0.08:
        applicants.append(party(PartyRole.APPLICANT, "人"))
    debtors = [party(PartyRole.DEBTOR, cause.debtors)]
    if not cause.family:
        while len(debtors) < 3 and rng.random() < 0.33:
            debtors.append(party(PartyRole.DEBTOR, "人人企"))
    if cause.name in ("健康权纠纷", "机动车交通事故责任纠纷") and rng.random() < 0.15:
        debtors.append(party(PartyRole.DEBTOR, "幼"))
    others = []
    if rng.random() < 0.05:
        role = rng.choice((PartyRole.THIRD_PARTY, PartyRole.INTERESTED))
        others.append(party(role, "人企"))
    awarded = money.between(rng, cause.lowest_yuan, cause.highest_yuan)
    return Cast(cause, tuple(applicants), tuple(debtors), tuple(others), awarded)


def _make_party(
    rng: Random,
    setting: Setting,
    role: PartyRole,
    kind: str,
    court: Court,
    on: date,
    surname: str,
) -> Party:
    division = setting.division(rng, court)
    if kind in "企贷":
        return make_company(rng, setting, role, division, lender=kind == "贷")
    # Parties of one family name are common, and the hard case for pseudonyms.
    shared = surname if rng.random() < 0.3 else None
    return make_person(rng, setting, role, division, on, minor=kind == "幼", surname=shared)
