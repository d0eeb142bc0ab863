"""Money that came in for the applicant, and when it was passed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from portal.reference.vocabulary import AuctionStatus
from seed import money
from seed.auctions import Auction
from seed.dates import CUT_OFF, later
from seed.fate import Fate
from seed.parties import Party

# Sums under this many fen come in one piece.
_ONE_PIECE = 200_000


@dataclass(frozen=True)
class Payment:
    """One receipt (fen); ``disbursed_on`` None while the money waits to be passed on."""

    received_on: date
    amount: int
    disbursed_on: date | None
    payee: str
    account: str | None
    from_auction: bool = False

    def record(self) -> dict[str, object]:
        fields: dict[str, object] = {
            "received_on": self.received_on.isoformat(),
            "amount": money.yuan(self.amount),
            "payee": self.payee,
        }
        if self.disbursed_on:
            fields["disbursed_on"] = self.disbursed_on.isoformat()
            fields["disbursed_amount"] = money.yuan(self.amount)
        if self.account:
            fields["account"] = self.account
        return fields


def sale_proceeds(auctions: list[Auction], claimed: int) -> int:
    """What the lots sold bring towards the claim (fen); a surplus goes back to the debtor."""
    prices = [lot.final_price or 0 for lot in auctions if lot.status is AuctionStatus.SOLD]
    return min(sum(prices), claimed)


def draw_payments(
    rng: Random, fate: Fate, auctions: list[Auction], payee: Party, not_before: date
) -> list[Payment]:
    """Receipts that add up to what was recovered, oldest first."""
    receipts: list[tuple[date, int, bool]] = []
    proceeds = sale_proceeds(auctions, fate.claimed)
    if proceeds:
        sold = next(lot for lot in auctions if lot.status is AuctionStatus.SOLD)
        day = min(sold.ends + timedelta(days=rng.randint(3, 10)), fate.last_day)
        receipts.append((day, proceeds, True))
    rest = fate.recovered - proceeds
    if rest:
        parts = 1 if rest < _ONE_PIECE else rng.choice((1, 1, 2, 3))
        room = max((fate.last_day - not_before).days, 0)
        for amount in money.split(rng, rest, parts):
            receipts.append((not_before + timedelta(days=rng.randint(0, room)), amount, False))
    return [
        Payment(
            received_on=day,
            amount=amount,
            disbursed_on=_disbursed(rng, fate, day),
            payee=payee.name,
            account=payee.bank_account,
            from_auction=from_auction,
        )
        for day, amount, from_auction in sorted(receipts)
    ]


def _disbursed(rng: Random, fate: Fate, received_on: date) -> date | None:
    day = later(rng, received_on, 2, 26)
    if fate.closed_on:
        return max(received_on, min(day, fate.closed_on))
    return day if day <= CUT_OFF else None
