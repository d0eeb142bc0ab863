"""What is odd about a record that goes in all the same: warnings of the import report.

Check digits can be wrong and clerks use words of their own; the exchange format says
keep, warn, never reject for it. Like all messages of intake, none repeats a value.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from portal.reference.dishonesty import LONGEST_MONTHS
from portal.reference.stages import BY_NAME
from portal.reference.vocabulary import (
    CLOSING_METHODS,
    DISHONEST_BEHAVIOURS,
    TERMINATION_OF_PROCEDURE,
    DisclosureLevel,
    MeasureKind,
    PartyKind,
    PartyRole,
)
from portal.registry.exchange import CaseRecord, Closing, Measure, Party
from portal.registry.messages import FieldProblem
from redaction.checksums import has_id_date, id_check_digit, is_credit_code


def doubts(record: CaseRecord) -> Iterator[FieldProblem]:
    """Yield the warnings of one valid record."""
    if record.disclosure is None:
        yield _warn("disclosure", "未写明公开级别，发布时将转人工审核")
    elif record.disclosure.level is DisclosureLevel.CLOSED and not record.disclosure.reason:
        yield _warn("disclosure.reason", "不公开的案件应写明理由，发布时将转人工审核")
    if not record.parties:
        yield _warn("parties", "没有当事人")
    for index, party in enumerate(record.parties):
        yield from _party_doubts(f"parties[{index}]", party)
    for index, event in enumerate(record.events):
        if event.node not in BY_NAME:
            yield _warn(f"events[{index}].node", "不是通用的节点名称，按原文保留")
        if event.at.date() < record.filed_on:
            yield _warn(f"events[{index}].at", "早于立案日期")
    names = {party.name for party in record.parties}
    # Whoever represents a debtor may be limited beside it (法释〔2015〕17号 art. 3).
    heads = {party.legal_representative for party in record.parties if _is_owing_unit(party)}
    for index, measure in enumerate(record.measures):
        limited = measure.kind is MeasureKind.RESTRICTION
        known = names | heads if limited else names
        yield from _measure_doubts(f"measures[{index}]", measure, known)
    yield from _amount_doubts(record)
    if record.closing:
        yield from _closing_doubts(record.closing, record)


def _warn(field: str, message: str) -> FieldProblem:
    return FieldProblem(field, message, warning=True)


def _party_doubts(path: str, party: Party) -> Iterator[FieldProblem]:
    number = (party.id_number or "").upper()
    if party.kind is PartyKind.PERSON and len(number) == 18:
        sound = number[:17].isdigit() and has_id_date(number)
        if not sound or id_check_digit(number[:17]) != number[17]:
            yield _warn(f"{path}.id_number", "身份证号码校验不符，按原文保留")
        elif party.birth_date and number[6:14] != party.birth_date.strftime("%Y%m%d"):
            yield _warn(f"{path}.birth_date", "与身份证号码中的出生日期不一致")
    elif party.kind is not PartyKind.PERSON and len(number) == 18 and not is_credit_code(number):
        yield _warn(f"{path}.id_number", "统一社会信用代码校验不符，按原文保留")
    elif number and len(number) not in (9, 10, 15, 18):
        yield _warn(f"{path}.id_number", "证件号码位数少见，请核对")


def _is_owing_unit(party: Party) -> bool:
    return party.role is PartyRole.DEBTOR and party.kind is not PartyKind.PERSON


def _measure_doubts(
    path: str, measure: Measure, names: Container[str | None]
) -> Iterator[FieldProblem]:
    if measure.party not in names:
        yield _warn(f"{path}.party", "不在本案当事人之中，该措施不会进入名单")
    if measure.kind is not MeasureKind.DISHONEST:
        return
    if measure.behaviour not in DISHONEST_BEHAVIOURS:
        yield _warn(f"{path}.behaviour", "不是法释〔2017〕7号第一条规定的情形用语，按原文保留")
    elif measure.term_months and measure.behaviour == DISHONEST_BEHAVIOURS[0]:
        yield _warn(f"{path}.term_months", "第一条第（一）项情形没有期限，请核对")
    elif measure.behaviour != DISHONEST_BEHAVIOURS[0] and not measure.term_months:
        yield _warn(f"{path}.term_months", "该情形应写明纳入期限，请核对；发布时按法定两年计算")
    if (measure.term_months or 0) > LONGEST_MONTHS:
        yield _warn(f"{path}.term_months", "超过法释〔2017〕7号第二条的上限，不会进入名单")


def _amount_doubts(record: CaseRecord) -> Iterator[FieldProblem]:
    claimed, recovered = record.amount_claimed, record.amount_recovered
    if claimed is not None and recovered is not None and recovered > claimed:
        yield _warn("amount_recovered", "到位金额大于申请执行标的，请核对")


def _closing_doubts(closing: Closing, record: CaseRecord) -> Iterator[FieldProblem]:
    if closing.closed_on < record.filed_on:
        yield _warn("closing.closed_on", "早于立案日期")
    if closing.method not in CLOSING_METHODS:
        yield _warn("closing.method", "不是通用的结案方式用语，按原文保留")
    if closing.method == TERMINATION_OF_PROCEDURE:
        checks = closing.checks
        if checks is None or not all(checks.model_dump().values()):
            yield _warn("closing.checks", "终结本次执行程序的五项条件没有全部确认")
