"""A reviewer releases a held case, on a written reason."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from portal.publication.errors import (
    LeakNotApprovable,
    ReasonMissing,
    ReviewDecided,
    ReviewUnknown,
    SecondReaderNeeded,
)
from portal.publication.gate import Gate
from portal.publication.outcomes import Outcome
from portal.registry.audit import record_act, wait_turn
from portal.registry.models import Review, ReviewState
from redaction import Grade


def approve(
    gate: Gate, review_id: int, actor: str, reason: str, *, second_reader: bool = False
) -> Outcome:
    """Release a held case as drafted, on the reviewer's written reason.

    The draft is made and checked anew: what was waiting may have been changed by a
    newer record or rule. Where it holds what the policy forbids to publish without a higher
    decision (``Grade.FORBIDDEN``), the first approval is a first reading and the case stays
    HELD; the second has to come from somebody else who may be a ``second_reader``. Raises
    ReviewUnknown, ReviewDecided, ReasonMissing, SecondReaderNeeded, and LeakNotApprovable
    where the leak check fails.
    """
    if not reason.strip():
        raise ReasonMissing("请写明放行理由")
    with gate.stores.registry() as session:
        case = waiting_review(session, review_id).case
        prepared = gate.prepare(session, case, approved=True)
    if prepared.draft.leaks:
        raise LeakNotApprovable("屏蔽后仍可见到私密内容，不能放行；请先补充屏蔽词")
    with gate.stores.registry.begin() as session:
        # Decided before released: two reviewers cannot both win, the reason is on record
        # before anything shows, and a release that fails leaves the case unreleased.
        wait_turn(session)
        decided = waiting_review(session, review_id)
        if any(hold.grade is Grade.FORBIDDEN for hold in prepared.draft.holds):
            if not decided.first_read_by:
                _read_first(session, decided, actor, reason)
                return Outcome.HELD
            if decided.first_read_by == actor or not second_reader:
                raise SecondReaderNeeded("初审已记录；须由审核负责人复核后放行，且不得为初审本人")
        decided.state = ReviewState.APPROVED
        decided.decided_at = datetime.now(UTC)
        decided.decided_by = actor
        decided.decision_reason = reason.strip()[:500]
        detail = {"review": review_id, "reason": decided.decision_reason}
        record_act(session, actor, "review.approve", prepared.case_number, detail)
    outcome = gate.release(prepared, actor)
    gate.settle()
    return outcome


def _read_first(session: Session, review: Review, actor: str, reason: str) -> None:
    review.first_read_by = actor
    review.first_reason = reason.strip()[:500]
    review.first_read_at = datetime.now(UTC)
    detail = {"review": review.id, "reason": review.first_reason}
    record_act(session, actor, "review.first_reading", review.case.case_number, detail)


def waiting_review(session: Session, review_id: int) -> Review:
    """The item, while it is still to be decided. Raises ReviewUnknown, ReviewDecided."""
    review = session.get(Review, review_id)
    if review is None:
        raise ReviewUnknown("没有这一审核项")
    if review.state != ReviewState.WAITING or review.revision != review.case.revision:
        raise ReviewDecided("这一项已经处理过，或案件数据已更新，请回到审核列表")
    return review
