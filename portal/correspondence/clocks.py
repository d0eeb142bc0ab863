"""By when each step of a letter is due, and how it stands towards that day.

The days of 信息异议 (check 3, correct 2, answer 7; on review forward 2, report 2, correct 2) are
those of the rule on objections against the national platform's information; a last day on which
offices are closed gives way to the next working day. What is not confirmed as law is a target of
the office and is called so: the working days for an objection against a listing, the removal of
a wrong one (``reference.list_ends``), the checking of clues.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from portal.correspondence.models import Handling, Outcome
from portal.reference.limits import PERIODS
from portal.reference.list_ends import removal_deadline
from portal.reference.submission_kinds import SubmissionKind
from portal.reference.workdays import Deadline, deadline_after, deadline_in_days, workdays_left

_RULE = "《全国法院被执行人信息查询平台信息异议处理的规定》"
_OWN = "本院内部时限"
CHECK_DAYS, FIX_DAYS, ANSWER_DAYS = 3, 2, 7
REVIEW_DAYS = 2
CLUE_DAYS = 5


@dataclass(frozen=True)
class Step:
    """A step that has a last day: its name, and the rule that sets it."""

    words: str
    rule: str


class Clock(Enum):
    """Every step whose time runs."""

    CHECK = Step("核查", _RULE)
    ANSWER = Step("答复", _RULE)
    FIX = Step("更正", _RULE)
    DECIDE = Step("审查并答复", _OWN)
    REMOVE = Step("从名单移除", f"{_OWN}，与名单期限相同")
    CLUE = Step("查证线索", f"{_OWN}，参照{PERIODS}第六条")
    FORWARD = Step("转办复核", _RULE)
    REPORT = Step("报告复核情况", _RULE)
    REVIEW_FIX = Step("按复核结论更正", _RULE)


class Standing(StrEnum):
    """How a step stands towards its last day."""

    DONE = "done"
    LATE = "late"
    RUNNING = "running"
    TODAY = "today"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Term:
    """One step of a letter with its last day; ``left`` are working days, negative once over."""

    clock: Clock
    since: date
    deadline: Deadline
    done_on: date | None
    left: int
    standing: Standing

    @property
    def is_open(self) -> bool:
        """Whether the step has still to be done."""
        return self.done_on is None


def terms_of(
    kind: SubmissionKind,
    received_on: date,
    handling: Handling,
    today: date,
    objection_workdays: int,
) -> tuple[Term, ...]:
    """Every clock that runs or ran for a letter, in the order its steps come.

    ``objection_workdays`` is the office's target for objections. A closed letter waits for
    nothing: steps that were never taken are left out.
    """
    found = (
        _term(clock, since, deadline, done_on, today)
        for clock, since, deadline, done_on in _clocks(
            kind, received_on, handling, objection_workdays
        )
    )
    return tuple(term for term in found if handling.closed_on is None or not term.is_open)


def _clocks(
    kind: SubmissionKind, received_on: date, handling: Handling, objection_workdays: int
) -> Iterator[tuple[Clock, date, Deadline, date | None]]:
    upheld_on = handling.checked_on if handling.outcome == Outcome.UPHELD else None
    if kind.is_clue:
        last = deadline_in_days(received_on, CLUE_DAYS)
        yield Clock.CLUE, received_on, last, handling.checked_on
    elif kind is SubmissionKind.OBJECTION:
        last = deadline_after(received_on, objection_workdays)
        yield Clock.DECIDE, received_on, last, handling.answered_on
        if upheld_on:
            yield Clock.REMOVE, upheld_on, removal_deadline(upheld_on), handling.fixed_on
    else:
        check, answer = (deadline_in_days(received_on, days) for days in (CHECK_DAYS, ANSWER_DAYS))
        yield Clock.CHECK, received_on, check, handling.checked_on
        if upheld_on:
            yield Clock.FIX, upheld_on, deadline_in_days(upheld_on, FIX_DAYS), handling.fixed_on
        yield Clock.ANSWER, received_on, answer, handling.answered_on
    yield from _review_clocks(handling)


def _review_clocks(
    handling: Handling,
) -> Iterator[tuple[Clock, date, Deadline, date | None]]:
    decided_on = handling.review_decided_on
    steps = (
        (Clock.FORWARD, handling.review_received_on, handling.review_forwarded_on),
        (Clock.REPORT, handling.review_forwarded_on, handling.review_reported_on),
        (
            Clock.REVIEW_FIX,
            decided_on if handling.review_upheld else None,
            handling.review_fixed_on,
        ),
    )
    for clock, since, done_on in steps:
        if since is not None:
            yield clock, since, deadline_in_days(since, REVIEW_DAYS), done_on


def _term(clock: Clock, since: date, deadline: Deadline, done_on: date | None, today: date) -> Term:
    left = workdays_left(today, deadline.date)
    if done_on is not None:
        standing = Standing.LATE if done_on > deadline.date else Standing.DONE
    elif today > deadline.date:
        standing = Standing.OVERDUE
    else:
        standing = Standing.TODAY if today == deadline.date else Standing.RUNNING
    return Term(clock, since, deadline, done_on, left, standing)
