"""The review queue: what waits for a reviewer, why, and how many people it takes.

Works in the caller's registry session and never commits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.publication.draft import CaseDraft
from portal.registry.models import RegistryCase, Review, ReviewState, Route
from redaction import Grade, Hold


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


def list_holds(holds: Iterable[Hold]) -> list[dict[str, Any]]:
    """What speaks against an item, as the queue writes it down."""
    return [
        {"reason": hold.reason, "kind": hold.kind or "", "path": hold.path, "grade": hold.grade}
        for hold in holds
    ]


def queue_case(session: Session, case: RegistryCase, draft: CaseDraft, policy_version: str) -> int:
    """Put a case into the queue in the place of older items; return the number of holds.

    One that waited for the same reasons stays as old as it is: other rules that doubt the same
    must not put it behind what came later.
    """
    review = Review(
        case_id=case.id,
        revision=case.revision,
        policy_version=policy_version,
        state=ReviewState.WAITING,
        created_at=datetime.now(UTC),
    )
    write_holds(review, draft.holds, draft.leaks, pending=False)
    older = session.scalars(
        select(Review).filter_by(case_id=case.id, revision=case.revision, state=ReviewState.WAITING)
    ).first()
    if older is not None and older.holds == review.holds:
        review.created_at = older.created_at
    supersede_reviews(session, case.id)
    session.add(review)
    return len(review.holds)


def write_holds(
    review: Review, holds: Sequence[Hold], leaks: Sequence[Hold], *, pending: bool
) -> None:
    """Write into an item what speaks against it; ``pending`` where an override waits for a yes."""
    every = (*leaks, *holds)
    review.leak = any(hold.grade is Grade.LEAK for hold in every)
    review.route = Route.FULL if pending else route_of(every)
    review.holds = list_holds(every)


def route_of(holds: Iterable[Hold]) -> Route:
    """How many people it takes to release what is held for these reasons."""
    grades = {hold.grade for hold in holds}
    if Grade.FORBIDDEN in grades:
        return Route.FULL
    return Route.SINGLE if grades - {Grade.MASKED} else Route.AUTOMATIC
