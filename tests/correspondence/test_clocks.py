"""The clocks of letters: which run, from when, until when, and how they stand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.correspondence.clocks import Clock, Standing, terms_of
from portal.correspondence.letter_file import untouched
from portal.correspondence.models import Outcome
from portal.reference.submission_kinds import SubmissionKind

TUESDAY = date(2018, 5, 15)


def clocks(
    kind: SubmissionKind = SubmissionKind.CORRECTION,
    received_on: date = TUESDAY,
    today: date = TUESDAY,
    target: int = 15,
    **steps: Any,
) -> dict[Clock, tuple[date, Standing]]:
    handling = untouched("ABCD-EFGH-JKMN")
    for name, value in steps.items():
        setattr(handling, name, value)
    terms = terms_of(kind, received_on, handling, today, target)
    return {term.clock: (term.deadline.date, term.standing) for term in terms}


def days(*args: Any, **steps: Any) -> dict[Clock, date]:
    return {clock: day for clock, (day, _) in clocks(*args, **steps).items()}


def test_a_correction_is_checked_in_three_days_and_answered_in_seven() -> None:
    assert days() == {Clock.CHECK: date(2018, 5, 18), Clock.ANSWER: date(2018, 5, 22)}


def test_a_last_day_on_which_offices_are_closed_gives_way() -> None:
    # 29 April to 1 May 2018 were holidays, 28 April (a Saturday) was worked.
    assert days(received_on=date(2018, 4, 26))[Clock.CHECK] == date(2018, 5, 2)
    assert days(received_on=date(2018, 4, 25))[Clock.CHECK] == date(2018, 4, 28)


def test_an_upheld_correction_is_made_within_two_days() -> None:
    steps = {"outcome": Outcome.UPHELD, "checked_on": date(2018, 5, 17)}
    assert days(**steps)[Clock.FIX] == date(2018, 5, 21)
    assert Clock.FIX not in days(outcome=Outcome.REJECTED, checked_on=date(2018, 5, 17))


@pytest.mark.parametrize(("target", "last"), [(15, date(2018, 6, 5)), (5, date(2018, 5, 22))])
def test_an_objection_has_the_offices_own_target_in_working_days(target: int, last: date) -> None:
    assert days(SubmissionKind.OBJECTION, target=target) == {Clock.DECIDE: last}
    assert Clock.DECIDE.value.rule == "本院内部时限"


def test_a_wrong_listing_is_off_every_list_within_three_working_days() -> None:
    friday = date(2018, 5, 18)
    steps = {"outcome": Outcome.UPHELD, "checked_on": friday}
    assert days(SubmissionKind.OBJECTION, **steps)[Clock.REMOVE] == date(2018, 5, 23)


@pytest.mark.parametrize("kind", [SubmissionKind.PROPERTY, SubmissionKind.WHEREABOUTS])
def test_a_clue_is_checked_and_needs_no_answer(kind: SubmissionKind) -> None:
    assert days(kind) == {Clock.CLUE: date(2018, 5, 21)}


def test_a_review_runs_from_step_to_step() -> None:
    received = {"review_received_on": date(2018, 6, 4)}
    assert days(**received)[Clock.FORWARD] == date(2018, 6, 6)
    forwarded = received | {"review_forwarded_on": date(2018, 6, 5)}
    assert days(**forwarded)[Clock.REPORT] == date(2018, 6, 7)
    decided = forwarded | {"review_decided_on": date(2018, 6, 11)}
    assert Clock.REVIEW_FIX not in days(**decided)
    assert days(**decided, review_upheld=True)[Clock.REVIEW_FIX] == date(2018, 6, 13)


@pytest.mark.parametrize(
    ("today", "checked_on", "standing"),
    [
        (date(2018, 5, 17), None, Standing.RUNNING),
        (date(2018, 5, 18), None, Standing.TODAY),
        (date(2018, 5, 19), None, Standing.OVERDUE),
        (date(2018, 5, 25), date(2018, 5, 18), Standing.DONE),
        (date(2018, 5, 25), date(2018, 5, 21), Standing.LATE),
    ],
)
def test_how_a_step_stands(today: date, checked_on: date | None, standing: Standing) -> None:
    assert clocks(today=today, checked_on=checked_on)[Clock.CHECK][1] is standing


def test_a_closed_letter_waits_for_nothing() -> None:
    steps = {"closed_on": date(2018, 6, 1), "checked_on": date(2018, 5, 16)}
    assert set(clocks(today=date(2019, 1, 1), **steps)) == {Clock.CHECK}


def test_a_year_whose_holidays_are_not_known_says_so() -> None:
    handling = untouched("ABCD-EFGH-JKMN")
    far = date(2099, 3, 2)
    terms = terms_of(SubmissionKind.CORRECTION, far, handling, far, 15)
    assert [term.deadline.certain for term in terms] == [False, False]
