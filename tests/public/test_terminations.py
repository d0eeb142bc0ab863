"""The 终本 list and the page of one entry."""

from __future__ import annotations

from datetime import date

import pytest

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


@pytest.mark.parametrize(("path", "status"), [("nobody", 404), ("gone", 410)])
def test_absent_entries(checked, rows, path, status):
    rows.tombstone("/terminations/gone")
    assert checked.get(f"/terminations/{path}").status_code == status
