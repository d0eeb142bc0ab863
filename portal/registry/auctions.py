"""The auctions of the registry with what 法释〔2016〕18号 asks of each, for the office.

Rounds belong together when they are of one thing: the same lot, or the same title in the same
case, as the public page takes it. Records are read anew each time, so a check is never older
than its data; ``RegistryCase.auction_count`` says which records there are to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.reference.auction_rules import check_auction
from portal.reference.auction_terms import Auction, Check, Rule, Verdict
from portal.registry.auction_facts import Record, read_auction
from portal.registry.link_marks import (
    LinkMark,
    MarkedLink,
    auction_key,
    list_marks,
    marked_links,
)
from portal.registry.models import RegistryCase

MOST_READ = 2_000
"""Most cases whose auctions are looked at for the list, those that changed last."""

_NEVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class CheckedAuction:
    """One auction of a record: where it stands in it, what it says, what came of the checks."""

    case_number: str
    court: str
    revision: int
    position: int
    record: Record
    facts: Auction
    checks: tuple[Check, ...]
    mark: MarkedLink | None = None

    def count(self, verdict: Verdict) -> int:
        """How many checks came out so."""
        return sum(check.verdict is verdict for check in self.checks)

    def of(self, verdict: Verdict) -> tuple[Check, ...]:
        """The checks that came out so."""
        return tuple(check for check in self.checks if check.verdict is verdict)


@dataclass(frozen=True)
class AuctionFilter:
    """Which auctions to list; the default is all of them."""

    court: str = ""
    verdict: Verdict | None = None
    rule: Rule | None = None
    status: str = ""
    marked: bool = False
    order: str = ""


@dataclass(frozen=True)
class AuctionList:
    """Those of a filter on one page, how many there are, and how all of them stand.

    ``broken``, ``unknown`` and ``marked`` count auctions of the courts and states chosen,
    whatever the verdict. ``cut`` says that more cases have auctions than were read.
    """

    items: tuple[CheckedAuction, ...]
    total: int
    broken: int
    unknown: int
    marked: int
    cut: bool


def list_auctions(
    registry: sessionmaker[Session],
    chosen: AuctionFilter,
    today: date,
    *,
    limit: int,
    offset: int = 0,
) -> AuctionList:
    """Auctions of the filter, those with the most warnings first, or by their beginning."""
    cases = (
        select(RegistryCase)
        .where(RegistryCase.auction_count > 0)
        .order_by(RegistryCase.updated_at.desc(), RegistryCase.id.desc())
        .limit(MOST_READ + 1)
    )
    if chosen.court:
        cases = cases.where(RegistryCase.court == chosen.court)
    with registry() as session:
        rows = session.scalars(cases).all()
        marks = _marks(session)
        found = [
            auction
            for case in rows[:MOST_READ]
            for auction in check_case(case, today, marks.get(case.id, ()))
            if not chosen.status or auction.record["status"] == chosen.status
        ]
    fitting = [auction for auction in found if _fits(auction, chosen)]
    fitting.sort(key=_by_begin if chosen.order == "begin" else _by_warnings)
    return AuctionList(
        tuple(fitting[offset : offset + limit]),
        len(fitting),
        sum(auction.count(Verdict.BROKEN) > 0 for auction in found),
        sum(auction.count(Verdict.UNKNOWN) > 0 for auction in found),
        sum(auction.mark is not None for auction in found),
        cut=len(rows) > MOST_READ,
    )


@dataclass(frozen=True)
class AuctionHistory:
    """One auction and every mark its link ever had, the newest first."""

    auction: CheckedAuction
    marks: tuple[LinkMark, ...]


def find_auction(
    registry: sessionmaker[Session], case_number: str, position: int, today: date
) -> AuctionHistory | None:
    """The auction at this place of the newest record, None where there is none."""
    with registry() as session:
        case = session.scalars(
            select(RegistryCase).filter_by(case_number=case_number)
        ).one_or_none()
        checked = check_case(case, today, marked_links(session, case.id)) if case else []
        if case is None or not 0 <= position < len(checked):
            return None
        auction = checked[position]
        lot, round_, _ = auction_key(auction.record)
        marks = list_marks(session, case.id, lot, round_)
        session.expunge_all()
    return AuctionHistory(auction, tuple(marks))


def auctions_of(
    registry: sessionmaker[Session], case_number: str, today: date
) -> tuple[CheckedAuction, ...]:
    """Every auction of one case, empty where it has none or is not known."""
    with registry() as session:
        case = session.scalars(
            select(RegistryCase).filter_by(case_number=case_number)
        ).one_or_none()
        if case is None or not case.auction_count:
            return ()
        return tuple(check_case(case, today, marked_links(session, case.id)))


def check_case(
    case: RegistryCase, today: date, marks: Iterable[MarkedLink] = ()
) -> list[CheckedAuction]:
    """Every auction of a case, in the order of its record."""
    records: Sequence[Record] = case.content.get("auctions") or []
    auctions = [read_auction(record) for record in records]
    closing = case.content.get("closing")
    closed_on = date.fromisoformat(closing["closed_on"]) if closing else None
    by_key = {(mark.lot, mark.round, mark.url): mark for mark in marks}
    checked = []
    for position, record in enumerate(records):
        before, after = _neighbours(position, records, auctions)
        checks = check_auction(
            auctions[position], before, followed=after, today=today, closed_on=closed_on
        )
        checked.append(
            CheckedAuction(
                case.case_number,
                case.court,
                case.revision,
                position,
                record,
                auctions[position],
                checks,
                by_key.get(auction_key(record)),
            )
        )
    return checked


def _neighbours(
    position: int, records: Sequence[Record], auctions: Sequence[Auction]
) -> tuple[Auction | None, bool]:
    """The round of the same thing before this one, and whether there is one after it."""
    own = records[position]
    same = [
        (auctions[at].starts_at or _NEVER, at)
        for at, record in enumerate(records)
        if record["lot"] == own["lot"] or record["title"] == own["title"]
    ]
    same.sort()
    place = [at for _, at in same].index(position)
    before = auctions[same[place - 1][1]] if place else None
    return before, place + 1 < len(same)


def _marks(session: Session) -> dict[int, list[MarkedLink]]:
    marks: dict[int, list[MarkedLink]] = {}
    for mark in session.scalars(select(LinkMark).where(LinkMark.cleared_at.is_(None))):
        link = MarkedLink(mark.lot, mark.round, mark.url, mark.new_url)
        marks.setdefault(mark.case_id, []).append(link)
    return marks


def _fits(auction: CheckedAuction, chosen: AuctionFilter) -> bool:
    if chosen.marked and auction.mark is None:
        return False
    checks = [check for check in auction.checks if chosen.rule in (None, check.rule)]
    if chosen.verdict is not None:
        return any(check.verdict is chosen.verdict for check in checks)
    return bool(checks)


def _by_begin(auction: CheckedAuction) -> tuple[datetime, str, int]:
    return auction.facts.starts_at or _NEVER, auction.case_number, auction.position


def _by_warnings(auction: CheckedAuction) -> tuple[int, int, str, int]:
    broken, unknown = auction.count(Verdict.BROKEN), auction.count(Verdict.UNKNOWN)
    return -broken, -unknown, auction.case_number, auction.position
