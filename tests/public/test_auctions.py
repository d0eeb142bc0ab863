"""Auctions: the list, one auction, and links only to verified platforms."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest


def test_list_filters_and_empty_state(checked, rows):
    assert "没有符合条件的拍卖" in checked.get("/auctions").text
    rows.auction(title="住宅一套", status="成交", final_price=Decimal("512000.00"))
    rows.auction(title="小型轿车一辆", property_kind="机动车")
    text = checked.get("/auctions?status=junk&kind=junk&court=junk&after=junk").text
    assert "共 2 次拍卖" in text and "512,000.00 元" in text and "350,000.00 元" in text
    assert "小型轿车一辆" in checked.get("/auctions?kind=机动车").text
    assert "小型轿车一辆" not in checked.get("/auctions?status=成交").text


def test_an_auction_without_a_beginning_is_listed(checked, rows):
    rows.auction(starts_at=None)
    assert "开始时间未定" in checked.get("/auctions").text


def test_a_page_tells_prices_times_and_warnings(checked, rows):
    auction = rows.auction(
        appraisal=Decimal("500000"),
        deposit=Decimal("50000"),
        increment=Decimal("2000"),
        ends_at=datetime(2018, 6, 2, 2, 0, tzinfo=UTC),
        description="现空置。\n税费各自承担。",
    )
    text = checked.get(f"/auctions/{auction.id}").text
    for words in (
        "350,000.00 元",
        "500,000.00 元",
        "50,000.00 元",
        "2,000.00 元",
        "2018年6月1日 10:00",
        "2018年6月2日 10:00",
        "<p>现空置。</p><p>税费各自承担。</p>",
        "悔拍的，保证金不予退还",
    ):
        assert words in text


def test_a_verified_address_is_linked_and_says_that_it_leaves(checked, rows):
    auction = rows.auction(url="https://sf-item.taobao.com/sf_item/1.htm")
    text = checked.get(f"/auctions/{auction.id}").text
    assert 'href="https://sf-item.taobao.com/sf_item/1.htm" rel="noopener noreferrer"' in text
    assert "离开本站" in text
    assert "链接未通过核验" not in text


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://sf-item.taobao.com.example.com/1.htm",
        "https://sf-item.taobao.com@example.com/",
        "https://www.taobao.com/",
        "http://sf.taobao.com/",
        "javascript:alert(1)",
    ],
)
def test_any_other_address_is_never_a_link_nor_shown(checked, rows, url):
    text = checked.get(f"/auctions/{rows.auction(url=url).id}").text
    assert "链接未通过核验" in text
    assert 'class="outside"' not in text
    assert not url or url not in text


@pytest.mark.parametrize(("path", "status"), [("nobody", 404), ("gone", 410)])
def test_absent_auctions(checked, rows, path, status):
    rows.tombstone("/auctions/gone")
    assert checked.get(f"/auctions/{path}").status_code == status
