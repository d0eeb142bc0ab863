"""What is checked of a network auction (法释〔2016〕18号): rules, facts of a record, verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

SOURCE = "法释〔2016〕18号"


class Verdict(StrEnum):
    """What came out of a check."""

    BROKEN = "不符合"
    UNKNOWN = "缺少数据"
    KEPT = "符合"


class Rule(StrEnum):
    """One thing the office is told of, with its article."""

    START = "起拍价不低于评估价的 70%"
    RESERVE = "成交价不低于起拍价"
    NOTICE = "公告期"
    PUBLISHED = "公告当日公布的事项"
    WARNED = "特别提示的事项"
    DEPOSIT = "保证金为起拍价的 5% 至 20%"
    BIDDING = "竞价时间不少于二十四小时"
    CUT = "再次拍卖的降价不超过 20%"
    AGAIN = "流拍后三十日内再次拍卖"
    PLATFORM = "在同一平台再次拍卖"

    @property
    def article(self) -> str:
        """The article it stands in."""
        return f"{SOURCE}第{_ARTICLES[self]}条"


_ARTICLES = {
    Rule.START: "十",
    Rule.RESERVE: "十",
    Rule.NOTICE: "十二",
    Rule.PUBLISHED: "十三",
    Rule.WARNED: "十四",
    Rule.DEPOSIT: "十七",
    Rule.BIDDING: "二十",
    Rule.CUT: "二十六",
    Rule.AGAIN: "二十六",
    Rule.PLATFORM: "二十六",
}


@dataclass(frozen=True)
class Auction:
    """What the record says of one auction; sums in fen, None and "" where it says nothing."""

    round: str = ""
    kind: str = ""
    status: str = ""
    platform: str = ""
    description: str = ""
    appraisal: int | None = None
    start: int | None = None
    deposit: int | None = None
    final: int | None = None
    announced_on: date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Check:
    """One rule, what came of it, and a sentence that says from which figures."""

    rule: Rule
    verdict: Verdict
    words: str
