"""What waits for reviewers, oldest first: lists, single items, what stands next to them.

Rows come back detached; nothing here writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, sessionmaker

from portal.registry.models import RegistryCase, Review, ReviewState, Route

BATCH = 500


@dataclass(frozen=True)
class ReviewFilter:
    """Which waiting items to show; the default is all of them."""

    court: str = ""
    leak: bool | None = None
    older_than_days: int = 0
    reason: str = ""
    route: Route | None = None


@dataclass(frozen=True)
class ReviewItem:
    """One item of the review queue with what a list says about it."""

    id: int
    case_number: str
    court: str
    filed_on: date
    revision: int
    state: ReviewState
    leak: bool
    route: Route
    edition: int
    holds: tuple[Mapping[str, str], ...]
    created_at: datetime
    first_read_by: str
    first_reason: str
    first_read_at: datetime | None
    decided_at: datetime | None
    decided_by: str
    decision_reason: str

    @property
    def reasons(self) -> dict[str, int]:
        """Each reason once, with how often it stands in the item."""
        return dict(Counter(hold["reason"] for hold in self.holds))


@dataclass(frozen=True)
class QueueAge:
    """How long the first of the queue has waited, in whole days; how many wait so many or more."""

    oldest: int
    waiting: Mapping[int, int]


@dataclass(frozen=True)
class Neighbours:
    """Where an item stands among those of its filter (1-based), and what is next to it."""

    position: int | None
    total: int
    before: int | None
    after: int | None


def review_queue(
    registry: sessionmaker[Session], chosen: ReviewFilter, *, limit: int, offset: int = 0
) -> tuple[list[ReviewItem], int]:
    """Waiting items of the filter, oldest first so that none is forgotten, and their number."""
    with registry() as session:
        ids = _waiting_ids(session, chosen)
        wanted = ids[offset : offset + limit]
        query = select(Review).where(Review.id.in_(wanted)).order_by(Review.created_at, Review.id)
        return [_as_item(review) for review in session.scalars(query)], len(ids)


def weigh_queue(
    registry: sessionmaker[Session], chosen: ReviewFilter, steps: Sequence[int], now: datetime
) -> QueueAge | None:
    """How old the waiting items of the filter are, by ``steps`` of days; None where none waits."""
    with registry() as session:
        days = [(now - since).days for _, since in _waiting(session, chosen)]
    if not days:
        return None
    return QueueAge(max(days), {step: sum(age >= step for age in days) for step in steps})


def find_review(registry: sessionmaker[Session], review_id: int) -> ReviewItem | None:
    """One item, waiting or decided."""
    with registry() as session:
        review = session.get(Review, review_id)
        return _as_item(review) if review else None


def find_neighbours(
    registry: sessionmaker[Session], review_id: int, chosen: ReviewFilter
) -> Neighbours:
    """What stands before and after an item; for one that waits no more, the queue's head."""
    with registry() as session:
        ids = _waiting_ids(session, chosen)
    if review_id not in ids:
        return Neighbours(None, len(ids), None, ids[0] if ids else None)
    at = ids.index(review_id)
    before = ids[at - 1] if at > 0 else None
    after = ids[at + 1] if at + 1 < len(ids) else None
    return Neighbours(at + 1, len(ids), before, after)


def waiting_review(registry: sessionmaker[Session], case_number: str) -> int | None:
    """Id of the item a case waits in, or None."""
    query = (
        select(Review.id)
        .join(Review.case)
        .where(RegistryCase.case_number == case_number, Review.state == ReviewState.WAITING)
    )
    with registry() as session:
        return session.scalars(query).first()


def count_waiting_by_reason(registry: sessionmaker[Session]) -> dict[str, int]:
    """How many waiting items have each reason, most frequent first."""
    counts: Counter[str] = Counter()
    with registry() as session:
        for holds in session.scalars(
            select(Review.holds)
            .where(Review.state == ReviewState.WAITING)
            .execution_options(yield_per=BATCH)
        ):
            counts.update({hold["reason"] for hold in holds})
    return dict(counts.most_common())


def _waiting_ids(session: Session, chosen: ReviewFilter) -> list[int]:
    return [id_ for id_, _ in _waiting(session, chosen)]


def _waiting(session: Session, chosen: ReviewFilter) -> list[tuple[int, datetime]]:
    """Items of the filter with the moment since which they wait, oldest first."""
    conditions: list[ColumnElement[bool]] = [Review.state == ReviewState.WAITING]
    if chosen.court:
        conditions.append(RegistryCase.court == chosen.court)
    if chosen.leak is not None:
        conditions.append(Review.leak == chosen.leak)
    if chosen.route:
        conditions.append(Review.route == chosen.route)
    if chosen.older_than_days:
        limit = datetime.now(UTC) - timedelta(days=chosen.older_than_days)
        conditions.append(Review.created_at <= limit)
    order = (Review.created_at, Review.id)
    if not chosen.reason:
        found = select(Review.id, Review.created_at).join(Review.case)
        return [
            (row[0], row[1]) for row in session.execute(found.where(*conditions).order_by(*order))
        ]
    # Reasons stand in a JSON list, which the two databases search in different words.
    rows: Any = session.execute(
        select(Review.id, Review.created_at, Review.holds)
        .join(Review.case)
        .where(*conditions)
        .order_by(*order)
        .execution_options(yield_per=BATCH)
    )
    return [
        (id_, since)
        for id_, since, holds in rows
        if any(hold["reason"] == chosen.reason for hold in holds)
    ]


def _as_item(review: Review) -> ReviewItem:
    return ReviewItem(
        id=review.id,
        case_number=review.case.case_number,
        court=review.case.court,
        filed_on=review.case.filed_on,
        revision=review.revision,
        state=ReviewState(review.state),
        leak=review.leak,
        route=Route(review.route),
        edition=review.edition,
        holds=tuple(review.holds),
        created_at=review.created_at,
        first_read_by=review.first_read_by,
        first_reason=review.first_reason,
        first_read_at=review.first_read_at,
        decided_at=review.decided_at,
        decided_by=review.decided_by,
        decision_reason=review.decision_reason,
    )
