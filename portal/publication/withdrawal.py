"""Takes what was published back, at once and everywhere, and lets it return.

One person takes a case from the public; that it is withdrawn, or restored, takes two.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.publication.addresses import item_id, item_kind, list_rows
from portal.publication.errors import CaseUnknown, NotPublished, ReasonMissing
from portal.publication.gate import Gate
from portal.publication.listings import Leaving, leavings, paid_in_resumed
from portal.publication.outcomes import Outcome
from portal.publication.queue import supersede_reviews
from portal.publication.release import public_case
from portal.publication.turns import take_turn
from portal.publication.verdicts import take_entries
from portal.reference.clock import BEIJING
from portal.registry.audit import record_act, wait_turn
from portal.registry.joint_acts import MAX_REASON, JointKind, Person, ask, confirm, drop
from portal.registry.models import RegistryCase


def suspend_case(
    gate: Gate, case_number: str, actor: str, reason: str, *, senior: bool = False
) -> None:
    """Take a case from the public at once, page, entries and index, and ask for its withdrawal.

    One person is enough, because a leak must not wait for a second; what needs the second is
    that it stays so (confirm_withdrawal) or comes back (restoration). Imports do not bring the
    case back meanwhile.

    The registry is told first: if the process dies in between, the case is already
    barred from publication, and suspending again or the gate's next run finishes the work.
    Raises CaseUnknown, ReasonMissing, NotPublished.
    """
    if not reason.strip():
        raise ReasonMissing("请写明撤下理由")
    with gate.stores.registry.begin() as session:
        wait_turn(session)
        case = _case(session, case_number)
        if not case.withdrawn_reason:
            case.withdrawn_reason = reason.strip()[:MAX_REASON]
            # What waits of it is for nobody to approve: restoring queues it anew.
            supersede_reviews(session, case.id)
            ask(session, JointKind.WITHDRAW, case_number, Person(actor, senior), reason)
            detail = {"reason": case.withdrawn_reason}
            record_act(session, actor, "case.suspend", case_number, detail)
    removed = gate.take_back(case_number, actor)
    gate.settle()
    if not removed:
        raise NotPublished("该案件当前没有公开内容；已登记为不再发布")


def confirm_withdrawal(gate: Gate, act_id: int, actor: str, *, senior: bool = False) -> None:
    """Make a suspension a withdrawal, as the second person. Raises JointActRefused."""
    with gate.stores.registry.begin() as session:
        wait_turn(session)
        act = confirm(session, act_id, JointKind.WITHDRAW, Person(actor, senior))
        detail = {"reason": act.reason, "asked_by": act.asked_by}
        record_act(session, actor, "case.withdraw", act.case_number, detail)


def ask_restoration(
    gate: Gate, case_number: str, actor: str, reason: str, *, senior: bool = False
) -> int:
    """Ask that a case be public again; nothing becomes public yet. Return the act's id.

    Raises CaseUnknown, ReasonMissing, NotPublished where it is not taken away, JointActRefused
    where somebody has asked already.
    """
    if not reason.strip():
        raise ReasonMissing("请写明恢复理由")
    with gate.stores.registry.begin() as session:
        wait_turn(session)
        if not _case(session, case_number).withdrawn_reason:
            raise NotPublished("该案件没有被撤下")
        act = ask(session, JointKind.RESTORE, case_number, Person(actor, senior), reason)
        record_act(session, actor, "case.ask_restore", case_number, {"reason": act.reason})
        return act.id


def decline_restoration(gate: Gate, act_id: int, actor: str, reason: str) -> None:
    """Turn a restoration down, or take one's own request back; the case stays away.

    Raises ReasonMissing, JointActRefused.
    """
    if not reason.strip():
        raise ReasonMissing("请写明不予恢复的理由")
    with gate.stores.registry.begin() as session:
        wait_turn(session)
        act = drop(session, act_id, JointKind.RESTORE, Person(actor), reason)
        record_act(session, actor, "case.decline_restore", act.case_number, {"reason": act.comment})


def confirm_restoration(gate: Gate, act_id: int, actor: str, *, senior: bool = False) -> Outcome:
    """Let a case through the gate again, as the second person. Raises JointActRefused."""
    with gate.stores.registry.begin() as session:
        wait_turn(session)
        act = confirm(session, act_id, JointKind.RESTORE, Person(actor, senior))
        case_number = act.case_number
        _case(session, case_number).withdrawn_reason = ""
        detail = {"reason": act.reason, "asked_by": act.asked_by}
        record_act(session, actor, "case.restore", case_number, detail)
    outcome = gate.publish_case(case_number, actor, again=True)
    gate.settle()
    return outcome


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


def _case(session: Session, case_number: str) -> RegistryCase:
    case = session.scalars(select(RegistryCase).filter_by(case_number=case_number)).one_or_none()
    if case is None:
        raise CaseUnknown(f"没有案件 {case_number}")
    return case
