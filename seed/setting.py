"""The invented Yingkou that all cases of one seed share: people's names, streets, judges."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from faker import Faker

from portal.reference.courts import BY_CODE, COURTS, Court
from seed import identifiers
from seed.library import words
from seed.names import Names

JUDGES_PER_COURT = 6

_DISTRICTS = {
    "210802": "站前区",
    "210803": "西市区",
    "210804": "鲅鱼圈区",
    "210811": "老边区",
    "210881": "盖州市",
    "210882": "大石桥市",
}
_ESTATES = words("estates")
_TOWNS = words("towns")
_VILLAGES = words("villages")
_SHOP_SIGNS = "鑫盛隆泰恒润宏远嘉瑞辰渤顺茂亿达丰禾荃淏瀚海涵濛" + "祥和金桥启航"
_TRADES = words("trades")


@dataclass(frozen=True)
class Judge:
    """A judge of the court: name, title and office telephone, all of them public."""

    name: str
    title: str
    office_phone: str


class Setting:
    """Everything the cases of one seed draw from; made once, then only read."""

    def __init__(self, seed: int) -> None:
        fake = Faker("zh_CN")
        fake.seed_instance(seed)
        self.names = Names(fake)
        self._streets = tuple(sorted({fake.street_name() for _ in range(150)}))
        self._jobs = tuple(sorted({fake.job() for _ in range(120)}))
        rng = Random(f"{seed}/setting")  # noqa: S311 - a toy world
        self._judges = {
            court.code: tuple(
                Judge(
                    self.names.judge(rng),
                    rng.choice(("审判员", "执行员", "助理审判员")),
                    identifiers.landline(rng),
                )
                for _ in range(JUDGES_PER_COURT)
            )
            for court in COURTS
        }

    def judge(self, rng: Random, court: Court) -> Judge:
        """One of the judges of this court."""
        return rng.choice(self._judges[court.code])

    def division(self, rng: Random, court: Court) -> str:
        """Division code of a place where a party of this court's case lives."""
        if court.division in _DISTRICTS and rng.random() < 0.8:
            return court.division
        return rng.choice(tuple(_DISTRICTS))

    def address(self, rng: Random, division: str) -> str:
        """A home: a flat in town, or a house in a village."""
        district = _DISTRICTS[division]
        if rng.random() < 0.22:
            return (
                f"辽宁省营口市{district}{rng.choice(_TOWNS)}{rng.choice(_VILLAGES)}"
                f"{rng.randint(1, 9)}组{rng.randint(1, 99)}号"
            )
        return (
            f"辽宁省营口市{district}{rng.choice(self._streets)}{rng.randint(1, 260)}号"
            f"{rng.choice(_ESTATES)}{rng.randint(1, 36)}号楼{rng.randint(1, 5)}单元"
            f"{rng.randint(1, 28)}0{rng.randint(1, 4)}室"
        )

    def premises(self, rng: Random, division: str) -> str:
        """Where a company sits."""
        return (
            f"辽宁省营口市{_DISTRICTS[division]}{rng.choice(self._streets)}{rng.randint(1, 260)}号"
        )

    def company(self, rng: Random, division: str) -> str:
        """Name of a limited company."""
        place = rng.choice(("营口", "营口", "营口市", _DISTRICTS[division]))
        sign = "".join(rng.sample(_SHOP_SIGNS, 2))
        tail = rng.choice(("有限公司", "有限公司", "有限责任公司", "集团有限公司"))
        return f"{place}{sign}{rng.choice(_TRADES)}{tail}"

    def lender(self, rng: Random) -> str:
        """Name of a bank or loan company that does not exist."""
        kind = rng.choice(
            ("农村商业银行股份有限公司", "村镇银行股份有限公司", "小额贷款有限公司", "典当有限公司")
        )
        return f"营口{''.join(rng.sample(_SHOP_SIGNS, 2))}{kind}"

    def organisation(self, rng: Random, division: str) -> str:
        """Name of a body that is not a legal person."""
        sign = "".join(rng.sample(_SHOP_SIGNS, 2))
        kind = rng.choice(("建材经销处", "农机合作社", "物流中心（普通合伙）", "海鲜批发部"))
        return f"{_DISTRICTS[division]}{sign}{kind}"

    def employer(self, rng: Random, division: str) -> str:
        """Where somebody works, with the job."""
        return f"{self.company(rng, division)}{rng.choice(self._jobs)}"

    def other_court(self, rng: Random) -> str:
        """Full name of any of the seven courts."""
        return rng.choice(tuple(BY_CODE.values())).name
