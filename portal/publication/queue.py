"""The review queue: what waits for a reviewer, and which words he asked to be masked or kept.

Works in the caller's registry session and never commits.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.publication.draft import CaseDraft, Terms
from portal.registry.models import CaseTerm, RegistryCase, Review, ReviewState, TermKind


def list_terms(session: Session, case_id: int) -> list[CaseTerm]:
    """What reviewers asked for in this case, oldest first."""
    return list(session.scalars(select(CaseTerm).filter_by(case_id=case_id).order_by(CaseTerm.id)))


def case_terms(session: Session, case_id: int) -> Terms:
    """The same as the gate hands it to redaction."""
    found = list_terms(session, case_id)
    hide, keep = (
        tuple(term.term for term in found if term.kind == kind)
        for kind in (TermKind.HIDE, TermKind.KEEP)
    )
    return Terms(hide, keep)


def is_waiting(session: Session, case: RegistryCase, policy_version: str) -> bool:
    """Whether this very revision, under this policy, is in the queue already."""
    waiting = select(Review.id).filter_by(
        case_id=case.id,
        revision=case.revision,
        policy_version=policy_version,
        state=ReviewState.WAITING,
    )
    return session.scalars(waiting).first() is not None


def supersede_reviews(session: Session, case_id: int, up_to: int | None = None) -> None:
    """Close what waited for this case: something newer has taken its place.

    ``up_to`` leaves what waits for a later revision.
    """
    waiting = select(Review).filter_by(case_id=case_id, state=ReviewState.WAITING)
    if up_to is not None:
        waiting = waiting.where(Review.revision <= up_to)
    for review in session.scalars(waiting):
        review.state = ReviewState.SUPERSEDED
        review.decided_at = datetime.now(UTC)


def queue_case(session: Session, case: RegistryCase, draft: CaseDraft, policy_version: str) -> int:
    """Put a case into the queue in the place of older items; return the number of holds."""
    supersede_reviews(session, case.id)
    holds = (*draft.leaks, *draft.holds)
    session.add(
        Review(
            case_id=case.id,
            revision=case.revision,
            policy_version=policy_version,
            state=ReviewState.WAITING,
            leak=bool(draft.leaks),
            holds=[
                {
                    "reason": hold.reason,
                    "kind": hold.kind or "",
                    "path": hold.path,
                    "grade": hold.grade,
                }
                for hold in holds
            ],
            created_at=datetime.now(UTC),
        )
    )
    return len(holds)
