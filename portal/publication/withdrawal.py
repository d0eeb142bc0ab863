"""Takes what was published back, at once and everywhere, and lets it return."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.publication.addresses import item_id, item_kind, list_rows
from portal.publication.errors import CaseUnknown, NotPublished, ReasonMissing
from portal.publication.gate import Gate, Outcome
from portal.publication.listings import Leaving, leavings, paid_in_resumed
from portal.publication.queue import supersede_reviews
from portal.publication.release import public_case
from portal.publication.turns import take_turn
from portal.publication.verdicts import take_entries
from portal.reference.clock import BEIJING
from portal.registry.audit import record_act, wait_turn
from portal.registry.models import RegistryCase


def withdraw_case(gate: Gate, case_number: str, actor: str, reason: str) -> None:
    """Withdraw a case: page, entries and index; imports do not bring it back.

    The registry is told first: if the process dies in between, the case is already
    barred from publication, and withdrawing again or the gate's next run finishes the work.
    Raises CaseUnknown, ReasonMissing, NotPublished.
    """
    if not reason.strip():
        raise ReasonMissing("请写明撤下理由")
    with gate.stores.registry.begin() as session:
        wait_turn(session)
        case = _case(session, case_number)
        case.withdrawn_reason = reason.strip()[:500]
        # What waits of it is for nobody to approve: restoring queues it anew.
        supersede_reviews(session, case.id)
        record_act(session, actor, "case.withdraw", case_number, {"reason": case.withdrawn_reason})
    removed = gate.take_back(case_number, actor)
    gate.settle()
    if not removed:
        raise NotPublished("该案件当前没有公开内容；已登记为不再发布")


def withdraw_ended(gate: Gate, case_number: str, actor: str, today: date) -> tuple[Leaving, ...]:
    """Take the list entries of a case that have left their list by ``today``; return them.

    The case page stays. What has ended is looked at within the turn, so no other act of the
    gate comes between; settling (index, disk) is the caller's, once for all his cases.
    """
    with take_turn(gate.stores) as turn:
        public = public_case(turn.public, case_number)
        record = turn.registry.scalars(
            select(RegistryCase).filter_by(case_number=case_number)
        ).one_or_none()
        if public is None or record is None:
            return ()
        rows = list_rows(public)
        gone = leavings(
            rows,
            record.content,
            gate.key,
            today,
            paid=paid_in_resumed(turn.registry, record.content),
            changed_on=record.updated_at.astimezone(BEIJING).date(),
        )
        if gone:
            addresses = {(leaving.kind, leaving.entry_id) for leaving in gone}
            ended = [row for row in rows if (item_kind(row), item_id(row)) in addresses]
            rules = "；".join(dict.fromkeys(leaving.ground.value.rule for leaving in gone))
            take_entries(turn, public, ended, actor, reason=rules)
    return gone


def restore_case(gate: Gate, case_number: str, actor: str, reason: str) -> Outcome:
    """Lift a withdrawal and send the case through the gate again."""
    if not reason.strip():
        raise ReasonMissing("请写明恢复理由")
    with gate.stores.registry.begin() as session:
        wait_turn(session)
        case = _case(session, case_number)
        if not case.withdrawn_reason:
            raise NotPublished("该案件没有被撤下")
        case.withdrawn_reason = ""
        detail = {"reason": reason.strip()[:500]}
        record_act(session, actor, "case.restore", case_number, detail)
    outcome = gate.publish_case(case_number, actor, again=True)
    gate.settle()
    return outcome


def _case(session: Session, case_number: str) -> RegistryCase:
    case = session.scalars(select(RegistryCase).filter_by(case_number=case_number)).one_or_none()
    if case is None:
        raise CaseUnknown(f"没有案件 {case_number}")
    return case
