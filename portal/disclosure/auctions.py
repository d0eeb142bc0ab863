"""Reading the network auctions (法释〔2016〕18号)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.disclosure.lists import PublicList, Wanted, by_day
from portal.disclosure.models import PublicAuction
from portal.paging import Order
from portal.reference.platforms import PLATFORM_HOSTS, verified_auction_url
from portal.reference.vocabulary import AuctionStatus, LinkState

AUCTIONS = PublicList(
    PublicAuction,
    filters={
        "court": PublicAuction.court_code,
        "status": PublicAuction.status,
        "kind": PublicAuction.property_kind,
        "round": PublicAuction.round,
        "district": PublicAuction.district,
    },
    day=PublicAuction.starts_at,
    orders=(
        *by_day(PublicAuction.starts_at, PublicAuction.id),
        Order("cheapest", PublicAuction.starting_price, PublicAuction.id, descending=False),
        Order("dearest", PublicAuction.starting_price, PublicAuction.id),
    ),
    price=PublicAuction.starting_price,
    end=PublicAuction.ends_at,
    unread=(PublicAuction.description,),
)
MAX_KINDS = 60
MAX_DATES = 500
"""Most auctions in one calendar; programs that subscribe fetch it again and again."""
OPEN_STATUSES = (AuctionStatus.ANNOUNCED, AuctionStatus.RUNNING)


@dataclass(frozen=True)
class AuctionRecord:
    """One auction; ``link`` is None unless its address passes verification today.

    Nor is there one while the court looks into it (``LinkState.CHECKING``).

    The gate verified the address when it released the row, but the table of platforms
    may have become stricter since. ``rounds`` are all auctions of the same thing in the same
    case, this one among them, the earliest first.
    """

    auction: PublicAuction
    link: str | None
    rounds: tuple[PublicAuction, ...]

    @property
    def host(self) -> str:
        """The host the link leads to, empty where there is none."""
        return urlsplit(self.link).netloc if self.link else ""

    @property
    def platform(self) -> str:
        """Whose host that is, by the table of platforms and not by what the export says."""
        return PLATFORM_HOSTS.get(self.host, "")

    @property
    def starting_share(self) -> Decimal | None:
        """Starting price in percent of the appraisal (法释〔2016〕18号 art. 10)."""
        return _percent(self.auction.starting_price, self.auction.appraisal)

    @property
    def deposit_share(self) -> Decimal | None:
        """Deposit in percent of the starting price (法释〔2016〕18号 art. 17)."""
        return _percent(self.auction.deposit, self.auction.starting_price)


def read_auction(session: Session, id_: str) -> AuctionRecord | None:
    """Read one auction, None when it is not public."""
    auction = session.get(PublicAuction, id_, options=[joinedload(PublicAuction.case)])
    if auction is None:
        return None
    same = (
        select(PublicAuction)
        .where(PublicAuction.case_id == auction.case_id, PublicAuction.title == auction.title)
        .order_by(PublicAuction.starts_at.asc().nulls_last(), PublicAuction.id)
    )
    link = None if auction.link_state == LinkState.CHECKING else verified_auction_url(auction.url)
    return AuctionRecord(auction, link, tuple(session.scalars(same)))


def auction_dates(session: Session, wanted: Wanted) -> list[PublicAuction]:
    """Auctions that fit, can still be joined and have a day, the next one first."""
    query = (
        AUCTIONS.select(wanted)
        .where(PublicAuction.status.in_(OPEN_STATUSES), PublicAuction.starts_at.is_not(None))
        .order_by(PublicAuction.starts_at, PublicAuction.id)
        .options(joinedload(PublicAuction.case))
        .limit(MAX_DATES)
    )
    return list(session.scalars(query))


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


def _percent(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    if part is None or not whole:
        return None
    return (part * 100 / whole).quantize(Decimal("0.1"))
