"""Auctions: the list, one auction, and links only to verified platforms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from icalendar import Calendar


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
    assert "taobao" not in text
    assert f'href="/auctions/{auction.id}/leave"' in text
    assert "链接未通过核验" not in text
    text = checked.get(f"/auctions/{auction.id}/leave").text
    assert 'href="https://sf-item.taobao.com/sf_item/1.htm" rel="noopener noreferrer"' in text
    assert "淘宝网司法拍卖" in text and "<strong>sf-item.taobao.com</strong>" in text


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
    auction = rows.auction(url=url)
    assert checked.get(f"/auctions/{auction.id}/leave").status_code == 404
    text = checked.get(f"/auctions/{auction.id}").text
    assert "链接未通过核验" in text
    assert 'class="outside"' not in text
    assert not url or url not in text


@pytest.mark.parametrize(("path", "status"), [("nobody", 404), ("gone", 410)])
def test_absent_auctions(checked, rows, path, status):
    rows.tombstone("/auctions/gone")
    assert checked.get(f"/auctions/{path}").status_code == status
    assert checked.get(f"/auctions/{path}/leave").status_code == status


def test_the_rounds_of_one_thing_stand_together_with_their_shares(checked, rows):
    case = rows.case()
    first = rows.auction(
        case,
        title="住宅一套",
        status="流拍",
        starting_price=Decimal("350000"),
        appraisal=Decimal("500000"),
        deposit=Decimal("35000"),
    )
    second = rows.auction(case, title="住宅一套", round="二拍", starting_price=Decimal("280000"))
    rows.auction(case, title="车位一个")
    text = checked.get(f"/auctions/{first.id}").text
    assert "（评估价的 70.0%）" in text and "（起拍价的 10.0%）" in text
    assert f'<a href="/auctions/{second.id}">二拍</a>' in text and "一拍（本次）" in text
    assert "车位" not in text


def test_filters_by_round_and_by_the_end(checked, rows):
    now = datetime.now(UTC)
    rows.auction(title="快结束的", ends_at=now + timedelta(hours=20))
    rows.auction(title="下周结束的", round="二拍", ends_at=now + timedelta(days=6))
    rows.auction(title="已经结束的", ends_at=now - timedelta(hours=1))
    soon = checked.get("/auctions?ending=1").text
    assert "快结束的" in soon and "下周" not in soon and "已经结束" not in soon
    week = checked.get("/auctions?ending=7&round=二拍").text
    assert "下周结束的" in week and "快结束的" not in week
    assert "共 3 次拍卖" in checked.get("/auctions?ending=9&round=junk").text


def test_a_calendar_holds_what_can_still_be_joined_of_a_narrowed_list(checked, rows):
    open_ = rows.auction(
        title="商铺,一间;临街",
        starts_at=datetime(2018, 6, 1, 2, 0, tzinfo=UTC),
        ends_at=datetime(2018, 6, 2, 2, 0, tzinfo=UTC),
    )
    rows.auction(title="已成交", status="成交")
    rows.auction(title="没有日子", starts_at=None)
    rows.auction(title="另一轮", round="变卖")
    answer = checked.get("/feeds/auctions.ics?round=一拍")
    assert answer.content_type == "text/calendar; charset=utf-8"
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert str(event["summary"]) == "一拍 商铺,一间;临街"
    assert event["dtstart"].dt == datetime(2018, 6, 1, 2, 0, tzinfo=UTC)
    assert str(event["url"]).endswith(f"/auctions/{open_.id}")
    assert checked.get("/feeds/auctions.ics?round=一拍").data == answer.data
    assert 'href="/feeds/auctions.ics?round=' in checked.get("/auctions?round=一拍").text


def test_filters_by_the_district_the_property_lies_in(checked, rows):
    rows.auction(title="老边区的房屋", district="老边区")
    rows.auction(title="一辆汽车", district="未写明或者在外地")
    text = checked.get("/auctions?district=老边区").text
    assert "老边区的房屋" in text and "一辆汽车" not in text
    assert "一辆汽车" in checked.get("/auctions?district=未写明或者在外地").text
    junk = checked.get("/auctions?district=北京市").text
    assert "“财产所在区域”没有您要的选项" in junk and "一辆汽车" in junk
    both = checked.get("/feeds/auctions.ics?district=老边区").text
    assert "一辆汽车" not in both


def test_a_link_the_court_looks_into_leads_nowhere(checked, rows):
    auction = rows.auction(link_state="链接核实中")
    text = checked.get(f"/auctions/{auction.id}").text
    assert "链接核实中" in text and "taobao" not in text and "/leave" not in text
    assert "链接未通过核验" not in text
    assert checked.get(f"/auctions/{auction.id}/leave").status_code == 404


def test_a_corrected_link_says_so_and_leads_to_the_new_address(checked, rows):
    auction = rows.auction(url="https://paimai.jd.com/27", link_state="链接已更正")
    text = checked.get(f"/auctions/{auction.id}").text
    assert "链接已更正" in text and f"/auctions/{auction.id}/leave" in text
    text = checked.get(f"/auctions/{auction.id}/leave").text
    assert 'href="https://paimai.jd.com/27"' in text and "京东网司法拍卖" in text
