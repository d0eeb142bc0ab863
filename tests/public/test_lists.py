"""What every list page has in common: chips, orders, and saying what was left out of account."""

from __future__ import annotations

from decimal import Decimal

import pytest

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}
LISTS = ("cases", "debtors", "restrictions", "terminations", "auctions")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("court=x", "没有您要的选项"),
        ("date_from=2018-02-30", "没有看懂"),
        ("date_to=0001-01-01", "没有看懂"),
        ("date_from=2018-02-02&date_to=2018-02-01", "起点大于终点"),
        ("sort=x", "没有您要的排序方式"),
        ("after=x", "页码没有采用"),
        ("before=%00", "页码没有采用"),
        ("court=辽0803&court=辽0804", "只采用了第一个"),
        ("colour=blue", "不认识的条件"),
    ],
)
def test_junk_is_never_an_error_and_never_passed_over_in_silence(checked, name, query, sentence):
    response = checked.get(f"/{name}?{query}")
    assert response.status_code == 200
    assert sentence in response.text
    results = checked.get(f"/{name}?{query}", headers=FRAGMENT).text
    assert sentence in results and "blue" not in results
    assert sentence not in checked.get(f"/{name}").text


def test_every_filter_is_a_chip_that_leads_to_the_list_without_it(checked, rows):
    rows.auction()
    text = checked.get("/auctions?court=辽0803&price_to=400,000&date_from=2018-01-01").text
    for chip in ("执行法院：西市区法院", "起拍价到：400,000.00 元", "开始日期从：2018年1月1日"):
        assert chip in text
    assert text.count("取消条件") == 3
    assert 'href="/auctions?court=%E8%BE%BD0803&amp;price_to=400000"' in text


def test_the_order_is_kept_from_page_to_page(checked, rows):
    case = rows.case()
    for price in range(1, 25):
        rows.auction(case, title=f"标的{price:02d}号", starting_price=Decimal(price))
    first = checked.get("/auctions?sort=dearest").text
    assert first.index("标的24号") < first.index("标的23号")
    link = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "sort=dearest" in link
    following = checked.get(link).text
    assert "标的04号" in following and "标的05号" not in following
