"""What reviewers' marks tell of the recognisers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portal.publication.corrections import Habit, MissedKind, RecogniserScore, read_corrections
from portal.publication.gate import Gate
from portal.publication.marks import add_mark, remove_mark
from portal.registry.models import RegistryCase, Review, ReviewState
from redaction import Kind, Mark, MarkAct, Mask

NUMBERS = [f"（2018）辽0803执{serial}号" for serial in (123, 124, 125)]
TEXT = "到盖州市辰州路88号的诉讼服务站提交材料，掌柜称暂无履行能力。"


@pytest.fixture
def held(gate: Gate, bring_in: Callable[..., None], case: Callable[..., Any]) -> None:
    for number in NUMBERS:
        record = case(case_number=number, disclosure=None)
        record["events"][1]["text"] = TEXT
        bring_in(record)
        gate.publish_case(number, "clerk")


def waiting(gate: Gate, number: str) -> Review:
    query = (
        select(Review)
        .join(RegistryCase, RegistryCase.id == Review.case_id)
        .where(RegistryCase.case_number == number, Review.state == ReviewState.WAITING)
    )
    with gate.stores.registry() as session:
        return session.scalars(query).one()


def mark(gate: Gate, number: str, act: MarkAct, text: str, **fields: Any) -> None:
    item = waiting(gate, number)
    made = Mark(act, text, **fields)
    add_mark(gate, item.id, made, "reviewer", seen=item.edition, reason="识别有误")


@pytest.mark.usefixtures("held")
def test_what_was_kept_missed_and_changed_is_counted_by_recogniser(gate: Gate) -> None:
    for number in NUMBERS[:2]:
        mark(gate, number, MarkAct.KEEP, "辰州路88号", path="events[1].text")
    mark(gate, NUMBERS[0], MarkAct.HIDE, "掌柜", kind=Kind.PERSON, mask=Mask.PSEUDONYM)
    mark(gate, NUMBERS[1], MarkAct.LINK, "甘蓝芷", same_as="秦椒榕")
    found = read_corrections(gate.stores.registry)
    assert found.cases == 2, "the third case nobody has read"
    address, *_ = found.recognisers
    assert (address.recogniser, address.kind, address.over) == ("address", "address", 2)
    assert address.findings >= 2 and 0 < address.over_rate <= 1
    names = {score.recogniser: score for score in found.recognisers if score.kind == "person"}
    assert names["known_name"].over == 0 and names["known_name"].changed >= 1
    (missed,) = found.missed
    assert (missed.kind, missed.under) == ("person", 1) and 0 < missed.under_rate < 1
    assert found.habits[0] == Habit("keep", "events.text", "address", 2, 2)
    assert found.kept_words == (("辰州路88号", 2),)


@pytest.mark.usefixtures("held")
def test_what_was_taken_back_or_not_granted_does_not_count(gate: Gate) -> None:
    mark(gate, NUMBERS[0], MarkAct.HIDE, "掌柜")
    item = waiting(gate, NUMBERS[0])
    remove_mark(gate, item.id, 1, "reviewer", seen=item.edition, reason="看错了")
    mark(gate, NUMBERS[0], MarkAct.KEEP, "秦椒榕")
    found = read_corrections(gate.stores.registry)
    assert found.missed == () and found.kept_words == ()
    assert all(score.over == 0 for score in found.recognisers)


def test_shares_are_of_what_there_was() -> None:
    assert RecogniserScore("name", "person", 8, 2, 0).over_rate == 0.25
    assert RecogniserScore("name", "person", 0, 0, 0).over_rate == 0
    assert MissedKind("person", 1, 3).under_rate == 0.25
    assert MissedKind("person", 0, 0).under_rate == 0
