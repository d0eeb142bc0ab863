"""统计公开: what is divided by what, what is hidden, and where every figure comes from."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest

from portal.disclosure.statistics import PublicFigure, PublicStatistics
from portal.reference.indicators import INDICATORS

CUT_OFF = date(2018, 10, 31)


@pytest.fixture
def figures(disclosure):
    """Put figures into the public store: {(indicator, court, period): (over, under)}."""

    def put(numbers):
        disclosure.add(
            PublicStatistics(
                id=1,
                version=3,
                cut_off=CUT_OFF,
                read_at=datetime(2018, 11, 1, tzinfo=UTC),
                cases=700,
            )
        )
        disclosure.add_all(
            PublicFigure(
                indicator=code,
                court_code=court,
                period=period,
                numerator=numerator,
                denominator=denominator,
            )
            for (code, court, period), (numerator, denominator) in numbers.items()
        )
        disclosure.commit()

    return put


YEAR = {
    ("online", "", "2018"): (61, 63),
    ("coverage", "", "2018"): (6, 7),
    ("performed", "", "2018"): (70, 230),
    ("performed", "", "2017"): (39, 208),
    ("performed", "辽0803", "2018"): (12, 40),
    ("performed", "辽0882", "2018"): (None, None),
    ("performed", "", "2018-01"): (6, 18),
    ("performed", "", "2018-02"): (None, None),
    ("recovered", "", "2018"): (12345600, 100000000),
    ("duration", "", "2018"): (40209, 230),
    ("fines", "", "2018"): (8, 0),
}


def test_before_anything_was_counted_the_pages_say_so(checked):
    for path in ("/statistics", "/statistics/online", "/statistics?year=2018&court=辽0803"):
        assert "还没有公布统计数字" in checked.get(path).text
    assert len(checked.get("/statistics.csv").text.splitlines()) == 1


def test_the_newest_year_of_the_city_with_its_targets_and_provenance(checked, figures):
    figures(YEAR)
    text = checked.get("/statistics").text
    assert "全市法院 2018 年的执行指标" in text
    assert "<strong>96.8%</strong>" in text and "≥ 80%" in text and "达到" in text
    assert "其中在最高人民法院公布的平台上进行的拍卖：61 次" in text
    assert "本期结案案件的申请执行标的：1,000,000.00 元" in text
    assert "<strong>174.8 天</strong>" in text and "8 人次" in text
    assert "2018年10月31日" in text and "第 3 版" in text and "登记库" in text
    # what was not counted is not a zero
    assert "<strong>不显示</strong>" in text
    assert "终本合格率" in text


def test_a_court_has_no_figure_that_counts_courts(checked, figures):
    figures(YEAR)
    text = checked.get("/statistics?court=辽0803").text
    assert "西市区法院 2018 年的执行指标" in text
    assert "<strong>30.0%</strong>" in text and "网拍覆盖率" not in text
    assert "court" not in {
        facet for facet in ("court",) if f'id="{facet}"' in checked.get("/statistics/coverage").text
    }


def test_an_indicator_by_month_year_and_court_drawn_and_in_tables(checked, figures):
    figures(YEAR)
    text = checked.get("/statistics/performed?year=2018").text
    assert text.count("<svg") == 3 + text.count('class="emblem"')
    assert "1月" in text and "33.3%" in text and "18 件" in text
    assert "西市区法院" in text and "大石桥市法院" in text
    assert "2017年" in text and "18.8%" in text
    assert "实际执行率＝（强制执行＋自动履行＋和解）÷执结" in text
    assert "最高 33.3%（1月）" in text


def test_a_hidden_figure_is_nowhere_a_number(checked, figures):
    figures({("performed", "辽0882", "2018"): (None, None)})
    text = checked.get("/statistics/performed?court=辽0882").text
    assert "不显示" in text and "0.0%" not in text and "0 件" not in text


@pytest.mark.parametrize(
    "query", ["court=辽99", "year=1999", "year=x&court=<b>", "junk=1", "court=&year="]
)
def test_junk_in_the_address_is_left_out_of_account(checked, figures, query):
    figures(YEAR)
    answer = checked.get(f"/statistics?{query}")
    assert answer.status_code == 200 and "全市法院 2018 年" in answer.text
    assert "<b>" not in answer.text
    assert ("没有采用" in answer.text) == (query != "court=&year=")


@pytest.mark.parametrize("path", ["/statistics/nothing", "/statistics/nothing.csv"])
def test_there_is_no_other_indicator(checked, path):
    assert checked.get(path).status_code == 404


def test_all_figures_are_taken_away_as_they_are_shown(checked, figures):
    figures(YEAR)
    answer = checked.get("/statistics.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) == len(YEAR)
    by_name = {(row["指标"], row["法院"], row["期间"]): row for row in rows}
    money = by_name["执行标的到位率", "全市法院", "2018"]
    assert (money["分子"], money["分母"], money["数值"], money["单位"]) == (
        "123456.00",
        "1000000.00",
        "12.3",
        "%",
    )
    hidden = by_name["实际执行率", "大石桥市法院", "2018"]
    assert {hidden["分子"], hidden["分母"], hidden["数值"]} == {"不显示"}
    assert by_name["罚款", "全市法院", "2018"]["分母"] == ""
    assert {row["数据截止日"] for row in rows} == {"2018-10-31"}
    one = checked.get("/statistics/performed.csv").text
    assert len(one.splitlines()) == 1 + sum(code == "performed" for code, *_ in YEAR)


def test_a_full_page_stays_small(checked, figures):
    months = [f"2018-{month:02}" for month in range(1, 13)]
    courts = ("", "辽08", "辽0802", "辽0803", "辽0804", "辽0811", "辽0881", "辽0882")
    figures(
        {
            (one.code, court, period): (10**12, 10**13)
            for one in INDICATORS
            for court in courts
            for period in (*months, "2018", "2017", "2016")
        }
    )
    for path in ("/statistics", *(f"/statistics/{one.code}" for one in INDICATORS)):
        assert len(checked.get(path).data) < 60 * 1024, path
