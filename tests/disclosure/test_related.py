"""Related cases: both ways, each once, by the closer relation, and only among public ones."""

from __future__ import annotations

from datetime import date

import pytest

from portal.disclosure.cases import read_case
from portal.disclosure.related import read_related
from portal.reference.case_numbers import parse

FIRST, RESUMED, OBJECTION = "（2016）辽0803执5号", "（2018）辽0803执恢6号", "（2017）辽0803执异2号"


@pytest.fixture
def dispute(rows):
    """A case, its objection and its resumption; none of them names another yet."""
    return {
        number: rows.case(number, filed_on=date(year, 5, 1))
        for number, year in ((FIRST, 2016), (OBJECTION, 2017), (RESUMED, 2018))
    }


def related(disclosure, case):
    disclosure.expire_all()
    return [(other.number, other.label) for other in read_related(disclosure, case)]


@pytest.mark.parametrize(
    ("by", "of", "relation", "there", "back"),
    [
        (RESUMED, FIRST, "原执行案件", "原执行案件", "恢复执行案件"),
        (FIRST, RESUMED, "恢复执行案件", "恢复执行案件", "原执行案件"),
        (FIRST, OBJECTION, "关联案件", "执行异议案件", "首次执行案件"),
        (OBJECTION, RESUMED, "关联案件", "恢复执行案件", "执行异议案件"),
    ],
)
def test_naming_it_in_one_of_the_two_links_both(
    disclosure, rows, dispute, by, of, relation, there, back
):
    rows.link(dispute[by], of, relation)
    assert related(disclosure, dispute[by]) == [(of, there)]
    assert related(disclosure, dispute[of]) == [(by, back)]


def test_a_case_that_is_named_twice_stands_once_by_the_closer_relation(disclosure, rows, dispute):
    rows.link(dispute[RESUMED], FIRST, "关联案件")
    rows.link(dispute[FIRST], RESUMED, "恢复执行案件")
    assert related(disclosure, dispute[RESUMED]) == [(FIRST, "原执行案件")]
    assert related(disclosure, dispute[FIRST]) == [(RESUMED, "恢复执行案件")]


def test_they_stand_in_the_order_of_filing(disclosure, rows, dispute):
    rows.link(dispute[FIRST], RESUMED, "恢复执行案件")
    rows.link(dispute[FIRST], OBJECTION)
    assert [number for number, _ in related(disclosure, dispute[FIRST])] == [OBJECTION, RESUMED]


def test_a_case_that_is_not_public_is_not_named(disclosure, rows, dispute):
    rows.link(dispute[FIRST], "（2019）辽0803执恢7号", "恢复执行案件")
    assert related(disclosure, dispute[FIRST]) == []


def test_a_case_closed_to_the_public_is_linked_from_neither_side(disclosure, rows, dispute):
    rows.link(dispute[FIRST], OBJECTION)
    rows.link(dispute[OBJECTION], RESUMED)
    dispute[OBJECTION].level = "不公开"
    disclosure.commit()
    assert related(disclosure, dispute[FIRST]) == []
    assert related(disclosure, dispute[RESUMED]) == []
    assert related(disclosure, dispute[OBJECTION]) == []


def test_a_case_that_names_itself_is_not_its_own_relation(disclosure, rows, dispute):
    rows.link(dispute[FIRST], FIRST)
    assert related(disclosure, dispute[FIRST]) == []


def test_a_type_the_table_does_not_know_is_simply_related(disclosure, rows, dispute):
    rows.case("（2017）辽0803民初9号")
    rows.link(dispute[FIRST], "（2017）辽0803民初9号")
    assert related(disclosure, dispute[FIRST]) == [("（2017）辽0803民初9号", "关联案件")]


def test_an_ended_case_points_to_the_newest_case_in_which_it_goes_on(disclosure, rows, dispute):
    rows.link(dispute[FIRST], RESUMED, "恢复执行案件")
    rows.case("（2017）辽0803执恢1号", filed_on=date(2017, 1, 1))
    rows.link(dispute[FIRST], "（2017）辽0803执恢1号", "恢复执行案件")
    assert read_case(disclosure, parse(FIRST)).resumption is None
    dispute[FIRST].closed_on = date(2016, 12, 1)
    disclosure.commit()
    assert read_case(disclosure, parse(FIRST)).resumption.number == RESUMED
