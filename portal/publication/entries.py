"""Composes the list entries of one case: dishonest debtors, restrictions, 终本, auctions.

List pages show the legal name of the listed party beside a masked ID (法释〔2017〕7号
art. 6); every text in an entry is masked like any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.disclosure.models import (
    PublicAuction,
    PublicCase,
    PublicDebtor,
    PublicRestriction,
    PublicTermination,
)
from portal.publication.addresses import EntryIds
from portal.publication.values import as_date, as_moment, as_money
from portal.reference.clock import add_months
from portal.reference.platforms import verified_auction_url
from portal.reference.vocabulary import (
    TERMINATION_OF_PROCEDURE,
    MeasureKind,
    PartyKind,
    PartyRole,
)
from redaction import Hold, RecordRedactor

Record = Mapping[str, Any]


def compose_entries(
    case: PublicCase, content: Record, by_case: RecordRedactor, ids: EntryIds
) -> tuple[Hold, ...]:
    """Hang every list entry of the case on ``case``; return what keeps it from release."""
    holds: tuple[Hold, ...] = ()
    for listing in _listings(content):
        if listing.source["kind"] == MeasureKind.DISHONEST:
            holds += _debtor(case, content, listing, by_case, ids)
        else:
            holds += _restriction(case, content, listing, by_case, ids)
    holds += _termination(case, content, by_case, ids)
    holds += _auctions(case, content, by_case, ids)
    return holds


@dataclass(frozen=True)
class _Listing:
    """A measure that puts somebody on a list.

    ``index`` is its place in the record, ``place`` its place among the measures of its
    kind: a list document shows only those.
    """

    source: Record
    index: int
    place: int

    @property
    def path(self) -> str:
        return f"measures[{self.index}].party"


def _listings(content: Record) -> Iterator[_Listing]:
    """Measures in force; one that ended is on no list any more."""
    seen: Counter[str] = Counter()
    for index, measure in enumerate(content.get("measures") or []):
        kind = measure["kind"]
        if kind not in (MeasureKind.DISHONEST, MeasureKind.RESTRICTION):
            continue
        if not measure.get("ended_on"):
            yield _Listing(measure, index, seen[kind])
        seen[kind] += 1


def _place(case: PublicCase) -> dict[str, Any]:
    return {
        "court_code": case.court_code,
        "court_name": case.court_name,
        "case_number": case.case_number,
    }


def _party_index(content: Record, name: str) -> int | None:
    """Index of the one debtor of this name; two of the same name are nobody we could name."""
    matches = [
        index
        for index, party in enumerate(content.get("parties") or [])
        if party["name"] == name and party["role"] == PartyRole.DEBTOR
    ]
    return matches[0] if len(matches) == 1 else None


def _debtor(
    case: PublicCase, content: Record, listing: _Listing, by_case: RecordRedactor, ids: EntryIds
) -> tuple[Hold, ...]:
    source = listing.source
    who = _party_index(content, source["party"])
    if who is None:
        return (Hold("失信措施指向的人不是本案唯一的被执行人", path=listing.path),)
    published_on = as_date(source.get("published_from") or source["decided_on"])
    redaction = by_case.document("dishonest_debtor", as_of=published_on)
    party, measure = redaction.record["parties"][who], redaction.record["measures"][listing.place]
    if _is_minor(content["parties"][who], published_on):
        return (Hold("被执行人未满十八周岁，不得列入失信名单", path=listing.path),)
    basis = redaction.record.get("basis") or {}
    term = measure.get("term_months")
    entry_id = ids.make("debtor", source["party"], source["decided_on"], str(source["kind"]))
    case.debtors.append(
        PublicDebtor(
            id=entry_id,
            **_place(case),
            kind=party["kind"],
            name=party["name"],
            sex=party.get("sex") or "",
            age=party.get("age"),
            id_type=party.get("id_type") or "",
            id_masked=party.get("id_number") or "",
            legal_representative=_representative(party),
            filed_on=case.filed_on,
            basis_document=basis.get("document_number") or "",
            basis_unit=basis.get("issuing_body") or "",
            obligation=basis.get("obligation") or measure.get("text") or "",
            behaviour=measure.get("behaviour") or "",
            performance=measure.get("performance") or "",
            performed_part=measure.get("performed_part") or "",
            unperformed_part=measure.get("unperformed_part") or "",
            published_on=published_on,
            term_months=term,
            expires_on=add_months(published_on, term) if term else None,
        )
    )
    return redaction.holds


def _representative(party: Record) -> str:
    is_organisation = party["kind"] != PartyKind.PERSON
    return (party.get("legal_representative") or "") if is_organisation else ""


def _is_minor(party: Record, on: date) -> bool:
    born = party.get("birth_date")
    return bool(party.get("minor")) or (
        born is not None and add_months(as_date(born), 18 * 12) > on
    )


def _restriction(
    case: PublicCase, content: Record, listing: _Listing, by_case: RecordRedactor, ids: EntryIds
) -> tuple[Hold, ...]:
    source = listing.source
    who = _party_index(content, source["party"])
    if who is None:
        return (Hold("限制消费措施指向的人不是本案唯一的被执行人", path=listing.path),)
    decided_on = as_date(source["decided_on"])
    redaction = by_case.document("restriction", as_of=decided_on)
    party, measure = redaction.record["parties"][who], redaction.record["measures"][listing.place]
    case.restrictions.append(
        PublicRestriction(
            id=ids.make("restriction", source["party"], source["decided_on"]),
            **_place(case),
            kind=party["kind"],
            name=party["name"],
            sex=party.get("sex") or "",
            id_type=party.get("id_type") or "",
            id_masked=party.get("id_number") or "",
            filed_on=case.filed_on,
            decided_on=decided_on,
            document_number=measure.get("document_number") or "",
            text=measure.get("text") or "",
        )
    )
    return redaction.holds


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
        **_place(case),
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
    case: PublicCase, content: Record, by_case: RecordRedactor, ids: EntryIds
) -> tuple[Hold, ...]:
    if not content.get("auctions"):
        return ()
    redaction = by_case.document("auction")
    for source, lot in zip(content["auctions"], redaction.record["auctions"], strict=True):
        case.auctions.append(
            PublicAuction(
                id=ids.make("auction", source["lot"], str(source.get("round") or "")),
                **_place(case),
                lot=lot["lot"],
                title=lot.get("title") or "",
                property_kind=lot.get("property_kind") or "",
                description=lot.get("description") or "",
                platform=lot.get("platform") or "",
                url=verified_auction_url(lot.get("url") or "") or "",
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
