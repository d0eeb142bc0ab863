"""我的案件属于哪一种？ Every way through the questions ends, and ends somewhere sensible."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reference.own_case import FIRST, LAST, OUTCOMES, QUESTIONS, Desk, follow, ways


@pytest.mark.parametrize("way", list(ways()), ids=lambda way: "-".join(way.values()))
def test_every_way_ends_in_an_outcome_after_at_most_five_answers(way: dict[str, str]) -> None:
    before = follow(way)
    assert before.question is QUESTIONS[LAST] and before.outcome is None
    end = follow(way | {LAST: "辽0803"})
    assert end.question is None and end.outcome is not None
    assert end.court == "辽0803"
    assert len(end.answered) <= 5


def test_every_outcome_is_reached_and_every_question_asked() -> None:
    reached = set()
    asked = {FIRST, LAST}
    for way in ways():
        end = follow(way | {LAST: "unknown"})
        assert end.outcome is not None and end.court == ""
        reached.add(end.outcome.key)
        asked |= set(way)
    assert reached == set(OUTCOMES)
    assert asked == set(QUESTIONS)


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=lambda outcome: outcome.key)
def test_an_outcome_says_what_to_do_who_does_it_and_where_to_read(outcome: object) -> None:
    assert outcome.step and outcome.details and outcome.desk in Desk  # type: ignore[attr-defined]
    assert outcome.topics or outcome.guides  # type: ignore[attr-defined]
    assert bool(outcome.path) == bool(outcome.act)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("way", "key"),
    [
        ({"role": "applicant", "state": "terminated", "found": "property"}, "resume"),
        ({"role": "applicant", "state": "open", "property": "none", "hardship": "yes"}, "relief"),
        ({"role": "applicant", "state": "open", "property": "company"}, "bankrupt-debtor"),
        ({"role": "applicant", "state": "open", "property": "known"}, "clue"),
        ({"role": "ahead", "stage": "before"}, "preserve-before"),
        ({"role": "debtor", "ability": "listed"}, "correct"),
    ],
)
def test_a_case_leads_to_its_next_step(way: dict[str, str], key: str) -> None:
    outcome = follow(way | {LAST: "辽08"}).outcome
    assert outcome is not None and outcome.key == key


@given(st.dictionaries(st.sampled_from([*QUESTIONS, "asked", "x"]), st.text(max_size=12)))
def test_no_answers_are_too_odd_to_follow(given_: dict[str, str]) -> None:
    progress = follow(given_)
    assert (progress.question is None) != (progress.outcome is None)
    for question, answer in progress.answered:
        assert given_[question.key] == answer.key
