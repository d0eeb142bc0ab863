"""What 法释〔2016〕18号 asks of a network auction, checked against what the record says of it.

Pure functions over one auction and the round before it. A check is kept or broken only where the
record has what it takes; else it says which piece of data is missing, and nothing is guessed.
Money is whole fen and every comparison is of whole numbers, so nothing is lost by rounding.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from portal.reference.auction_terms import Auction, Check, Rule, Verdict
from portal.reference.clock import BEIJING
from portal.reference.property_kinds import Sort, sort_of
from portal.reference.vocabulary import AuctionRound, AuctionStatus

LEAST_START = 70
LEAST_DEPOSIT, MOST_DEPOSIT = 5, 20
MOST_CUT = 20
LEAST_BIDDING = timedelta(hours=24)
AGAIN_WITHIN = timedelta(days=30)
NOTICE: dict[str, dict[Sort, int]] = {
    AuctionRound.FIRST: {Sort.MOVABLE: 15, Sort.OTHER: 30},
    AuctionRound.SECOND: {Sort.MOVABLE: 7, Sort.OTHER: 15},
}


def check_auction(
    auction: Auction,
    previous: Auction | None,
    *,
    followed: bool,
    today: date,
    closed_on: date | None = None,
) -> tuple[Check, ...]:
    """Every check that applies to an auction.

    ``previous`` is the round before it of the same thing, ``followed`` whether a later one stands
    in the record, ``closed_on`` the day the case ended. A sale (变卖) comes after the auctions,
    and these rules do not speak of its price: only what holds for all of them is checked.
    """
    checks = [*_price(auction, previous), *_reserve(auction)]
    if auction.round != AuctionRound.SALE:
        checks += [*_deposit(auction), *_notice(auction), *_bidding(auction)]
        checks += _again(auction, previous)
    checks += _lapsed(auction, followed=followed, today=today, closed_on=closed_on)
    checks += [_published(auction), _warned(auction)]
    return tuple(checks)


def _price(auction: Auction, previous: Auction | None) -> Iterator[Check]:
    if auction.round == AuctionRound.FIRST:
        yield _share(
            Rule.START, auction.start, auction.appraisal, LEAST_START, None, ("起拍价", "评估价")
        )
    elif auction.round == AuctionRound.SECOND:
        before = previous.start if previous else None
        missing = "第一次拍卖的起拍价" if previous else "第一次拍卖的记录"
        yield _share(Rule.CUT, auction.start, before, 100 - MOST_CUT, None, ("起拍价", missing))
    elif not auction.round:
        yield Check(Rule.START, Verdict.UNKNOWN, "没有写明是第几次拍卖，不能核对起拍价")


def _deposit(auction: Auction) -> Iterator[Check]:
    names = ("保证金", "起拍价")
    yield _share(Rule.DEPOSIT, auction.deposit, auction.start, LEAST_DEPOSIT, MOST_DEPOSIT, names)


def _share(
    rule: Rule,
    part: int | None,
    whole: int | None,
    least: int,
    most: int | None,
    names: tuple[str, str],
) -> Check:
    """Whether ``part`` is between two percentages of ``whole``."""
    missing = [name for name, sum_ in zip(names, (part, whole), strict=True) if sum_ is None]
    if part is None or whole is None:
        return Check(rule, Verdict.UNKNOWN, f"没有{'和'.join(missing)}")
    if whole == 0:
        return Check(rule, Verdict.UNKNOWN, f"{names[1]}写作零")
    words = f"{names[0]}{_yuan(part)}，是{names[1]}{_yuan(whole)}的 {_percent(part, whole)}%"
    if part * 100 < least * whole:
        return Check(rule, Verdict.BROKEN, f"{words}，低于 {least}%")
    if most is not None and part * 100 > most * whole:
        return Check(rule, Verdict.BROKEN, f"{words}，高于 {most}%")
    return Check(rule, Verdict.KEPT, words)


def _reserve(auction: Auction) -> Iterator[Check]:
    if auction.status != AuctionStatus.SOLD:
        return
    if auction.final is None or auction.start is None:
        name = "成交价" if auction.final is None else "起拍价"
        yield Check(Rule.RESERVE, Verdict.UNKNOWN, f"已经成交，没有{name}")
        return
    verdict = Verdict.KEPT if auction.final >= auction.start else Verdict.BROKEN
    words = f"成交价{_yuan(auction.final)}，起拍价{_yuan(auction.start)}"
    yield Check(Rule.RESERVE, verdict, words)


def _notice(auction: Auction) -> Iterator[Check]:
    """Days from the notice to the beginning, by kind of property and round."""
    announced, starts = auction.announced_on, _day(auction.starts_at)
    missing = [
        name
        for name, value in (("公告日期", announced), ("开始时间", starts), ("轮次", auction.round))
        if not value
    ]
    limits = NOTICE.get(auction.round)
    if announced is None or starts is None or limits is None:
        yield Check(Rule.NOTICE, Verdict.UNKNOWN, f"没有{'、'.join(missing)}")
        return
    sort, days = sort_of(auction.kind), (starts - announced).days
    wanted = {limits[sort]} if sort else set(limits.values())
    said = f"公告 {days} 日后开始"
    if days < min(wanted):
        least = f"{sort}应当提前 {min(wanted)} 日" if sort else f"至少应当提前 {min(wanted)} 日"
        yield Check(Rule.NOTICE, Verdict.BROKEN, f"{said}，{least}公告")
    elif days >= max(wanted):
        yield Check(Rule.NOTICE, Verdict.KEPT, said)
    else:
        words = f"{said}；从财产类型看不出是动产还是不动产，动产够，不动产不够"
        yield Check(Rule.NOTICE, Verdict.UNKNOWN, words)


def _bidding(auction: Auction) -> Iterator[Check]:
    if auction.starts_at is None or auction.ends_at is None:
        name = "开始时间" if auction.starts_at is None else "结束时间"
        yield Check(Rule.BIDDING, Verdict.UNKNOWN, f"没有{name}")
        return
    length = auction.ends_at - auction.starts_at
    minutes = max(length, timedelta()) // timedelta(minutes=1)
    words = f"竞价 {minutes // 60} 小时" + (f" {minutes % 60} 分" if minutes % 60 else "")
    yield Check(Rule.BIDDING, Verdict.KEPT if length >= LEAST_BIDDING else Verdict.BROKEN, words)


def _again(auction: Auction, previous: Auction | None) -> Iterator[Check]:
    """A second auction: within thirty days after the first failed, on the same platform."""
    if auction.round != AuctionRound.SECOND:
        return
    failed, starts = _day(previous.ends_at) if previous else None, _day(auction.starts_at)
    if failed is None or starts is None:
        missing = "本次的开始时间" if starts is None else "第一次拍卖的结束时间"
        yield Check(Rule.AGAIN, Verdict.UNKNOWN, f"没有{missing}")
    else:
        kept = starts - failed <= AGAIN_WITHIN
        words = f"第一次拍卖结束 {(starts - failed).days} 日后开始"
        yield Check(Rule.AGAIN, Verdict.KEPT if kept else Verdict.BROKEN, words)
    if previous is None or not auction.platform or not previous.platform:
        yield Check(Rule.PLATFORM, Verdict.UNKNOWN, "没有写明两次拍卖的平台")
    else:
        kept = auction.platform == previous.platform
        words = f"第一次在{previous.platform}，本次在{auction.platform}"
        yield Check(Rule.PLATFORM, Verdict.KEPT if kept else Verdict.BROKEN, words)


def _lapsed(
    auction: Auction, *, followed: bool, today: date, closed_on: date | None
) -> Iterator[Check]:
    """A first auction that failed and that no other followed in time."""
    if auction.round != AuctionRound.FIRST or auction.status != AuctionStatus.FAILED or followed:
        return
    failed = _day(auction.ends_at)
    if failed is None:
        yield Check(Rule.AGAIN, Verdict.UNKNOWN, "已经流拍，没有结束时间")
        return
    last_day = failed + AGAIN_WITHIN
    if closed_on is None and today > last_day:
        words = f"流拍已经 {(today - failed).days} 日，登记库中没有再次拍卖的记录"
        yield Check(Rule.AGAIN, Verdict.BROKEN, words)


def _published(auction: Auction) -> Check:
    """Art. 13, of which the record can only show that the pieces are there."""
    pieces = {
        "起拍价": auction.start is not None,
        "定价依据（评估价）": auction.appraisal is not None,
        "竞价时间": auction.starts_at is not None,
        "保证金": auction.deposit is not None,
        "权属、占有等说明": bool(auction.description),
        "网络平台": bool(auction.platform),
    }
    missing = [name for name, there in pieces.items() if not there]
    if missing:
        return Check(Rule.PUBLISHED, Verdict.UNKNOWN, f"没有{'、'.join(missing)}，请核对公告")
    return Check(Rule.PUBLISHED, Verdict.KEPT, "数据中能看到的事项齐全，其余请核对公告")


_WARNINGS = ("现状", "瑕疵", "看样", "抵押", "租赁", "占有", "违章", "欠")


def _warned(auction: Auction) -> Check:
    """Art. 14: words of defects and of the state a thing is in; there may be none to name."""
    found = [word for word in _WARNINGS if word in auction.description]
    if found:
        words = f"说明中提到{'、'.join(found)}，其余特别提示请核对公告"
        return Check(Rule.WARNED, Verdict.KEPT, words)
    return Check(Rule.WARNED, Verdict.UNKNOWN, "说明中看不到现状、瑕疵、看样等提示，请核对公告")


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(BEIJING).date() if moment else None


def _yuan(fen: int) -> str:
    return f" {fen // 100:,}.{fen % 100:02} 元"


def _percent(part: int, whole: int) -> str:
    """With two decimals, cut off: never rounded up to a limit it does not reach."""
    hundredths = part * 10_000 // whole
    return f"{hundredths // 100}.{hundredths % 100:02}"
