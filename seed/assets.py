"""What the search for property found, and how the court took hold of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from random import Random

from portal.reference.vocabulary import ControlAction, ControlKind
from seed import identifiers, money
from seed.dates import add_months
from seed.library import words
from seed.parties import Party
from seed.setting import Setting
from seed.spelling import written_card, written_plate

_MODELS = words("vehicles")
_BANKS = words("bank_branches")
# How long a measure holds, months: deposits 1 year, movables 2, real estate 3.
_TERM_MONTHS = {ControlKind.VEHICLE: 24, ControlKind.REAL_ESTATE: 36, ControlKind.EQUITY: 36}
_ACTIONS = {
    ControlKind.REAL_ESTATE: ControlAction.SEAL,
    ControlKind.VEHICLE: ControlAction.SEAL,
}


@dataclass(frozen=True)
class Control:
    """One line of the property-control list; ``amount`` in fen where there is one."""

    kind: ControlKind
    action: ControlAction
    owner: str
    description: str
    on: date
    amount: int | None = None

    def record(self) -> dict[str, object]:
        fields: dict[str, object] = {
            "kind": self.kind.value,
            "action": self.action.value,
            "owner": self.owner,
            "description": self.description,
            "from": self.on.isoformat(),
        }
        if self.amount is not None:
            fields["amount"] = money.yuan(self.amount)
        if self.action in (ControlAction.FREEZE, ControlAction.SEAL):
            until = add_months(self.on, _TERM_MONTHS.get(self.kind, 12))
            fields["until"] = until.isoformat()
        return fields


def covered_debtors(controls: list[Control], owed: int) -> frozenset[str]:
    """Names of the owners whose controlled sums reach what is owed, in fen."""
    sums: Counter[str] = Counter()
    for control in controls:
        if control.action is not ControlAction.QUERY:
            sums[control.owner] += control.amount or 0
    return frozenset(owner for owner, amount in sums.items() if amount >= owed > 0)


def search_controls(
    rng: Random, setting: Setting, debtor: Party, division: str, on: date
) -> list[Control]:
    """What was found in the name of one debtor and controlled on that day; often nothing."""
    found = [Control(ControlKind.DEPOSIT, ControlAction.QUERY, debtor.name, _queried(rng), on)]
    for kind, chance in (
        (ControlKind.DEPOSIT, 0.34),
        (ControlKind.REAL_ESTATE, 0.16),
        (ControlKind.VEHICLE, 0.17),
        (ControlKind.INSURANCE, 0.04),
        (ControlKind.WEALTH, 0.03),
        (ControlKind.EQUITY, 0.04),
        (ControlKind.OTHER, 0.04),
    ):
        if rng.random() < chance:
            action = _ACTIONS.get(kind, ControlAction.FREEZE)
            if kind is ControlKind.VEHICLE and rng.random() < 0.3:
                action = ControlAction.SEIZE
            description, amount = _described(rng, setting, kind, debtor, division, on)
            found.append(Control(kind, action, debtor.name, description, on, amount))
    return found


def _queried(rng: Random) -> str:
    return rng.choice(
        (
            "通过网络执行查控系统查询银行存款、车辆、不动产、证券",
            "总对总查询，反馈齐全",
            "查询本地及全国开户银行，存款余额不足百元",
        )
    )


def _described(
    rng: Random, setting: Setting, kind: ControlKind, debtor: Party, division: str, on: date
) -> tuple[str, int | None]:
    """Free text of a control, and the amount in fen where the property is a sum."""
    card = written_card(rng, identifiers.bank_card(rng))
    deed = identifiers.deed(rng, rng.randint(2015, min(on.year, 2018)))
    if kind is ControlKind.DEPOSIT:
        shown = debtor.bank_account if debtor.bank_account and rng.random() < 0.4 else card
        return f"{rng.choice(_BANKS)}，账号{shown}", money.between(rng, 30, 90_000)
    if kind is ControlKind.REAL_ESTATE:
        home = rng.choice((debtor.address, setting.address(rng, division)))
        area = rng.randint(38, 160)
        return f"{home}，建筑面积{area}.{rng.randrange(100):02d}平方米，权证号{deed}", None
    if kind is ControlKind.VEHICLE:
        car = written_plate(rng, identifiers.plate(rng))
        frame = identifiers.vehicle_number(rng)
        return rng.choice(
            (
                f"{rng.choice(_MODELS)}一辆，车牌号{car}",
                f"{rng.choice(_MODELS)}（{car}），车架号{frame}，档案查封",
                f"车辆{car}，未实际扣押，已向车管所发协助执行通知书",
            )
        ), None
    if kind is ControlKind.INSURANCE:
        policy = identifiers.digits(rng, 15)
        return f"人寿保险一份，保单号{policy}，冻结现金价值", money.between(rng, 2_000, 60_000)
    if kind is ControlKind.WEALTH:
        return f"{rng.choice(_BANKS)}理财产品，关联账户{card}", money.between(rng, 1_000, 200_000)
    if kind is ControlKind.EQUITY:
        company = setting.company(rng, division)
        return f"持有{company}{rng.randint(5, 90)}%股权", None
    fund = identifiers.digits(rng, 12)
    return f"住房公积金，个人账号{fund}", money.between(rng, 2_000, 50_000)
