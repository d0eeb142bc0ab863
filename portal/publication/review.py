"""A reviewer releases a held case, on a written reason."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.publication.draft import CaseDraft
from portal.publication.errors import (
    LeakNotApprovable,
    NotForBatch,
    ReasonMissing,
    ReviewChanged,
    ReviewDecided,
    ReviewUnknown,
    SecondReaderNeeded,
)
from portal.publication.gate import Gate
from portal.publication.outcomes import Outcome
from portal.publication.queue import route_of
from portal.registry.audit import AuditEntry, record_act, wait_turn
from portal.registry.models import Review, ReviewState, Route
from redaction import Grade

LONGEST_REASON = 500


def approve(
    gate: Gate,
    review_id: int,
    actor: str,
    reason: str,
    *,
    seen: int,
    second_reader: bool = False,
    in_batch: bool = False,
) -> Outcome:
    """Release a held case as drafted, on the reviewer's written reason.

    ``seen`` is the edition of the item he had before him. The draft is made and checked anew:
    what was waiting may have been changed by a newer record or rule. Where it holds what the
    policy forbids to publish without a higher decision (``Grade.FORBIDDEN``), the first approval
    is a first reading and the case stays HELD; the second has to come from somebody else who may
    be a ``second_reader``. ``in_batch`` releases only what masking settles. Raises ReviewUnknown,
    ReviewDecided, ReviewChanged, ReasonMissing, SecondReaderNeeded, NotForBatch, and
    LeakNotApprovable where something private would be readable.
    """
    if not reason.strip():
        raise ReasonMissing("请写明放行理由")
    with gate.stores.registry() as session:
        case = waiting_review(session, review_id, seen, actor).case
        prepared = gate.prepare(session, case, approved=True)
    _refuse_leaks(prepared.draft)
    if in_batch and route_of(prepared.draft.holds) is not Route.AUTOMATIC:
        raise NotForBatch("重新核验后仍有须逐件审核的疑点，没有放行")
    with gate.stores.registry.begin() as session:
        # Decided before released: two reviewers cannot both win, the reason is on record
        # before anything shows, and a release that fails leaves the case unreleased.
        wait_turn(session)
        decided = waiting_review(session, review_id, seen, actor)
        if any(hold.grade is Grade.FORBIDDEN for hold in prepared.draft.holds):
            if not decided.first_read_by:
                _read_first(session, decided, actor, reason)
                return Outcome.HELD
            if decided.first_read_by == actor or not second_reader:
                raise SecondReaderNeeded("初审已记录；须由审核负责人复核后放行，且不得为初审本人")
        decided.state = ReviewState.APPROVED
        decided.decided_at = datetime.now(UTC)
        decided.decided_by = actor
        decided.decision_reason = reason.strip()[:LONGEST_REASON]
        detail = {"review": review_id, "reason": decided.decision_reason}
        if in_batch:
            detail["batch"] = True
        record_act(session, actor, "review.approve", prepared.case_number, detail)
    outcome = gate.release(prepared, actor)
    if not in_batch:
        gate.settle()
    return outcome


def _refuse_leaks(draft: CaseDraft) -> None:
    if draft.leaks:
        raise LeakNotApprovable("屏蔽后仍可见到私密内容，不能放行；请先补充屏蔽")
    if any(hold.grade is Grade.LEAK for hold in draft.holds):
        raise LeakNotApprovable(
            "要求保留的文字是本案的私密内容，不能放行；请撤销该标记，或者申请二人批准保留"
        )


def _read_first(session: Session, review: Review, actor: str, reason: str) -> None:
    review.first_read_by = actor
    review.first_reason = reason.strip()[:LONGEST_REASON]
    review.first_read_at = datetime.now(UTC)
    note_change(session, review, actor, "review.first_reading", reason=review.first_reason)


def waiting_review(session: Session, review_id: int, seen: int, actor: str) -> Review:
    """The item, while it is still to be decided and as the actor saw it.

    Raises ReviewUnknown, ReviewDecided, ReviewChanged.
    """
    review = session.get(Review, review_id)
    if review is None:
        raise ReviewUnknown("没有这一审核项")
    if review.state != ReviewState.WAITING or review.revision != review.case.revision:
        raise ReviewDecided("这一项已经处理过，或案件数据已更新，请回到审核列表")
    if review.edition != seen:
        raise ReviewChanged(_acts_since(session, review, seen))
    return review


def note_change(session: Session, review: Review, actor: str, act: str, **detail: str) -> None:
    """Make the next edition of a waiting item, and log what was done to it."""
    review.edition += 1
    told = {name: text for name, text in detail.items() if text}
    record_act(
        session,
        actor,
        act,
        review.case.case_number,
        {"review": review.id, "edition": review.edition, **told},
    )


def _acts_since(
    session: Session, review: Review, seen: int
) -> tuple[tuple[str, datetime, str, str], ...]:
    """What was done to an item after an edition of it."""
    entries = select(AuditEntry).where(
        AuditEntry.subject == review.case.case_number, AuditEntry.act.startswith("review.")
    )
    return tuple(
        (entry.actor, entry.at, entry.act, str(entry.detail.get("reason", "")))
        for entry in session.scalars(entries.order_by(AuditEntry.id))
        if entry.detail.get("review") == review.id and entry.detail.get("edition", 0) > seen
    )
