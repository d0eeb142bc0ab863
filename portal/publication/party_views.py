"""Composes what each party reads of its own case, and looks for what belongs to the others.

Which field a party is told, and how its texts are masked, says the policy (document ``party``).
Here is only what depends on who reads: what was found of a debtor's property and what is decided
against a debtor is told to the applicants, to anybody else only as far as it is his own; being
barred from leaving the country, or to be detained, is told to no debtor, who could act on it
before it is served.

Fails closed: a text with a doubt that nobody has settled is withheld, and so is any text in which
a private value of somebody else can still be read. Where withholding does not help, there is no
view at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from portal.disclosure.party_view import PartyView
from portal.publication.leakcheck import FORMS
from portal.publication.values import as_moment
from portal.reference import case_numbers
from portal.reference.clock import BEIJING
from portal.reference.courts import court_name
from portal.reference.stages import stage_of
from portal.reference.vocabulary import DisclosureLevel, MeasureKind, PartyRole
from redaction import Grade, Hold, PrivateValue, RecordRedactor, reader_of, verify
from redaction.document import WITHHELD

Record = Mapping[str, Any]

DOCUMENT = "party"
# Told to the debtor himself: what is served on him or public anyway.
_TOLD_TO_DEBTORS = frozenset({MeasureKind.DISHONEST, MeasureKind.RESTRICTION, MeasureKind.FINE})
_SERVING = frozenset({"执行通知", "送达"})
_DECISIONS = {
    MeasureKind.DISHONEST: "失信决定书",
    MeasureKind.RESTRICTION: "限制消费令",
    MeasureKind.EXIT_BAN: "限制出境决定书",
    MeasureKind.FINE: "罚款决定书",
    MeasureKind.DETENTION: "拘留决定书",
}
_STEP = re.compile(r"([a-z_]+)|\[(\d+)\]")


@dataclass(frozen=True)
class ComposedView:
    """A view, or None where nothing of it may be shown; ``holds`` are what was withheld and why."""

    view: PartyView | None
    holds: tuple[Hold, ...] = ()


def compose_view(
    by_case: RecordRedactor, party: int, as_of: datetime, read: Grade = Grade.MASKED
) -> ComposedView:
    """What the party at this place of the record reads of the case.

    ``as_of`` is when the record came in, ``read`` how far a reviewer has settled its doubts.
    """
    if DOCUMENT not in by_case.redactor.policy.documents:
        return ComposedView(None, (Hold("本院的屏蔽规则没有写明当事人能看到什么"),))
    content = by_case.source
    redaction = by_case.document(DOCUMENT, reader=party, read=read)
    person = content["parties"][party]
    same_name = [other for other in content["parties"] if other["name"] == person["name"]]
    # Where two parties bear one name, nothing that goes by a name alone is taken for one's own.
    own_name = person["name"] if len(same_name) == 1 else ""
    draft = _compose(redaction.record, person["role"], own_name)
    draft |= {"role": person["role"], "name": person["name"], "as_of": as_of.isoformat()}
    draft["level"] = (content.get("disclosure") or {}).get("level") or DisclosureLevel.OPEN
    holds = tuple(hold for hold in redaction.holds if hold.path and not hold.is_settled(read))
    return _check(draft, reader_of(content, party).closed(by_case.private), holds)


def find_view_leaks(view: PartyView, closed: Iterable[PrivateValue]) -> tuple[Hold, ...]:
    """Private values closed to the reader that a view still shows, in any written form."""
    return tuple(_leaks(view.model_dump(mode="json"), closed))


def _check(
    draft: dict[str, Any], closed: tuple[PrivateValue, ...], holds: tuple[Hold, ...]
) -> ComposedView:
    leaks = tuple(_leaks(draft, closed))
    for leak in leaks:
        _withhold(draft, leak.path)
    try:
        view = PartyView.model_validate(draft)
    except ValidationError:
        # What had to go is no text: without it there is no view.
        return ComposedView(None, (*leaks, *holds))
    if find_view_leaks(view, closed):
        return ComposedView(None, (*leaks, *holds))
    return ComposedView(view, (*leaks, *holds))


def _leaks(draft: Mapping[str, Any], closed: Iterable[PrivateValue]) -> Iterator[Hold]:
    for leak in verify(draft, closed):
        reason = f"当事人视图中仍可见到他人的私密内容（{FORMS[leak.form]}）"
        yield Hold(reason, kind=leak.kind, path=leak.path, grade=Grade.FORBIDDEN)


def _withhold(draft: Any, path: str) -> None:
    """Put the sentence for what is withheld in the place of one text."""
    steps = [name or int(index) for name, index in _STEP.findall(path)]
    for step in steps[:-1]:
        draft = draft[step]
    draft[steps[-1]] = WITHHELD


def _compose(record: Record, role: str, own_name: str) -> dict[str, Any]:
    number = case_numbers.parse(record["case_number"])
    basis, handler = record.get("basis") or {}, record.get("handler") or {}
    events, closing = record.get("events") or [], record.get("closing")
    measures = [m for m in record.get("measures") or [] if _is_told(m, role, own_name)]
    draft = {
        "case_number": number.canonical,
        "court_code": record["court"],
        "court_name": court_name(record["court"]),
        "filed_on": record["filed_on"],
        "cause": record.get("cause") or "",
        "stage": stage_of([event["node"] for event in events], closed=bool(closing)),
        "property_status": record.get("property_status") or "",
        "amount_claimed": record.get("amount_claimed"),
        "amount_recovered": record.get("amount_recovered"),
        "basis_document": basis.get("document_number") or "",
        "basis_unit": basis.get("issuing_body") or "",
        "obligation": basis.get("obligation") or "",
        "handler_name": handler.get("name") or "",
        "handler_title": handler.get("title") or "",
        "handler_phone": handler.get("office_phone") or "",
        "parties": [_some(party, "role", "name") for party in record.get("parties") or []],
        "events": [_event(event) for event in events],
        "controls": list(_controls(record, role, own_name)),
        "measures": [_measure(measure) for measure in measures],
        "receipts": [_receipt(payment, own_name) for payment in record.get("payments") or []],
        "lots": [_lot(lot) for lot in record.get("auctions") or []],
        "papers": list(_papers(basis, measures, events, closing)),
        "related": list(_related(record, number.canonical)),
    }
    if closing:
        draft["closing"] = _some(closing, "closed_on", "method", "amount_unpaid", "text") | {
            "requeries": [_some(r, "on", "result") for r in closing.get("requeries") or []]
        }
    return draft


def _some(item: Record, *fields: str) -> dict[str, Any]:
    """Those of the fields that the item has."""
    return {field: item[field] for field in fields if item.get(field) is not None}


def _event(event: Record) -> dict[str, Any]:
    moment = as_moment(event["at"]).isoformat()
    return {"node": event["node"], "at": moment, "text": event.get("text") or ""}


def _controls(record: Record, role: str, own_name: str) -> Iterator[dict[str, Any]]:
    for control in record.get("property_controls") or []:
        owner = control.get("owner") or ""
        mine = bool(own_name) and owner == own_name
        if role != PartyRole.APPLICANT and owner and not mine:
            continue
        told = _some(control, "kind", "action", "owner", "until")
        if role == PartyRole.APPLICANT or mine:
            told |= _some(control, "description", "amount")
        yield told | ({"since": control["from"]} if control.get("from") else {})


def _is_told(measure: Record, role: str, own_name: str) -> bool:
    if role == PartyRole.APPLICANT:
        return True
    mine = bool(own_name) and measure.get("party") == own_name
    return mine and measure["kind"] in _TOLD_TO_DEBTORS


def _measure(measure: Record) -> dict[str, Any]:
    return _some(
        measure,
        "kind",
        "party",
        "decided_on",
        "document_number",
        "behaviour",
        "performance",
        "performed_part",
        "unperformed_part",
        "term_months",
        "text",
        "ended_on",
        "end_reason",
    )


def _receipt(payment: Record, own_name: str) -> dict[str, Any]:
    told = _some(payment, "received_on", "amount", "disbursed_on", "disbursed_amount", "payee")
    payee, tail = payment.get("payee"), payment.get("account")
    # Without a payee the account is the case's own (一案一账号), and everybody's to know.
    if tail and (not payee or payee == own_name):
        told["account_tail"] = tail
    return told


def _lot(lot: Record) -> dict[str, Any]:
    return _some(
        lot,
        "title",
        "round",
        "status",
        "platform",
        "appraisal",
        "starting_price",
        "final_price",
        "starts_at",
        "ends_at",
    )


def _papers(
    basis: Record, measures: list[Record], events: list[Record], closing: Record | None
) -> Iterator[dict[str, Any]]:
    """Documents of the case and where it says that something was served."""
    if basis.get("document_number"):
        yield {"title": "执行依据", "number": basis["document_number"]}
    for measure in measures:
        if measure.get("document_number"):
            title = _DECISIONS[MeasureKind(measure["kind"])]
            number, day = measure["document_number"], measure["decided_on"]
            yield {"title": title, "number": number, "on": day}
    for event in events:
        if event["node"] in _SERVING:
            day = as_moment(event["at"]).astimezone(BEIJING).date().isoformat()
            yield {"title": event["node"], "on": day, "text": event.get("text") or ""}
    if closing and closing.get("text"):
        yield {"title": f"{closing['method']}裁定书", "on": closing["closed_on"]}


def _related(record: Record, own: str) -> Iterator[str]:
    named = (record.get("resumed_from"), record.get("resumed_as"))
    numbers = dict.fromkeys((*named, *(record.get("related_cases") or ())))
    return (number for number in numbers if number and number != own)
