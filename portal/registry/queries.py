"""What the office reads in the registry: imports, the review queue, a private record.

Rows come back detached; nothing here writes, except that opening a private record is
an act of its own and leaves its trace.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, sessionmaker

from portal.registry.audit import record_act
from portal.registry.models import (
    CaseRevision,
    ImportProblem,
    ImportRun,
    RegistryCase,
    Review,
    ReviewState,
)

BATCH = 500


@dataclass(frozen=True)
class ReviewFilter:
    """Which waiting items to show; the default is all of them."""

    court: str = ""
    leak: bool | None = None
    older_than_days: int = 0
    reason: str = ""


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
class Neighbours:
    """Where an item stands among those of its filter (1-based), and what is next to it."""

    position: int | None
    total: int
    before: int | None
    after: int | None


def list_imports(
    registry: sessionmaker[Session], *, limit: int, offset: int = 0
) -> tuple[Sequence[ImportRun], int]:
    """Import runs, newest first, and how many there are."""
    query = select(ImportRun).order_by(ImportRun.id.desc()).limit(limit).offset(offset)
    with registry() as session:
        total = session.scalar(select(func.count(ImportRun.id))) or 0
        return session.scalars(query).all(), total


def find_import(registry: sessionmaker[Session], run_id: int) -> ImportRun | None:
    """The run with this id."""
    with registry() as session:
        return session.get(ImportRun, run_id)


def list_problems(
    registry: sessionmaker[Session],
    run_id: int,
    *,
    warning: bool | None,
    limit: int,
    offset: int = 0,
) -> tuple[Sequence[ImportProblem], int]:
    """Problems of a run by line; only warnings or only errors where ``warning`` says so."""
    chosen = [ImportProblem.import_id == run_id]
    if warning is not None:
        chosen.append(ImportProblem.warning == warning)
    query = select(ImportProblem).where(*chosen).order_by(ImportProblem.line, ImportProblem.id)
    with registry() as session:
        total = session.scalar(select(func.count(ImportProblem.id)).where(*chosen)) or 0
        return session.scalars(query.limit(limit).offset(offset)).all(), total


def all_problems(registry: sessionmaker[Session], run_id: int) -> Iterator[ImportProblem]:
    """Every problem of a run by line, read in batches: a report may have very many."""
    query = (
        select(ImportProblem)
        .where(ImportProblem.import_id == run_id)
        .order_by(ImportProblem.line, ImportProblem.id)
        .execution_options(yield_per=BATCH)
    )
    with registry() as session:
        yield from session.scalars(query)


def review_queue(
    registry: sessionmaker[Session], chosen: ReviewFilter, *, limit: int, offset: int = 0
) -> tuple[list[ReviewItem], int]:
    """Waiting items of the filter, oldest first so that none is forgotten, and their number."""
    with registry() as session:
        ids = _waiting_ids(session, chosen)
        wanted = ids[offset : offset + limit]
        query = select(Review).where(Review.id.in_(wanted)).order_by(Review.created_at, Review.id)
        return [_as_item(review) for review in session.scalars(query)], len(ids)


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


def find_case(registry: sessionmaker[Session], case_number: str) -> RegistryCase | None:
    """A case's own row, by its canonical number."""
    with registry() as session:
        return session.scalars(
            select(RegistryCase).where(RegistryCase.case_number == case_number)
        ).one_or_none()


def list_revisions(
    registry: sessionmaker[Session], case_number: str
) -> list[tuple[int, datetime, str]]:
    """Every version of a case as it was sent: (revision, moment, file it came in)."""
    query = (
        select(CaseRevision.revision, CaseRevision.created_at, ImportRun.file_name)
        .join(RegistryCase, RegistryCase.id == CaseRevision.case_id)
        .join(ImportRun, ImportRun.id == CaseRevision.import_id)
        .where(RegistryCase.case_number == case_number)
        .order_by(CaseRevision.revision.desc())
    )
    with registry() as session:
        return [(revision, at, name) for revision, at, name in session.execute(query)]


@dataclass(frozen=True)
class RevisionChange:
    """One version of a case as it was sent, beside the one before (empty for the first)."""

    revision: int
    newest: int
    at: datetime
    file_name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def find_change(
    registry: sessionmaker[Session], case_number: str, revision: int
) -> RevisionChange | None:
    """What a version brought, or None where the case has no such version."""
    with registry() as session:
        case = session.scalars(
            select(RegistryCase).where(RegistryCase.case_number == case_number)
        ).one_or_none()
        if case is None:
            return None
        found = {
            each.revision: each
            for each in session.scalars(
                select(CaseRevision).where(
                    CaseRevision.case_id == case.id,
                    CaseRevision.revision.in_((revision - 1, revision)),
                )
            )
        }
        if revision not in found:
            return None
        newer, older = found[revision], found.get(revision - 1)
        name = session.get_one(ImportRun, newer.import_id).file_name
        before = dict(older.content) if older else {}
        return RevisionChange(
            revision, case.revision, newer.created_at, name, before, dict(newer.content)
        )


def note_viewing(registry: sessionmaker[Session], case_number: str, *, actor: str) -> None:
    """Leave the trace of somebody opening a private record."""
    with registry.begin() as session:
        record_act(session, actor, "case.view", case_number)


def _waiting_ids(session: Session, chosen: ReviewFilter) -> list[int]:
    conditions: list[ColumnElement[bool]] = [Review.state == ReviewState.WAITING]
    if chosen.court:
        conditions.append(RegistryCase.court == chosen.court)
    if chosen.leak is not None:
        conditions.append(Review.leak == chosen.leak)
    if chosen.older_than_days:
        limit = datetime.now(UTC) - timedelta(days=chosen.older_than_days)
        conditions.append(Review.created_at <= limit)
    order = (Review.created_at, Review.id)
    if not chosen.reason:
        query = select(Review.id).join(Review.case).where(*conditions).order_by(*order)
        return list(session.scalars(query))
    # Reasons stand in a JSON list, which the two databases search in different words.
    rows: Any = session.execute(
        select(Review.id, Review.holds)
        .join(Review.case)
        .where(*conditions)
        .order_by(*order)
        .execution_options(yield_per=BATCH)
    )
    return [id_ for id_, holds in rows if any(hold["reason"] == chosen.reason for hold in holds)]


def _as_item(review: Review) -> ReviewItem:
    return ReviewItem(
        id=review.id,
        case_number=review.case.case_number,
        court=review.case.court,
        filed_on=review.case.filed_on,
        revision=review.revision,
        state=ReviewState(review.state),
        leak=review.leak,
        holds=tuple(review.holds),
        created_at=review.created_at,
        first_read_by=review.first_read_by,
        first_reason=review.first_reason,
        first_read_at=review.first_read_at,
        decided_at=review.decided_at,
        decided_by=review.decided_by,
        decision_reason=review.decision_reason,
    )
