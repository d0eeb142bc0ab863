"""Counts what the indicators divide, from records of the registry, by court and month.

Whole numbers throughout: cases, days, and money in fen. A case counts by its dates up to the
cut-off; what a later day would say of it is not known yet and not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import structlog

from portal.publication.values import as_date, as_moment, as_money
from portal.reference import case_numbers
from portal.reference.clock import BEIJING, add_months
from portal.reference.indicators import INDICATORS
from portal.reference.platforms import is_listed_platform, verified_auction_url
from portal.reference.vocabulary import (
    TERMINATION_OF_PROCEDURE,
    AuctionRound,
    AuctionStatus,
    PropertyStatus,
)

log = structlog.get_logger(__name__)

Record = Mapping[str, Any]
Place = tuple[str, str, str]
"""Indicator, court and month (YYYY-MM)."""

PERFORMED = "执行完毕"
_LIMIT_MONTHS = 6
# 法〔2015〕137号: numbers under which enforcement itself runs; objections and the like have others.
_ENFORCEMENT = frozenset({"执", "执恢"})
_MEASURES = {one.measure: one.code for one in INDICATORS if one.measure}
_NOT_HELD = frozenset({AuctionStatus.ANNOUNCED, AuctionStatus.WITHDRAWN})


@dataclass
class Tally:
    """What stands over and under the line, and how many cases, auctions or measures those are.

    The counts decide whether the sums may be shown: ``over`` of the numerator, ``under`` of the
    denominator.
    """

    numerator: int = 0
    denominator: int = 0
    over: int = 0
    under: int = 0

    def add(self, other: Tally) -> None:
        """Take in the tally of another part."""
        self.numerator += other.numerator
        self.denominator += other.denominator
        self.over += other.over
        self.under += other.under


@dataclass
class Tallies:
    """Every tally of a pile of records, how many those were, and how many could not be read."""

    cases: int = 0
    broken: int = 0
    places: dict[Place, Tally] = field(default_factory=dict)

    def note(self, place: Place, tally: Tally) -> None:
        """Count something in."""
        self.places.setdefault(place, Tally()).add(tally)


def tally_records(records: Iterable[tuple[str, Record]], cut_off: date) -> Tallies:
    """Count every record (court, content) by what had happened by the end of ``cut_off``."""
    tallies = Tallies()
    for court, content in records:
        try:
            found = [*_events(content), *_cohorts(content, cut_off)]
        except Exception as error:
            # One broken record must not keep the figures of all others from the public.
            log.error("record_not_counted", court=court, error=type(error).__name__)
            tallies.broken += 1
            continue
        tallies.cases += 1
        for code, day, tally in found:
            if day <= cut_off:
                tallies.note((code, court, f"{day:%Y-%m}"), tally)
    return tallies


def _events(content: Record) -> Iterator[tuple[str, date, Tally]]:
    """What a case adds on the day of its closing, of an auction, of a measure."""
    closing = content.get("closing")
    if closing and _is_enforcement(content):
        yield from _closing(content, closing)
    for auction in content.get("auctions") or []:
        day = _held_on(auction)
        if day:
            yield "online", day, _share(_is_online(auction))
    for measure in content.get("measures") or []:
        code = _MEASURES.get(measure["kind"])
        if code:
            yield code, as_date(measure["decided_on"]), Tally(1, 0, 1, 1)


def _closing(content: Record, closing: Record) -> Iterator[tuple[str, date, Tally]]:
    day, method = as_date(closing["closed_on"]), closing["method"]
    yield "performed", day, _share(method == PERFORMED)
    yield "terminated", day, _share(method == TERMINATION_OF_PROCEDURE)
    days = max((day - as_date(content["filed_on"])).days, 0)
    yield "duration", day, Tally(days, 1, 1, 1)
    claimed, recovered = _fen(content.get("amount_claimed")), _fen(content.get("amount_recovered"))
    if claimed is not None and recovered is not None:
        yield "recovered", day, Tally(recovered, claimed, 1, 1)


def _cohorts(content: Record, cut_off: date) -> Iterator[tuple[str, date, Tally]]:
    """What a case adds to those filed, or due, together with it."""
    if not _is_enforcement(content):
        return
    filed = as_date(content["filed_on"])
    closing = content.get("closing") or {}
    closed = as_date(closing["closed_on"]) if closing else None
    yield "settled", filed, _share(closed is not None and closed <= cut_off)
    if content.get("property_status") == PropertyStatus.FOUND:
        due = add_months(filed, _LIMIT_MONTHS)
        in_time = closed is not None and closed <= due and closing["method"] == PERFORMED
        yield "in_time", due, _share(in_time)


def _is_enforcement(content: Record) -> bool:
    return case_numbers.parse(content["case_number"]).type in _ENFORCEMENT


def _held_on(auction: Record) -> date | None:
    """The day an auction began, None for a sale and for one that was never held."""
    if auction.get("round") == AuctionRound.SALE or auction["status"] in _NOT_HELD:
        return None
    starts = auction.get("starts_at")
    return as_moment(starts).astimezone(BEIJING).date() if starts else None


def _is_online(auction: Record) -> bool:
    named = is_listed_platform(auction.get("platform") or "")
    return named or verified_auction_url(auction.get("url") or "") is not None


def _share(counts: bool) -> Tally:
    return Tally(int(counts), 1, int(counts), 1)


def _fen(value: str | None) -> int | None:
    amount = as_money(value)
    return None if amount is None else int(amount * 100)
