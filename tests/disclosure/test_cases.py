"""Reading cases: filters, the record, its track and its counterpart."""

from __future__ import annotations

from datetime import date

import pytest

from portal.disclosure.cases import CASES, StepState, read_case, track_of
from portal.disclosure.lists import Wanted
from portal.reference.case_numbers import parse

DONE, NOW, SKIPPED, AHEAD = StepState


@pytest.fixture
def three(rows):
    """Three cases that differ in court, stage and year."""
    return [
        rows.case("（2016）辽0803执1号", filed_on=date(2016, 12, 31), stage="结案"),
        rows.case("（2018）辽0803执2号", filed_on=date(2018, 1, 1), stage="立案"),
        rows.case("（2018）辽0881执3号", filed_on=date(2018, 12, 31), stage="结案"),
    ]


@pytest.mark.parametrize(
    ("wanted", "serials"),
    [
        (Wanted(), [3, 2, 1]),
        (Wanted(order="oldest"), [1, 2, 3]),
        (Wanted({"court": "辽0803"}), [2, 1]),
        (Wanted({"stage": "结案"}), [3, 1]),
        (Wanted(since=date(2018, 1, 1)), [3, 2]),
        (Wanted(until=date(2018, 1, 1)), [2, 1]),
        (Wanted(since=date(2017, 1, 1), until=date(2017, 12, 31)), []),
        (Wanted({"court": "辽0803", "stage": "结案"}, until=date(2016, 12, 31)), [1]),
    ],
)
def test_filters_narrow_the_list(disclosure, three, wanted, serials):
    found = CASES.browse(disclosure, wanted)
    assert [parse(case.case_number).serial for case in found.items] == serials
    assert found.total == len(serials)


def test_a_record_comes_with_everything_that_hangs_on_the_case(disclosure, rows):
    case = rows.case("（2018）辽0803执123号")
    rows.event(case, "立案")
    rows.debtor(case)
    rows.restriction(case)
    rows.termination(case)
    rows.auction(case)
    disclosure.expire_all()
    found = read_case(disclosure, parse("2018辽0803执123")).case
    counts = [len(found.events), len(found.debtors), len(found.restrictions), len(found.auctions)]
    assert counts == [1, 1, 1, 1]
    assert found.termination is not None


def test_an_unknown_number_is_none(disclosure):
    assert read_case(disclosure, parse("（2018）辽0803执9号")) is None


@pytest.mark.parametrize(
    ("stage", "nodes", "closed_on", "states"),
    [
        ("立案", [], None, [NOW, AHEAD, AHEAD, AHEAD, AHEAD, AHEAD]),
        ("控制财产", ["立案", "网络查控"], None, [DONE, DONE, NOW, AHEAD, AHEAD, AHEAD]),
        ("处置财产", ["拍卖"], None, [DONE, SKIPPED, SKIPPED, NOW, AHEAD, AHEAD]),
        (
            "结案",
            ["立案", "网络查控", "终本约谈", "结案"],
            date(2018, 6, 1),
            [DONE, DONE, SKIPPED, SKIPPED, SKIPPED, DONE],
        ),
        ("结案", ["书记员自己的写法"], None, [DONE, SKIPPED, SKIPPED, SKIPPED, SKIPPED, NOW]),
        ("", ["立案"], None, []),
    ],
)
def test_a_stage_counts_as_passed_only_where_a_node_of_it_is_recorded(
    disclosure, rows, stage, nodes, closed_on, states
):
    case = rows.case(stage=stage, closed_on=closed_on)
    for node in nodes:
        rows.event(case, node)
    disclosure.refresh(case)
    assert [step.state for step in track_of(case)] == states


@pytest.mark.parametrize(
    ("number", "steps"),
    [
        ("（2018）辽0803执1号", 6),
        ("（2018）辽0803执恢1号", 6),
        ("（2015）营执字第1号", 6),
        ("（2018）辽0803执异1号", 0),
        ("（2018）辽08执复1号", 0),
    ],
)
def test_a_review_does_not_take_the_road_of_enforcement(rows, number, steps):
    assert len(track_of(rows.case(number, stage="立案"))) == steps
