"""Network auctions of seized property (法释〔2016〕18号).

Kept by every lot but the few whose clerk was careless (one in CARELESS, so that the office has
something to check): the first start at 70 % of the valuation or more (art. 10), a deposit of
5 to 20 % of the start (art. 17), 24 hours of bidding (art. 20), notice of 15 days for movables
and 30 for real estate (art. 12), a second round within 30 days of the failed first, with
notice of 7 or 15 days and a start at most a fifth lower, on the same platform, then a sale
(art. 26).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from zlib import crc32

from portal.reference.platforms import PLATFORM_HOSTS
from portal.reference.vocabulary import AuctionRound, AuctionStatus
from seed import identifiers, money
from seed.dates import CUT_OFF, office_day
from seed.dockets import Docket
from seed.fate import PERFORMED, Fate
from seed.parties import Party
from seed.setting import Setting
from seed.spelling import written_phone, written_plate

_REAL_ESTATE = ("住宅用房", "商业用房", "工业用房", "土地使用权")
_MOVABLES = ("机动车", "机器设备", "船舶", "存货")
CARELESS = 12
_UNVERIFIED_SHARE = 0.06
_UNVERIFIED = (
    ("阿里资产", "https://sf-item.taobao.com.evil.example/sf_item/{}.htm"),
    ("淘宝网司法拍卖", "http://sf.taobao.com/item/{}.htm"),
    ("京东网司法拍卖", "https://paimai.jd.com@pai-mai.example/{}"),
    ("公拍网", "https://www.gpai.net:8443/lot/{}"),
    ("营口拍卖网", "https://paimai.yingkou.example/lot?id={}"),
)
# Between the end of bidding and the closing of the case: the price is paid, the lot handed over.
_SETTLING = timedelta(days=12)
_ENDED_EARLY = (AuctionStatus.STOPPED, AuctionStatus.SUSPENDED, AuctionStatus.WITHDRAWN)


@dataclass(frozen=True)
class Lot:
    """The thing on sale: what it is, and what it was valued at (fen)."""

    title: str
    property_kind: str
    description: str
    owner: str
    appraisal: int

    @property
    def movable(self) -> bool:
        return self.property_kind in _MOVABLES


@dataclass(frozen=True)
class Auction:
    """One round for one lot; sums in fen, bidding from 10:00 of ``starts`` to 10:00 of ``ends``."""

    identifier: str
    lot: Lot
    platform: str
    url: str
    round: AuctionRound
    start_price: int
    deposit: int
    increment: int
    announced: date
    starts: date
    ends: date
    status: AuctionStatus
    final_price: int | None
    noted: bool = True
    """Whether the clerk wrote down the day of the notice and the valuation."""

    def record(self) -> dict[str, object]:
        return {
            "lot": self.identifier,
            "title": self.lot.title,
            "property_kind": self.lot.property_kind,
            "description": self.lot.description,
            "platform": self.platform,
            "url": self.url,
            "round": self.round.value,
            "appraisal": money.yuan(self.lot.appraisal) if self.noted else None,
            "starting_price": money.yuan(self.start_price),
            "deposit": money.yuan(self.deposit),
            "increment": money.yuan(self.increment),
            "announced_on": self.announced.isoformat() if self.noted else None,
            "starts_at": f"{self.starts.isoformat()}T10:00:00+08:00",
            "ends_at": f"{self.ends.isoformat()}T10:00:00+08:00",
            "status": self.status.value,
            "final_price": money.yuan(self.final_price) if self.final_price else None,
        }


def hold_auctions(
    rng: Random, setting: Setting, docket: Docket, fate: Fate, debtor: Party, not_before: date
) -> list[Auction]:
    """The rounds held in one case after ``not_before``; none where there was no time for one."""
    lot = _draw_lot(rng, setting, docket, fate, debtor)
    announced = _first_announcement(rng, fate, lot, not_before)
    rounds: list[Auction] = []
    start_price = money.rounded(int(lot.appraisal * rng.uniform(0.71, 1.0)), 10_000)
    for number, name in enumerate(AuctionRound):
        starts, ends = _bidding_days(rng, lot, name, announced)
        if announced > fate.last_day or (fate.closed_on and ends > fate.closed_on - _SETTLING):
            break
        status = _status(rng, fate, starts, ends, last_chance=name is AuctionRound.SALE)
        auction = _round(
            rng, docket, lot, number, name, start_price, announced, starts, ends, status
        )
        if rounds:
            auction = _where_the_first_was(auction, rounds[0])
        rounds.append(auction)
        if status is not AuctionStatus.FAILED or (number and rng.random() < 0.4):
            break
        announced = ends + timedelta(days=rng.randint(2, 8))
        if name is AuctionRound.FIRST:
            start_price = -(-int(start_price * rng.uniform(0.8, 0.95)) // 10_000) * 10_000
    return _careless(docket, rounds)


def _where_the_first_was(auction: Auction, first: Auction) -> Auction:
    """The same auction on the platform of the first, under a number of its own."""
    number = re.findall(r"\d{12}", auction.url)[-1]
    url = re.sub(r"\d{12}", number, first.url)
    return replace(auction, platform=first.platform, url=url)


def _careless(docket: Docket, rounds: list[Auction]) -> list[Auction]:
    """The slips of a careless clerk, by the case number alone: drawing nothing moves no other."""
    slip, rest = divmod(crc32(docket.case_number.encode()), CARELESS)
    if rest or not rounds:
        return rounds
    first, *others = rounds
    slips = (
        replace(first, deposit=money.rounded(first.start_price * 30 // 100, 100)),
        replace(first, announced=min(first.announced + timedelta(days=4), CUT_OFF)),
        replace(first, noted=False),
    )
    return [slips[slip % len(slips)], *others]


def _first_announcement(rng: Random, fate: Fate, lot: Lot, not_before: date) -> date:
    if fate.closed_on:
        return office_day(not_before + timedelta(days=rng.randint(5, 40)))
    # An open case: place the first round about the cut-off, so that the list shows lots to come.
    notice = 15 if lot.movable else 30
    start = CUT_OFF + timedelta(days=rng.choice((0, 0, 0, -20, -45, -80, 6, 13)))
    return max(not_before, start - timedelta(days=notice))


def _bidding_days(rng: Random, lot: Lot, name: AuctionRound, announced: date) -> tuple[date, date]:
    if name is AuctionRound.SECOND:
        notice = 7 if lot.movable else 15
    else:
        notice = 15 if lot.movable else 30
    starts = announced + timedelta(days=notice)
    if name is AuctionRound.FIRST and rng.random() < 0.2:
        starts += timedelta(days=rng.randint(1, 5))
    return starts, starts + timedelta(days=60 if name is AuctionRound.SALE else 1)


def _status(
    rng: Random, fate: Fate, starts: date, ends: date, *, last_chance: bool
) -> AuctionStatus:
    if starts > CUT_OFF:
        return AuctionStatus.ANNOUNCED if rng.random() < 0.9 else rng.choice(_ENDED_EARLY)
    if ends > CUT_OFF:
        return AuctionStatus.RUNNING
    if rng.random() < 0.1:
        return rng.choice(_ENDED_EARLY)
    sold = 0.7 if fate.method == PERFORMED or last_chance else 0.4
    return AuctionStatus.SOLD if rng.random() < sold else AuctionStatus.FAILED


def _round(
    rng: Random,
    docket: Docket,
    lot: Lot,
    number: int,
    name: AuctionRound,
    start_price: int,
    announced: date,
    starts: date,
    ends: date,
    status: AuctionStatus,
) -> Auction:
    platform, url = _address(rng)
    increment = max(money.rounded(start_price // 100, 10_000), 10_000)
    final = start_price + increment * rng.randrange(30) if status is AuctionStatus.SOLD else None
    return Auction(
        identifier=f"{docket.case_number.strip('（号').replace('）', '-')}-{number + 1}",
        lot=lot,
        platform=platform,
        url=url,
        round=name,
        start_price=start_price,
        deposit=money.rounded(start_price * rng.randint(6, 20) // 100, 100),
        increment=increment,
        announced=announced,
        starts=starts,
        ends=ends,
        status=status,
        final_price=final,
    )


def _address(rng: Random) -> tuple[str, str]:
    number = identifiers.digits(rng, 12)
    if rng.random() < _UNVERIFIED_SHARE:
        platform, url = rng.choice(_UNVERIFIED)
        return platform, url.format(number)
    host = rng.choice(tuple(PLATFORM_HOSTS))
    return PLATFORM_HOSTS[host], f"https://{host}/item/{number}.htm"


def _draw_lot(rng: Random, setting: Setting, docket: Docket, fate: Fate, debtor: Party) -> Lot:
    # A lot worth less than the claim leaves the case with something unpaid, as its end needs.
    ceiling = fate.claimed * (2 if fate.method == PERFORMED else 0.6)
    appraisal = money.rounded(int(ceiling * rng.uniform(0.4, 1.0)), 100_000)
    kinds = _REAL_ESTATE if appraisal > 20_000_000 and rng.random() < 0.85 else _MOVABLES
    kind = rng.choice(kinds[:1] * 3 + kinds)
    title, description = _wording(rng, setting, docket, debtor, kind)
    return Lot(title, kind, description, debtor.name, appraisal)


def _wording(
    rng: Random, setting: Setting, docket: Docket, debtor: Party, kind: str
) -> tuple[str, str]:
    phone = written_phone(rng, debtor.phone)
    if kind in _REAL_ESTATE:
        place = setting.address(rng, setting.division(rng, docket.court)).removeprefix("辽宁省")
        deed = identifiers.deed(rng, rng.randint(2015, 2017))
        area = rng.randint(45, 240)
        return f"{place}{kind}", rng.choice(
            (
                f"建筑面积{area}平方米，权证号{deed}，现由被执行人{debtor.name}占有使用。",
                f"面积{area}㎡，毛坯，无租赁，看样联系{phone}，不动产权证号：{deed}。",
                f"建筑面积约{area}平方米，权属证书{deed}，有抵押，欠物业费情况不详，以现状为准。",
            )
        )
    if kind == "机动车":
        car = written_plate(rng, identifiers.plate(rng))
        frame = identifiers.vehicle_number(rng)
        return f"{debtor.name}名下{car}小型汽车一辆", rng.choice(
            (
                f"车牌号{car}，车架号{frame}，行驶约{rng.randint(3, 19)}万公里，违章未处理。",
                f"登记在{debtor.name}名下，{car}，停放于法院指定停车场，看样电话{phone}。",
            )
        )
    goods = {"机器设备": "数控车床三台", "船舶": "钢质渔船一艘", "存货": "镁砂一批"}[kind]
    return f"{debtor.name}所有的{goods}", f"{goods}，存放于{debtor.address}，以实物现状为准。"
