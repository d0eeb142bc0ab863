"""The reviewer: releases with a reason, masks more, and can never approve a leak away."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.publication.errors import (
    LeakNotApprovable,
    ReasonMissing,
    ReviewChanged,
    ReviewDecided,
    ReviewUnknown,
    SecondReaderNeeded,
)
from portal.publication.marks import add_mark
from portal.publication.outcomes import Outcome
from portal.publication.preview import preview_case
from portal.publication.review import approve
from portal.registry.models import Review, ReviewState, Route
from redaction import Mark, MarkAct

NUMBER = "（2018）辽0803执123号"
UNSURE = "走访村委会，村主任文俊介绍其在外打工。"


@pytest.fixture
def held(gate, bring_in, case):
    """Id of the review of a case that nobody gave a level."""
    bring_in(case(disclosure=None))
    gate.publish_case(NUMBER, "clerk")
    with gate.stores.registry() as session:
        return session.scalars(select(Review.id).filter_by(state=ReviewState.WAITING)).one()


def test_approval_releases_the_draft_and_keeps_the_reason(gate, held, public_row):
    assert approve(gate, held, "reviewer", "承办人确认公开", seen=1) is Outcome.RELEASED
    assert public_row().version == 1
    with gate.stores.registry() as session:
        review = session.get(Review, held)
        assert (review.state, review.decided_by) == (ReviewState.APPROVED, "reviewer")
        assert review.decision_reason == "承办人确认公开"


def test_an_approved_case_is_not_queued_again(gate, held):
    approve(gate, held, "reviewer", "确认", seen=1)
    assert gate.publish_case(NUMBER, "clerk") is Outcome.RELEASED


def test_approval_needs_a_reason(gate, held, public_row):
    with pytest.raises(ReasonMissing):
        approve(gate, held, "reviewer", "  ", seen=1)
    assert public_row() is None


def test_the_second_approval_comes_too_late(gate, held):
    approve(gate, held, "reviewer", "确认", seen=1)
    with pytest.raises(ReviewDecided):
        approve(gate, held, "colleague", "确认", seen=1)


def test_a_newer_record_makes_the_old_review_stale(gate, held, bring_in, case, public_row):
    bring_in(case(disclosure=None, cause="买卖合同纠纷"))
    with pytest.raises(ReviewDecided):
        approve(gate, held, "reviewer", "确认", seen=1)
    assert public_row() is None


def test_an_unknown_review_is_refused(gate):
    with pytest.raises(ReviewUnknown):
        approve(gate, 4711, "reviewer", "确认", seen=1)


def test_a_failed_leak_check_cannot_be_approved(gate, bring_in, case, public_row):
    # A lot number is kept as it is, so no recogniser reads it; the party's phone standing
    # there is seen by the check of the gate's own output alone.
    record = case(auctions=[{"lot": "18940710002", "title": "房屋", "status": "预告"}])
    bring_in(record)
    assert gate.publish_case(NUMBER, "clerk") is Outcome.HELD
    with gate.stores.registry() as session:
        review = session.scalars(select(Review)).one()
    assert review.leak
    with pytest.raises(LeakNotApprovable):
        approve(gate, review.id, "reviewer", "没有问题", seen=1)
    assert public_row() is None


def test_a_hidden_term_is_masked_everywhere_in_the_case(gate, bring_in, case, public_row):
    record = case(disclosure=None)
    record["events"][1]["text"] = "被执行人在海蓝蓝小馆打工，据小馆老板称已离开。"
    bring_in(record)
    gate.publish_case(NUMBER, "clerk")
    with gate.stores.registry() as session:
        review = session.scalars(select(Review.id)).one()
    add_mark(gate, review, Mark(MarkAct.HIDE, "海蓝蓝小馆"), "reviewer", seen=1)
    approve(gate, review, "reviewer", "确认", seen=2)
    assert "海蓝蓝" not in public_row().events[1].text


def test_the_preview_shows_record_and_draft_and_writes_nothing(gate, held, public_row):
    preview = preview_case(gate, NUMBER).preview
    assert preview.record["parties"][1]["name"] == "秦椒榕"
    case_page, *entries = preview.sections
    shown = "".join(text for _, text in case_page[1])
    assert "秦椒榕" not in shown
    assert "秦某" in shown
    assert [path.split("/")[1] for path, _ in entries] == ["debtors", "restrictions"]
    assert [hold.path for hold in preview.holds] == ["disclosure"]
    assert public_row() is None


def test_holds_are_kept_without_a_private_value(gate, bring_in, case):
    record = case()
    record["parties"][1]["birth_date"] = "2001-06-01"
    bring_in(record)
    gate.publish_case(NUMBER, "clerk")
    with gate.stores.registry() as session:
        holds = session.scalars(select(Review)).one().holds
    assert holds
    assert "秦椒榕" not in str(holds)


@pytest.fixture
def forbidden(gate, bring_in, case):
    """Id of the review of a case whose text bears a mark of state secrets."""
    bring_in(case(events=[{"at": "2018-05-02", "node": "财产查控", "text": "密级：机密"}]))
    assert gate.publish_case(NUMBER, "clerk") is Outcome.HELD
    with gate.stores.registry() as session:
        return session.scalars(select(Review.id).filter_by(state=ReviewState.WAITING)).one()


def test_what_the_policy_forbids_takes_two_people(gate, forbidden, public_row):
    assert approve(gate, forbidden, "one", "已请示", seen=1, second_reader=True) is Outcome.HELD
    assert public_row() is None
    outcome = approve(gate, forbidden, "two", "同意公开", seen=2, second_reader=True)
    assert outcome is Outcome.RELEASED
    with gate.stores.registry() as session:
        review = session.get(Review, forbidden)
        read = (review.first_read_by, review.first_reason, review.decided_by)
    assert read == ("one", "已请示", "two")


@pytest.mark.parametrize(
    ("actor", "second_reader"),
    [
        ("one", True),  # the first reader, though a chief
        ("two", False),  # somebody else, but no chief
    ],
)
def test_the_second_reader_is_a_chief_and_somebody_else(
    gate, forbidden, public_row, actor, second_reader
):
    approve(gate, forbidden, "one", "已请示", seen=1)
    with pytest.raises(SecondReaderNeeded):
        approve(gate, forbidden, actor, "同意公开", seen=2, second_reader=second_reader)
    assert public_row() is None


def test_a_changed_draft_is_read_by_two_people_again(gate, forbidden, public_row):
    approve(gate, forbidden, "one", "已请示", seen=1)
    add_mark(gate, forbidden, Mark(MarkAct.HIDE, "机密"), "one", seen=2)
    outcome = approve(gate, forbidden, "two", "同意公开", seen=3, second_reader=True)
    assert outcome is Outcome.HELD
    assert public_row() is None


def test_what_somebody_else_did_meanwhile_is_told_and_nothing_is_released(
    gate, forbidden, public_row
):
    approve(gate, forbidden, "one", "已请示", seen=1)
    with pytest.raises(ReviewChanged) as overtaken:
        approve(gate, forbidden, "two", "同意公开", seen=1, second_reader=True)
    ((actor, _moment, act, reason),) = overtaken.value.acts
    assert (actor, act, reason) == ("one", "review.first_reading", "已请示")
    assert public_row() is None


def route(gate):
    with gate.stores.registry() as session:
        return session.scalars(select(Review.route).filter_by(state=ReviewState.WAITING)).one()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"disclosure": None}, Route.SINGLE),
        # An unsure name is masked: nobody has to read it before others.
        ({"events": [{"at": "2018-05-02", "node": "接谈", "text": UNSURE}]}, Route.AUTOMATIC),
        ({"events": [{"at": "2018-05-02", "node": "接谈", "text": "密级：机密"}]}, Route.FULL),
        ({"auctions": [{"lot": "18940710002", "title": "房屋", "status": "预告"}]}, Route.SINGLE),
    ],
)
def test_an_item_tells_how_many_people_it_takes(gate, bring_in, case, fields, expected):
    bring_in(case(**fields))
    assert gate.publish_case(NUMBER, "clerk") is Outcome.HELD
    assert route(gate) == expected
