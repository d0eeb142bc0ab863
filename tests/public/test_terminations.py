"""The 终本 list and the page of one entry."""

from __future__ import annotations

import re
from datetime import date

import pytest

from portal.disclosure.terminations import next_search
from portal.reference.vocabulary import TERMINATION_CHECKS


def test_list_filters_and_empty_state(checked, rows):
    assert "没有符合条件的终本案件" in checked.get("/terminations").text
    rows.termination(debtors="钱某", closed_on=date(2017, 6, 1))
    rows.termination(debtors="孙某", closed_on=date(2018, 6, 1))
    assert "共 2 件终本案件" in checked.get("/terminations?date_from=1&court=x&after=y").text
    text = checked.get("/terminations?date_to=2017-12-31").text
    assert "钱某" in text and "孙某" not in text
    assert "98,000.50 元" in text


def test_a_page_tells_conditions_searches_and_the_way_back(checked, rows):
    entry = rows.termination(
        checks={"notice": True, "restrictions": False},
        requeries=[{"on": "2018-12-20", "result": "未发现可供执行的财产"}],
    )
    text = checked.get(f"/terminations/{entry.id}").text
    for words in (
        *TERMINATION_CHECKS.values(),
        "2018-12-20",
        "未发现可供执行的财产",
        "2023年6月20日",
        "怎样申请恢复执行",
        "没有时间限制",
        "98,000.50 元",
        "钱某",
    ):
        assert words in text
    states = [text.count(f"{word}</span>") for word in ("已核查", "未具备", "未录入")]
    assert states == [1, 1, 3]


def test_a_page_without_searches_yet(checked, rows):
    entry = rows.termination(requeries=[])
    assert "尚未录入查询记录" in checked.get(f"/terminations/{entry.id}").text


@pytest.mark.parametrize(
    ("made", "following"),
    [
        ([], date(2018, 12, 20)),
        ([date(2018, 12, 14)], date(2019, 6, 14)),
        # in whatever order they were sent
        ([date(2019, 6, 20), date(2018, 12, 20)], date(2019, 12, 20)),
        ([date(2022, 12, 20)], date(2023, 6, 20)),
        # the five years are over
        ([date(2022, 12, 21)], None),
        ([date(2030, 1, 1)], None),
    ],
)
def test_the_next_search_is_six_months_after_the_last(made, following):
    assert next_search(date(2018, 6, 20), made) == following


def test_a_page_tells_when_the_next_search_is_due(checked, rows):
    entry = rows.termination()
    assert "下一次最迟" in checked.get(f"/terminations/{entry.id}").text
    assert "2019年6月20日" in checked.get(f"/terminations/{entry.id}").text
    done = rows.termination(requeries=[{"on": "2023-06-01", "result": ""}])
    assert "五年内的定期查询已经结束" in checked.get(f"/terminations/{done.id}").text


def test_the_trail_is_in_order_and_ends_with_the_search_that_is_owed(checked, rows):
    searches = [{"on": day, "result": "未发现"} for day in ("2019-06-20", "2018-12-20")]
    text = checked.get(f"/terminations/{rows.termination(requeries=searches).id}").text
    trail = text.partition("终本后的查询记录</caption>")[2].partition("</table>")[0]
    assert re.findall(r"第 \d 次|20\d\d-\d\d-\d\d|最迟|尚未录入", trail) == [
        *("第 1 次", "2018-12-20", "第 2 次", "2019-06-20"),
        *("第 3 次", "最迟", "2019-12-20", "尚未录入"),
    ]


def test_a_case_that_was_resumed_leads_to_where_it_goes_on(checked, rows):
    case = rows.case("（2018）辽0803执123号", closing_method="终结本次执行程序")
    entry = rows.termination(case)
    assert "本案已经恢复执行" not in checked.get(f"/terminations/{entry.id}").text
    resumed = rows.case("（2019）辽0803执恢5号")
    rows.link(case, resumed.case_number, "恢复执行案件")
    text = checked.get(f"/terminations/{entry.id}").text
    assert "本案已经恢复执行" in text and resumed.case_number in text


def test_the_application_is_filled_in_and_printed_and_goes_nowhere(checked, rows):
    entry = rows.termination(rows.case("（2018）辽0803执123号"))
    address = f"/terminations/{entry.id}/application"
    assert address in checked.get(f"/terminations/{entry.id}").text
    response = checked.get(address)
    page = response.text.split("<main", 1)[1].split("</main>")[0]
    for words in ("（2018）辽0803执123号", "98,000.50 元", "2018年6月20日", "财产线索"):
        assert words in page
    assert page.count("<input") >= 5 and page.count("<textarea") == 2
    # No form, no button, no name: there is nothing a browser could send.
    for tag in ("<form", "<button", " name=", "hx-"):
        assert tag not in page
    assert "钱某" not in page
    assert checked.post(address).status_code == 405


@pytest.mark.parametrize(("path", "status"), [("nobody", 404), ("gone", 410)])
@pytest.mark.parametrize("page", ["", "/application"])
def test_absent_entries(checked, rows, path, status, page):
    rows.tombstone("/terminations/gone")
    assert checked.get(f"/terminations/{path}{page}").status_code == status
