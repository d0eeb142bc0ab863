"""What a reader is told to expect: by the newest known node, or by the way of closing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from portal.disclosure.outlook import outlook_of


@pytest.fixture
def outlook(rows, disclosure):
    """The outlook of a case with these nodes, one a day."""

    def read(*nodes, **values):
        case = rows.case(**values)
        for day, node in enumerate(nodes, 1):
            rows.event(case, node, at=datetime(2018, 3, day, 2, tzinfo=UTC))
        disclosure.refresh(case)
        return outlook_of(case)

    return read


def test_the_newest_known_node_says_what_comes_next(outlook):
    found = outlook("立案", "网络查控", "书记员的写法")
    assert found.latest.node == "网络查控"
    assert found.meaning.startswith("法院通过网络系统查询")
    assert found.next == "协助单位反馈查询结果。"


def test_the_newest_is_the_latest_in_time_however_they_were_sent(outlook, rows, disclosure):
    case = rows.case()
    rows.event(case, "拍卖", at=datetime(2018, 5, 1, tzinfo=UTC))
    rows.event(case, "立案", at=datetime(2018, 3, 1, tzinfo=UTC))
    disclosure.refresh(case)
    assert outlook_of(case).latest.node == "拍卖"


def test_only_a_case_with_property_is_told_the_six_months(outlook):
    told = [limit.due for limit in outlook("财产控制", property_status="有财产").limits]
    assert told == [date(2018, 9, 1)]
    assert outlook("财产控制", property_status="无财产").limits == ()


@pytest.mark.parametrize("nodes", [(), ("书记员的写法",)])
def test_a_case_without_a_known_node_promises_nothing(outlook, nodes):
    found = outlook(*nodes)
    assert (found.latest, found.meaning, found.next, found.limits) == (None, "", "", ())


def test_after_a_termination_of_procedure_the_searches_go_on(outlook):
    found = outlook("立案", closed_on=date(2018, 6, 20), closing_method="终结本次执行程序")
    assert "可以申请恢复执行" in found.next
    assert [limit.source for limit in found.limits] == ["法〔2016〕373号第九条"] * 2


def test_a_case_that_is_done_has_no_limits_left(outlook):
    found = outlook(
        "立案", closed_on=date(2018, 6, 20), closing_method="执行完毕", property_status="有财产"
    )
    assert found.next == "生效法律文书确定的义务已经全部履行，本案办结。"
    assert found.limits == ()


def test_a_closing_in_a_clerk_s_own_words_is_not_explained(outlook):
    assert outlook(closed_on=date(2018, 6, 20), closing_method="其他").next == ""


def test_an_objection_is_promised_nothing_of_enforcement(outlook):
    found = outlook("立案", case_number="（2018）辽0803执异5号", property_status="有财产")
    assert (found.latest.node, found.next, found.limits) == ("立案", "", ())
    closed = outlook(
        case_number="（2018）辽0803执异6号", closed_on=date(2018, 6, 1), closing_method="驳回申请"
    )
    assert closed.next == "法院驳回本案的申请；具体理由见裁定书。"
