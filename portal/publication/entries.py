"""Composes the list entries of one case: dishonest debtors, restrictions, 终本, auctions.

List pages show the legal name of the listed party beside a masked ID (法释〔2017〕7号
art. 6); every text in an entry is masked like any other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from portal.disclosure.models import (
    PublicAuction,
    PublicCase,
    PublicTermination,
)
from portal.publication.addresses import EntryIds
from portal.publication.links import public_link
from portal.publication.listings import CLOSING
from portal.publication.measure_entries import compose_measures, entry_place
from portal.publication.values import as_date, as_moment, as_money
from portal.reference.districts import district_of
from portal.reference.vocabulary import TERMINATION_OF_PROCEDURE, PartyRole
from portal.registry.link_marks import MarkedLink
from redaction import Hold, RecordRedactor

Record = Mapping[str, Any]


def compose_entries(
    case: PublicCase,
    content: Record,
    by_case: RecordRedactor,
    ids: EntryIds,
    ended: Collection[str] = (),
    links: Collection[MarkedLink] = (),
) -> tuple[Hold, ...]:
    """Hang every list entry of the case on ``case``; return what keeps it from release.

    ``ended`` are the paths of listings that are over (``listings.ended_paths``), ``links`` the
    marks on links of auctions.
    """
    holds = compose_measures(case, content, by_case, ids, ended)
    if CLOSING not in ended:
        holds += _termination(case, content, by_case, ids)
    return holds + _auctions(case, content, by_case, ids, links)


def _termination(
    case: PublicCase, content: Record, by_case: RecordRedactor, ids: EntryIds
) -> tuple[Hold, ...]:
    closing = content.get("closing")
    if not closing or closing["method"] != TERMINATION_OF_PROCEDURE or case.closed_on is None:
        return ()
    redaction = by_case.document("termination")
    public = redaction.record["closing"]
    debtors = [
        party["name"]
        for party in redaction.record.get("parties") or []
        if party["role"] == PartyRole.DEBTOR
    ]
    case.termination = PublicTermination(
        id=ids.make("termination"),
        **entry_place(case),
        debtors="、".join(debtors)[:500],
        filed_on=case.filed_on,
        closed_on=case.closed_on,
        amount_claimed=case.amount_claimed,
        amount_unpaid=as_money(public.get("amount_unpaid")),
        checks=dict(public.get("checks") or {}),
        requeries=[
            {"on": str(requery["on"]), "result": requery.get("result") or ""}
            for requery in public.get("requeries") or []
        ],
    )
    return redaction.holds


def _auctions(
    case: PublicCase,
    content: Record,
    by_case: RecordRedactor,
    ids: EntryIds,
    links: Collection[MarkedLink],
) -> tuple[Hold, ...]:
    if not content.get("auctions"):
        return ()
    redaction = by_case.document("auction")
    for source, lot in zip(content["auctions"], redaction.record["auctions"], strict=True):
        url, state = public_link(source, lot.get("url") or "", links)
        case.auctions.append(
            PublicAuction(
                id=ids.make("auction", source["lot"], str(source.get("round") or "")),
                **entry_place(case),
                lot=lot["lot"],
                title=lot.get("title") or "",
                property_kind=lot.get("property_kind") or "",
                description=lot.get("description") or "",
                district=district_of(lot.get("title") or "", lot.get("description") or ""),
                platform=lot.get("platform") or "",
                url=url,
                link_state=state or "",
                round=lot.get("round") or "",
                appraisal=as_money(lot.get("appraisal")),
                starting_price=as_money(lot.get("starting_price")),
                deposit=as_money(lot.get("deposit")),
                increment=as_money(lot.get("increment")),
                announced_on=_optional_date(lot.get("announced_on")),
                starts_at=_optional_moment(lot.get("starts_at")),
                ends_at=_optional_moment(lot.get("ends_at")),
                status=lot["status"],
                final_price=as_money(lot.get("final_price")),
            )
        )
    return redaction.holds


def _optional_date(value: date | str | None) -> date | None:
    return as_date(value) if value else None


def _optional_moment(value: datetime | str | None) -> datetime | None:
    return as_moment(value) if value else None
