"""Letters as the office's lists show them: what is known of one without opening it.

The inbox and the registry are two stores; a letter nobody has taken up yet has no row in the
second. What waits is read whole (up to ``MOST_OPEN``), because its order is that of its clocks.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from portal.correspondence.letter_file import LetterFile, Stage, letter_file, untouched
from portal.correspondence.models import UNSIGNED, AnswerState, Handling, WrittenAnswer
from portal.inbox.models import SealedProof, Submission
from portal.publication.gate import Gate
from portal.reference.submission_kinds import Progress, SubmissionKind

MOST_OPEN = 2_000
READ_AT_ONCE = 500
_FAR = date.max


@dataclass(frozen=True)
class LetterDesk:
    """What the office works on letters with: the gate, the inbox, and its own target."""

    gate: Gate
    inbox: sessionmaker[Session]
    objection_workdays: int

    @property
    def registry(self) -> sessionmaker[Session]:
        """The private store."""
        return self.gate.stores.registry


class Due(StrEnum):
    """How a letter stands towards its last days; a closed one is overdue where a step was late."""

    OVERDUE = "overdue"
    TODAY = "today"


@dataclass(frozen=True)
class LetterFilter:
    """Which letters to show; an empty field does not narrow."""

    closed: bool = False
    stage: Stage | None = None
    kind: SubmissionKind | None = None
    court: str = ""
    handler: str = ""
    due: Due | None = None
    case_slug: str = ""


def list_open(desk: LetterDesk, today: date) -> tuple[list[LetterFile], bool]:
    """Every letter that is not closed, the most pressing first; whether more were left out."""
    query = (
        select(Submission)
        .where(Submission.progress != Progress.CLOSED)
        .order_by(Submission.received_at, Submission.receipt)
        .limit(MOST_OPEN + 1)
    )
    with desk.inbox() as session:
        rows = session.scalars(query).all()
    files = _files(desk, rows[:MOST_OPEN], today)
    files.sort(key=_pressing)
    return files, len(rows) > MOST_OPEN


@dataclass(frozen=True)
class LetterLoad:
    """How much waits: letters by what is most pressing of them, and the first that is due."""

    waiting: int
    overdue: int
    today: int
    new: int
    signing: int
    next: LetterFile | None


def weigh_letters(desk: LetterDesk, today: date) -> LetterLoad:
    """The same letters as figures for the desk."""
    files, _ = list_open(desk, today)
    return LetterLoad(
        waiting=len(files),
        overdue=sum(file.is_overdue for file in files),
        today=sum(file.is_due_today for file in files),
        new=sum(file.stage is Stage.NEW for file in files),
        signing=sum(file.stage is Stage.SIGNING for file in files),
        next=next((file for file in files if file.next_term), None),
    )


def wrong_listings(desk: LetterDesk, today: date) -> list[LetterFile]:
    """Objections that were upheld and whose entry has not been noted as removed."""
    files, _ = list_open(desk, today)
    return [
        file
        for file in files
        if file.kind is SubmissionKind.OBJECTION and file.stage is Stage.FIXING
    ]


def narrow(files: Sequence[LetterFile], chosen: LetterFilter) -> list[LetterFile]:
    """The letters a filter leaves."""
    return [
        file
        for file in files
        if (chosen.stage is None or file.stage is chosen.stage)
        and (chosen.kind is None or file.kind is chosen.kind)
        and (not chosen.court or file.court_code == chosen.court)
        and (not chosen.handler or file.handling.handler == chosen.handler)
        and (not chosen.case_slug or file.case_slug == chosen.case_slug)
        and (chosen.due is not Due.TODAY or file.is_due_today)
        and (chosen.due is not Due.OVERDUE or file.is_overdue or file.was_late)
    ]


def list_closed(
    desk: LetterDesk, chosen: LetterFilter, today: date, *, limit: int, offset: int
) -> tuple[list[LetterFile], int]:
    """The closed letters of a filter, newest first, and how many there are.

    Who had a letter and whether he was late stands in the other store: where that is asked for,
    all closed letters are read, which are as many as were closed in the time they are kept.
    """
    conditions = [Submission.progress == Progress.CLOSED]
    if chosen.kind:
        conditions.append(Submission.kind == chosen.kind)
    if chosen.court:
        conditions.append(Submission.court_code == chosen.court)
    if chosen.case_slug:
        conditions.append(Submission.case_slug == chosen.case_slug)
    newest = (Submission.received_at.desc(), Submission.receipt)
    query = select(Submission).where(*conditions).order_by(*newest)
    if chosen.handler or chosen.due:
        with desk.inbox() as session:
            every = session.scalars(query).all()
        narrowed: list[LetterFile] = []
        for start in range(0, len(every), READ_AT_ONCE):
            files = _files(desk, every[start : start + READ_AT_ONCE], today)
            narrowed += narrow(files, replace(chosen, stage=None))
        return narrowed[offset : offset + limit], len(narrowed)
    with desk.inbox() as session:
        total = session.scalar(select(func.count()).select_from(Submission).where(*conditions))
        rows = session.scalars(query.limit(limit).offset(offset)).all()
    return _files(desk, rows, today), total or 0


def list_of_case(desk: LetterDesk, case_slug: str, today: date) -> list[LetterFile]:
    """Every letter about a case, oldest first."""
    query = select(Submission).filter_by(case_slug=case_slug).order_by(Submission.received_at)
    with desk.inbox() as session:
        rows = session.scalars(query).all()
    return _files(desk, rows, today)


def find_letter(desk: LetterDesk, receipt: str, today: date) -> LetterFile | None:
    """One letter by its receipt."""
    with desk.inbox() as session:
        row = session.get(Submission, receipt)
    return _files(desk, [row], today)[0] if row else None


def list_answers(desk: LetterDesk, receipt: str) -> Sequence[WrittenAnswer]:
    """Every answer written to a letter, oldest first."""
    query = select(WrittenAnswer).filter_by(receipt=receipt).order_by(WrittenAnswer.id)
    with desk.registry() as session:
        return session.scalars(query).all()


def count_by_key(desk: LetterDesk) -> dict[str, int]:
    """How many letters are sealed to each key."""
    query = select(Submission.key_id, func.count()).group_by(Submission.key_id)
    with desk.inbox() as session:
        return {row[0]: row[1] for row in session.execute(query)}


def _files(desk: LetterDesk, rows: Collection[Submission], today: date) -> list[LetterFile]:
    receipts = [row.receipt for row in rows]
    with desk.registry() as session:
        query = select(Handling).where(Handling.receipt.in_(receipts))
        handlings = {each.receipt: each for each in session.scalars(query)}
        answers = select(WrittenAnswer.receipt, WrittenAnswer.state).where(
            WrittenAnswer.receipt.in_(receipts), WrittenAnswer.state.in_(UNSIGNED)
        )
        unsigned = {receipt: AnswerState(state) for receipt, state in session.execute(answers)}
    with desk.inbox() as session:
        counted = (
            select(SealedProof.receipt, func.count())
            .where(SealedProof.receipt.in_(receipts))
            .group_by(SealedProof.receipt)
        )
        proofs = {row[0]: row[1] for row in session.execute(counted)}
    return [
        letter_file(
            row,
            handlings.get(row.receipt) or untouched(row.receipt),
            proofs.get(row.receipt, 0),
            unsigned.get(row.receipt),
            today,
            desk.objection_workdays,
        )
        for row in rows
    ]


def _pressing(file: LetterFile) -> tuple[date, datetime]:
    term = file.next_term
    return (term.deadline.date if term else _FAR), file.received_at
