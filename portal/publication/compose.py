"""Composes the public form of one case from what redaction let through.

Compose never reads the private record for a value to show: everything shown comes out
of a RecordRedaction, whose policy is an allow-list. The private record is read only to
decide *whether* something is shown (levels, dates, which party a measure names).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from portal.disclosure.models import PublicCase, PublicEvent, PublicLink
from portal.publication.addresses import EntryIds
from portal.publication.allowances import Allowance, text_digest
from portal.publication.draft import CaseDraft
from portal.publication.entries import compose_entries
from portal.publication.values import as_date, as_moment, as_money
from portal.reference import case_numbers
from portal.reference.courts import court_name
from portal.reference.stages import stage_of
from portal.reference.vocabulary import DisclosureLevel, Relation
from portal.registry.link_marks import MarkedLink
from redaction import FieldFinding, Hold, Kind, Mark, RecordRedaction, RecordRedactor, Redactor

Record = Mapping[str, Any]

KIND_LABELS = {
    Kind.PERSON: "自然人姓名",
    Kind.ID_NUMBER: "身份证件号码",
    Kind.PHONE: "联系电话",
    Kind.BANK_CARD: "银行卡号",
    Kind.BANK_ACCOUNT: "银行账号",
    Kind.LICENSE_PLATE: "车牌号码",
    Kind.VEHICLE: "车辆识别信息",
    Kind.PASSPORT: "护照号码",
    Kind.TRAVEL_PERMIT: "通行证件号码",
    Kind.ADDRESS: "详细住址",
    Kind.EMAIL: "电子邮箱",
    Kind.SOCIAL_ACCOUNT: "网络账号",
    Kind.PROPERTY_CERTIFICATE: "权属证书编号",
    Kind.BIRTH_DATE: "出生日期",
    Kind.HEALTH: "健康状况",
    Kind.MINOR: "未成年人信息",
    Kind.OTHER: "其他个人信息",
}


def compose_case(
    content: Record,
    redactor: Redactor,
    key: bytes,
    *,
    marks: tuple[Mark, ...] = (),
    ended: Collection[str] = (),
    links: Collection[MarkedLink] = (),
) -> CaseDraft:
    """Compose one case: the closed form where it is not public, else page and entries.

    ``marks`` are the reviewers' own; redaction refuses to keep what is private. ``ended``
    are the paths of listings that have left their list, ``links`` the marks on links of auctions.

    A case whose level nobody stated is composed as a public one and held.
    """
    disclosure = content.get("disclosure") or {}
    by_case = redactor.for_record(content, marks)
    if disclosure.get("level") == DisclosureLevel.CLOSED:
        redaction = by_case.document("closed")
        case = _closed(redaction.record)
        holds = redaction.holds
        if not case.closed_reason:
            holds += (Hold("不公开的案件没有写明理由", path="disclosure.reason"),)
        return _draft(case, by_case, redaction, holds, marks)

    redaction = by_case.document("case")
    case = _open(redaction.record, redaction.findings)
    holds = redaction.holds
    if not disclosure:
        holds += (Hold("未写明公开级别", path="disclosure"),)
    ids = EntryIds(key, case.case_number)
    holds += compose_entries(case, content, by_case, ids, ended, links)
    return _draft(case, by_case, redaction, holds, marks)


def _draft(
    case: PublicCase,
    by_case: RecordRedactor,
    redaction: RecordRedaction,
    holds: tuple[Hold, ...],
    marks: tuple[Mark, ...],
) -> CaseDraft:
    return CaseDraft(
        case,
        by_case,
        redaction.findings,
        # Each document of a case says the same of a party; a reader needs to be told once.
        tuple(dict.fromkeys(holds)),
        private=by_case.private,
        people=by_case.pseudonyms.shown,
        allowances=tuple(
            Allowance(mark.path, mark.text, frozenset(map(text_digest, by_case.shown(mark.path))))
            for mark in marks
            if mark.granted
        ),
    )


def masked_note(findings: Iterable[FieldFinding]) -> list[dict[str, Any]]:
    """What was masked, as kinds, counts and articles; never a value."""
    counts = Counter((found.finding.kind, found.finding.article) for found in findings)
    return [
        {"label": KIND_LABELS[kind], "count": count, "article": article}
        for (kind, article), count in sorted(counts.items())
    ]


def _head(record: Record) -> dict[str, Any]:
    number = case_numbers.parse(record["case_number"])
    return {
        "case_number": number.canonical,
        "slug": number.slug,
        "court_code": record["court"],
        "court_name": court_name(record["court"]),
        "filed_on": as_date(record["filed_on"]),
    }


def _closed(record: Record) -> PublicCase:
    reason = (record.get("disclosure") or {}).get("reason") or ""
    return PublicCase(**_head(record), level=DisclosureLevel.CLOSED, closed_reason=reason)


def _open(record: Record, findings: tuple[FieldFinding, ...]) -> PublicCase:
    basis, handler = record.get("basis") or {}, record.get("handler") or {}
    closing = record.get("closing") or {}
    events = record.get("events") or []
    return PublicCase(
        **_head(record),
        level=DisclosureLevel.OPEN,
        closed_reason="",
        cause=record.get("cause") or "",
        stage=stage_of([event["node"] for event in events], closed=bool(closing)),
        property_status=record.get("property_status") or "",
        amount_claimed=as_money(record.get("amount_claimed")),
        amount_recovered=as_money(record.get("amount_recovered")),
        basis_document=basis.get("document_number") or "",
        basis_unit=basis.get("issuing_body") or "",
        obligation=basis.get("obligation") or "",
        handler_name=handler.get("name") or "",
        handler_title=handler.get("title") or "",
        parties=[
            {"role": party["role"], "kind": party["kind"], "name": party["name"]}
            for party in record.get("parties") or []
        ],
        controls=_counts(record.get("property_controls") or [], "kind", "action"),
        measures=_counts(record.get("measures") or [], "kind"),
        masked=masked_note(findings),
        closed_on=as_date(closing["closed_on"]) if closing else None,
        closing_method=closing.get("method") or "",
        closing_text=closing.get("text") or "",
        amount_unpaid=as_money(closing.get("amount_unpaid")),
        links=_links(record),
        events=[
            PublicEvent(
                position=position,
                node=event["node"],
                at=as_moment(event["at"]),
                text=event.get("text") or "",
            )
            for position, event in enumerate(events)
        ],
    )


def _links(record: Record) -> list[PublicLink]:
    """The cases this one names, each once, the closer relation first; never itself."""
    named = {
        record.get("resumed_from"): Relation.ORIGIN,
        record.get("resumed_as"): Relation.RESUMPTION,
    }
    for number in record.get("related_cases") or []:
        named.setdefault(number, Relation.OTHER)
    own = case_numbers.parse(record["case_number"]).canonical
    return [
        PublicLink(number=number, relation=relation)
        for number, relation in named.items()
        if number and number != own
    ]


def _counts(items: Iterable[Record], *fields: str) -> list[dict[str, Any]]:
    counts = Counter(tuple(str(item[name]) for name in fields) for item in items)
    return [
        dict(zip(fields, values, strict=True)) | {"count": count}
        for values, count in sorted(counts.items())
    ]
