"""Reading the network auctions (法释〔2016〕18号)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.disclosure.models import PublicAuction
from portal.paging import NewestFirst, Slice, read_slice
from portal.reference.platforms import verified_auction_url
from portal.reference.vocabulary import AuctionStatus

ORDER = NewestFirst(PublicAuction.starts_at, PublicAuction.id)
OPEN_STATUSES = (AuctionStatus.ANNOUNCED, AuctionStatus.RUNNING)


@dataclass(frozen=True)
class AuctionRecord:
    """One auction; ``link`` is None unless its address passes verification today.

    The gate verified the address when it released the row, but the table of platforms
    may have become stricter since.
    """

    auction: PublicAuction
    link: str | None


def browse_auctions(
    session: Session, *, court: str = "", status: str = "", kind: str = "", after: str = ""
) -> Slice[PublicAuction]:
    """List auctions by beginning; ``kind`` is the kind of property."""
    query = select(PublicAuction)
    if court:
        query = query.where(PublicAuction.court_code == court)
    if status:
        query = query.where(PublicAuction.status == status)
    if kind:
        query = query.where(PublicAuction.property_kind == kind)
    return read_slice(session, query, ORDER, after)


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
    """Kinds of property that have been put up, for the filter."""
    query = select(PublicAuction.property_kind).distinct().order_by(PublicAuction.property_kind)
    return [kind for kind in session.scalars(query) if kind]
