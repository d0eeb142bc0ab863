"""Links of auctions that an officer found broken or changed, with their history.

A mark is of one auction (case, lot and round) as long as the export gives the address it was
made for: an import with another address clears it, for then somebody has looked. Marks are never
deleted; what was marked, by whom, why and until when stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.columns import Label, Line
from portal.registry.audit import record_act
from portal.registry.base import RegistryBase

REPLACED = "新导入的数据中网址已经更改"
SUPERSEDED = "重新登记"


class LinkMark(RegistryBase):
    """One mark; ``new_url`` is empty where the link is broken and nobody knows another.

    In force until ``cleared_at``. ``url`` is the address of the export that was looked at.
    """

    __tablename__ = "link_mark"
    __table_args__ = (Index(None, "case_id", "cleared_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("registry_case.id", ondelete="CASCADE"))
    lot: Mapped[Label]
    round: Mapped[Label]
    url: Mapped[Line]
    new_url: Mapped[Line]
    reason: Mapped[Line]
    marked_by: Mapped[Label]
    marked_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]
    cleared_by: Mapped[Label]
    cleared_why: Mapped[Line]


@dataclass(frozen=True, order=True)
class MarkedLink:
    """A mark in force, as the gate goes by it."""

    lot: str
    round: str
    url: str
    new_url: str


def marked_links(session: Session, case_id: int) -> tuple[MarkedLink, ...]:
    """The marks of a case that are in force, in a fixed order."""
    return tuple(
        sorted(
            MarkedLink(mark.lot, mark.round, mark.url, mark.new_url)
            for mark in session.scalars(_in_force(case_id))
        )
    )


def list_marks(session: Session, case_id: int, lot: str, round_: str) -> list[LinkMark]:
    """Every mark an auction ever had, the newest first."""
    chosen = select(LinkMark).filter_by(case_id=case_id, lot=lot, round=round_)
    return list(session.scalars(chosen.order_by(LinkMark.id.desc())))


def find_mark(session: Session, case_id: int, auction: Mapping[str, Any]) -> LinkMark | None:
    """The mark in force of an auction of the record."""
    lot, round_, url = auction_key(auction)
    found = _in_force(case_id).filter_by(lot=lot, round=round_, url=url)
    return session.scalars(found.order_by(LinkMark.id.desc()).limit(1)).first()


def add_mark(
    session: Session,
    case_id: int,
    auction: Mapping[str, Any],
    *,
    new_url: str,
    reason: str,
    actor: str,
) -> LinkMark:
    """Put a mark in the place of the one in force."""
    now = datetime.now(UTC)
    earlier = find_mark(session, case_id, auction)
    if earlier is not None:
        clear_mark(earlier, SUPERSEDED, actor, now)
    lot, round_, url = auction_key(auction)
    mark = LinkMark(
        case_id=case_id,
        lot=lot,
        round=round_,
        url=url,
        new_url=new_url,
        reason=reason,
        marked_by=actor,
        marked_at=now,
    )
    session.add(mark)
    return mark


def clear_mark(mark: LinkMark, why: str, actor: str, at: datetime) -> None:
    """End a mark; it stays in the history."""
    mark.cleared_at, mark.cleared_by, mark.cleared_why = at, actor, why


def clear_replaced(
    session: Session, case_id: int, case_number: str, content: Mapping[str, Any], actor: str
) -> None:
    """End the marks of a case whose address a newly imported record does not give any more."""
    given = {auction_key(auction) for auction in content.get("auctions") or []}
    for mark in session.scalars(_in_force(case_id)):
        if (mark.lot, mark.round, mark.url) not in given:
            clear_mark(mark, REPLACED, actor, datetime.now(UTC))
            detail = {"lot": mark.lot, "reason": REPLACED}
            record_act(session, actor, "link.clear", case_number, detail)


def auction_key(auction: Mapping[str, Any]) -> tuple[str, str, str]:
    """What a mark knows an auction of the record by: lot, round and address."""
    return auction["lot"], str(auction.get("round") or ""), auction.get("url") or ""


def _in_force(case_id: int) -> Any:
    return select(LinkMark).where(LinkMark.case_id == case_id, LinkMark.cleared_at.is_(None))
