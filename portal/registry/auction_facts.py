"""Reads what a record says of an auction as the rules want it: fen, days, moments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from portal.reference.auction_terms import Auction
from portal.reference.clock import BEIJING

Record = Mapping[str, Any]


def read_auction(record: Record) -> Auction:
    """The facts of an auction as the rules want them."""
    announced = record.get("announced_on")
    return Auction(
        round=str(record.get("round") or ""),
        kind=record.get("property_kind") or "",
        status=str(record["status"]),
        platform=record.get("platform") or "",
        description=record.get("description") or "",
        appraisal=_fen(record.get("appraisal")),
        start=_fen(record.get("starting_price")),
        deposit=_fen(record.get("deposit")),
        final=_fen(record.get("final_price")),
        announced_on=date.fromisoformat(announced) if announced else None,
        starts_at=_moment(record.get("starts_at")),
        ends_at=_moment(record.get("ends_at")),
    )


def _fen(value: str | None) -> int | None:
    return None if value is None else int(Decimal(value) * 100)


def _moment(value: str | None) -> datetime | None:
    if not value:
        return None
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)
