"""Reading the network auctions (法释〔2016〕18号)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.disclosure.lists import PublicList, by_day
from portal.disclosure.models import PublicAuction
from portal.paging import Order
from portal.reference.platforms import verified_auction_url
from portal.reference.vocabulary import AuctionStatus

AUCTIONS = PublicList(
    PublicAuction,
    filters={
        "court": PublicAuction.court_code,
        "status": PublicAuction.status,
        "kind": PublicAuction.property_kind,
    },
    day=PublicAuction.starts_at,
    orders=(
        *by_day(PublicAuction.starts_at, PublicAuction.id),
        Order("cheapest", PublicAuction.starting_price, PublicAuction.id, descending=False),
        Order("dearest", PublicAuction.starting_price, PublicAuction.id),
    ),
    price=PublicAuction.starting_price,
)
MAX_KINDS = 60
OPEN_STATUSES = (AuctionStatus.ANNOUNCED, AuctionStatus.RUNNING)


@dataclass(frozen=True)
class AuctionRecord:
    """One auction; ``link`` is None unless its address passes verification today.

    The gate verified the address when it released the row, but the table of platforms
    may have become stricter since.
    """

    auction: PublicAuction
    link: str | None


def read_auction(session: Session, id_: str) -> AuctionRecord | None:
    """Read one auction, None when it is not public."""
    auction = session.get(PublicAuction, id_, options=[joinedload(PublicAuction.case)])
    if auction is None:
        return None
    return AuctionRecord(auction, verified_auction_url(auction.url))


def open_auctions(session: Session, limit: int) -> list[PublicAuction]:
    """Auctions that can still be joined, the one that began or begins last first."""
    query = (
        select(PublicAuction)
        .where(PublicAuction.status.in_(OPEN_STATUSES))
        .order_by(PublicAuction.starts_at.desc().nulls_last(), PublicAuction.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


def property_kinds(session: Session) -> list[str]:
    """Kinds of property that have been put up, at most MAX_KINDS, for the filter.

    Asked one by one, because each next kind is one step in an index and DISTINCT would
    read every row.
    """
    kinds: list[str] = []
    last: str | None = ""
    while len(kinds) < MAX_KINDS:
        column = PublicAuction.property_kind
        last = session.scalar(select(func.min(column)).where(column > last))
        if last is None:
            break
        kinds.append(last)
    return kinds
