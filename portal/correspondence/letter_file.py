"""One letter from outside its box: what it is about, its clocks, and the next thing to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal.correspondence.clocks import Standing, Term, terms_of
from portal.correspondence.models import AnswerState, Handling, Outcome
from portal.inbox.models import Submission
from portal.reference import case_numbers
from portal.reference.clock import BEIJING
from portal.reference.submission_kinds import SubmissionKind

# The box of such a letter will not open: its kind is part of its label.
_DOUBTFUL_KIND = SubmissionKind.CORRECTION


class Stage(StrEnum):
    """Where a letter stands in the office."""

    NEW = "new"
    CHECKING = "checking"
    FIXING = "fixing"
    ANSWERING = "answering"
    SIGNING = "signing"
    REVIEWING = "reviewing"
    SETTLED = "settled"
    CLOSED = "closed"


@dataclass(frozen=True)
class LetterFile:
    """One letter from outside its box, and what the office has done with it.

    The public process wrote the row: what it should not be able to write is not believed.
    """

    receipt: str
    kind: SubmissionKind
    about: str
    case_slug: str
    case_number: str
    court_code: str
    received_at: datetime
    key_id: str
    proofs: int
    handling: Handling
    unsigned: AnswerState | None
    terms: tuple[Term, ...]

    @property
    def next_term(self) -> Term | None:
        """The open step that is due first."""
        running = [term for term in self.terms if term.is_open]
        return min(running, key=lambda term: term.deadline.date, default=None)

    @property
    def is_overdue(self) -> bool:
        """Whether a step should have been done by now."""
        return any(term.standing is Standing.OVERDUE for term in self.terms)

    @property
    def is_due_today(self) -> bool:
        """Whether this is the last day of the step that is due first."""
        term = self.next_term
        return term is not None and term.standing is Standing.TODAY

    @property
    def was_late(self) -> bool:
        """Whether a step of a closed letter was done after its last day."""
        late = any(term.standing is Standing.LATE for term in self.terms)
        return self.handling.closed_on is not None and late

    @property
    def stage(self) -> Stage:
        """The next thing to do, or that there is none."""
        done = self.handling
        if done.closed_on:
            return Stage.CLOSED
        if self.unsigned is AnswerState.SUBMITTED:
            return Stage.SIGNING
        if done.review_received_on and not _is_reviewed(done):
            return Stage.REVIEWING
        if not done.handler:
            return Stage.NEW
        if not done.outcome:
            return Stage.CHECKING
        if done.outcome == Outcome.UPHELD and not done.fixed_on:
            return Stage.FIXING
        return Stage.SETTLED if done.answered_on or self.kind.is_clue else Stage.ANSWERING


def untouched(receipt: str) -> Handling:
    """The office's side of a letter nobody has taken up."""
    return Handling(receipt=receipt, revision=0, handler="", outcome="", review_upheld=False)


def letter_file(
    row: Submission,
    handling: Handling,
    proofs: int,
    unsigned: AnswerState | None,
    today: date,
    objection_workdays: int,
) -> LetterFile:
    kind = SubmissionKind(row.kind) if row.kind in set(SubmissionKind) else _DOUBTFUL_KIND
    received_on = row.received_at.astimezone(BEIJING).date()
    return LetterFile(
        receipt=row.receipt,
        kind=kind,
        about=row.about,
        case_slug=row.case_slug,
        case_number=number_of(row.case_slug),
        court_code=row.court_code,
        received_at=row.received_at,
        key_id=row.key_id,
        proofs=proofs,
        handling=handling,
        unsigned=unsigned,
        terms=terms_of(kind, received_on, handling, today, objection_workdays),
    )


def number_of(case_slug: str) -> str:
    """The case number of an address form; "" where it is none."""
    try:
        return case_numbers.from_slug(case_slug).canonical
    except case_numbers.CaseNumberError:
        return ""


def _is_reviewed(handling: Handling) -> bool:
    if handling.review_decided_on is None:
        return False
    return not handling.review_upheld or handling.review_fixed_on is not None
