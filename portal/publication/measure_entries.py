"""Composes what measures put on a list: dishonest debtors and restricted people.

Three things are refused here, whoever approves the case: a minor on either list, somebody
whom 法释〔2017〕7号 art. 3 keeps off the list, and a term longer than art. 2 allows. The case may
still be released; the entry is not made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.disclosure.models import PublicCase, PublicDebtor, PublicRestriction
from portal.publication.addresses import EntryIds
from portal.publication.exemptions import exemption_of
from portal.publication.listings import Facts, measure_facts, published_day
from portal.publication.minors import is_minor
from portal.publication.values import as_date
from portal.reference.dishonesty import LONGEST_MONTHS, count_term, official_words
from portal.reference.vocabulary import MeasureKind, PartyKind, PartyRole
from redaction import Grade, Hold, Kind, RecordRedactor

Record = Mapping[str, Any]

# A slip of the pen: nobody is listed for a century to come.
_NO_SUCH_DAY = date(2200, 1, 1)
REPRESENTATIVE = "法定代表人或者负责人"
_NOT_LISTED = "被执行人未满十八周岁，不得列入失信名单"
# The number of the article is not confirmed; only the office is told it, and told that.
_NOT_LISTED_BY = "未成年人不得列入的依据：法释〔2017〕7号第四条（条号待核对原文）"
_NOT_NAMED = "被限制消费人未满十八周岁，姓名不得在名单上公布（法释〔2016〕19号第八条）"


@dataclass(frozen=True)
class _Listing:
    """A measure that puts somebody on a list, and what makes the address of its entry.

    ``index`` is its place in the record, ``place`` its place among the measures of its
    kind: a list document shows only those.
    """

    source: Record
    facts: Facts
    index: int
    place: int

    @property
    def path(self) -> str:
        return f"measures[{self.index}].party"


def compose_measures(
    case: PublicCase,
    content: Record,
    by_case: RecordRedactor,
    ids: EntryIds,
    ended: Collection[str],
) -> tuple[Hold, ...]:
    """Hang the entries of measures in force on ``case``; ``ended`` are paths of those that are not.

    Returns what keeps the case from release.
    """
    holds: tuple[Hold, ...] = ()
    for listing in _listings(content, ended):
        compose = _debtor if listing.source["kind"] == MeasureKind.DISHONEST else _restriction
        holds += compose(case, content, listing, by_case, ids)
    return holds


def entry_place(case: PublicCase) -> dict[str, Any]:
    """The columns every list entry takes from its case."""
    return {
        "court_code": case.court_code,
        "court_name": case.court_name,
        "case_number": case.case_number,
    }


def _listings(content: Record, ended: Collection[str]) -> Iterator[_Listing]:
    seen: Counter[str] = Counter()
    for index, measure in enumerate(content.get("measures") or []):
        facts = measure_facts(measure)
        if facts is None:
            continue
        kind = measure["kind"]
        if f"measures[{index}]" not in ended:
            yield _Listing(measure, facts, index, seen[kind])
        seen[kind] += 1


def _debtor(
    case: PublicCase, content: Record, listing: _Listing, by_case: RecordRedactor, ids: EntryIds
) -> tuple[Hold, ...]:
    source = listing.source
    who = party_index(content, source["party"])
    if who is None:
        return (Hold("失信措施指向的人不是本案唯一的被执行人", path=listing.path),)
    published_on = published_day(source)
    refusals = tuple(_refusals(content, listing, content["parties"][who], published_on))
    if refusals:
        return refusals
    redaction = by_case.document("dishonest_debtor", as_of=published_on)
    party, measure = redaction.record["parties"][who], redaction.record["measures"][listing.place]
    basis = redaction.record.get("basis") or {}
    # By the record itself, as the clearing of the lists counts it: both must come to one day.
    term = count_term(source.get("behaviour") or "", source.get("term_months"))
    case.debtors.append(
        PublicDebtor(
            id=ids.make(*listing.facts),
            **entry_place(case),
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
            behaviour=official_words(measure.get("behaviour") or ""),
            performance=measure.get("performance") or "",
            performed_part=measure.get("performed_part") or "",
            unperformed_part=measure.get("unperformed_part") or "",
            published_on=published_on,
            term_months=term.months,
            term_counted=term.counted,
            expires_on=term.last_day(published_on),
        )
    )
    return redaction.holds


def _refusals(
    content: Record, listing: _Listing, party: Record, published_on: date
) -> Iterator[Hold]:
    """Why this debtor cannot be on the list, with the article; nothing where he can."""
    if is_minor(party, published_on):
        for reason in (_NOT_LISTED, _NOT_LISTED_BY):
            yield Hold(reason, Kind.MINOR, listing.path, Grade.FORBIDDEN)
    exemption = exemption_of(content, listing.source, published_on)
    if exemption:
        yield Hold(exemption, path=f"measures[{listing.index}].exemption")
    if published_on >= _NO_SUCH_DAY:
        yield Hold("发布日期不合情理，请核对", path=f"measures[{listing.index}].published_from")
    if (listing.source.get("term_months") or 0) > LONGEST_MONTHS:
        reason = f"纳入期限超过 {LONGEST_MONTHS} 个月，不得按此列入（法释〔2017〕7号第二条）"
        yield Hold(reason, path=f"measures[{listing.index}].term_months")


def _restriction(
    case: PublicCase, content: Record, listing: _Listing, by_case: RecordRedactor, ids: EntryIds
) -> tuple[Hold, ...]:
    source = listing.source
    decided_on = as_date(source["decided_on"])
    own = party_index(content, source["party"])
    who = _represented(content, source["party"]) if own is None else own
    if who is None:
        return (Hold("限制消费措施指向的人不是本案唯一的被执行人", path=listing.path),)
    if own is not None and is_minor(content["parties"][own], decided_on):
        return (Hold(_NOT_NAMED, Kind.MINOR, listing.path, Grade.FORBIDDEN),)
    redaction = by_case.document("restriction", as_of=decided_on)
    party, measure = redaction.record["parties"][who], redaction.record["measures"][listing.place]
    case.restrictions.append(
        PublicRestriction(
            id=ids.make(*listing.facts),
            **entry_place(case),
            **(_for(party, measure) if own is None else _own(party)),
            filed_on=case.filed_on,
            decided_on=decided_on,
            document_number=measure.get("document_number") or "",
            text=measure.get("text") or "",
        )
    )
    return redaction.holds


def _own(party: Record) -> dict[str, str]:
    """Who is restricted: a debtor himself."""
    return {
        "kind": party["kind"],
        "name": party["name"],
        "sex": party.get("sex") or "",
        "id_type": party.get("id_type") or "",
        "id_masked": party.get("id_number") or "",
        "company": "",
        "capacity": "",
    }


def _for(company: Record, measure: Record) -> dict[str, str]:
    """Who is restricted: somebody for the unit he represents; the record has no more of him."""
    return {
        "kind": PartyKind.PERSON,
        "name": measure["party"],
        "sex": "",
        "id_type": "",
        "id_masked": "",
        "company": company["name"],
        "capacity": REPRESENTATIVE,
    }


def party_index(content: Record, name: str) -> int | None:
    """Index of the one debtor of this name; two of the same name are nobody we could name."""
    matches = [
        index
        for index, party in enumerate(content.get("parties") or [])
        if party["name"] == name and party["role"] == PartyRole.DEBTOR
    ]
    return matches[0] if len(matches) == 1 else None


def _represented(content: Record, name: str) -> int | None:
    """Index of the one unit among the debtors that somebody who is no debtor represents."""
    parties = content.get("parties") or []
    if any(party["name"] == name for party in parties):
        return None
    matches = [
        index
        for index, party in enumerate(parties)
        if party["role"] == PartyRole.DEBTOR
        and party["kind"] != PartyKind.PERSON
        and party.get("legal_representative") == name
    ]
    return matches[0] if len(matches) == 1 else None


def _representative(party: Record) -> str:
    is_organisation = party["kind"] != PartyKind.PERSON
    return (party.get("legal_representative") or "") if is_organisation else ""
