"""A buyer finds a flat by filters and leaves by the notice page; a wrong link is taken down.

Nothing reaches a platform: the request is caught on its way out and answered here.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, Route, expect

from portal.staff.models import Role

pytestmark = pytest.mark.e2e

PLATFORM = re.compile(r"^https://")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_flat_is_found_by_filters_and_the_platform_named_before_leaving(
    visit: Callable[..., Page], public: str, scripts: bool
) -> None:
    page = visit(java_script_enabled=scripts)
    sent: list[Request] = []

    def catch(route: Route) -> None:
        sent.append(route.request)
        route.fulfill(
            content_type="text/html; charset=utf-8", body="<!doctype html><title>平台</title>"
        )

    page.context.route(PLATFORM, catch)
    page.goto(f"{public}/auctions")
    for label, choice in (
        ("执行法院", "西市区法院"),
        ("财产所在区域", "西市区"),
        ("财产类型", "住宅用房"),
        ("拍卖状态", "预告"),
        ("拍卖轮次", "一拍"),
    ):
        page.get_by_label(label).select_option(label=choice)
    page.get_by_label("起拍价从").fill("300,000")
    page.get_by_label("起拍价到").fill("35万")
    page.get_by_role("button", name="筛选").click()
    results = page.locator("#results")
    expect(results).to_contain_text("“起拍价到”没有看懂")
    page.get_by_label("起拍价到").fill("350000")
    page.get_by_role("button", name="筛选").click()
    expect(results).not_to_contain_text("没有看懂")
    expect(page).to_have_url(re.compile("price_to=350000"))
    results.get_by_role("link", name=re.compile("标的A1")).click()

    expect(page.locator("main")).to_contain_text("350,000.00 元")
    page.get_by_role("link", name="到平台查看这次拍卖").click()
    expect(page.get_by_role("heading", level=1, name="您将离开本站")).to_be_visible()
    expect(page.locator("main")).to_contain_text("sf-item.taobao.com")
    assert sent == []
    page.get_by_role("link", name=re.compile("前往 淘宝网司法拍卖")).click()
    expect(page).to_have_title("平台")
    assert [request.url for request in sent] == ["https://sf-item.taobao.com/sf_item/1.htm"]
    assert "referer" not in sent[0].all_headers()


def test_an_officer_takes_a_wrong_link_down_and_corrects_it(
    visit: Callable[..., Page], sign_in: Callable[..., Page], public: str, office: str, court
) -> None:
    (address,) = court.addresses("/auctions/", "SELECT id FROM public_auction WHERE lot = 'C3'")
    buyer, officer = visit(), sign_in(Role.REVIEWER)
    officer.goto(f"{office}/auctions?shown=all&court=辽0803")
    officer.get_by_role("row").filter(has_text="标的 C3").get_by_role("link").click()

    def settle(finding: str, reason: str, new_url: str = "") -> None:
        officer.get_by_label(re.compile(finding)).check()
        officer.get_by_role("textbox", name="新网址").fill(new_url)
        officer.get_by_label("核实的情况和理由").fill(reason)
        officer.get_by_role("button", name="登记").click()

    settle("链接失效", "点击后显示页面不存在")
    expect(officer.get_by_role("status").first).to_contain_text("不再给出这条链接")
    buyer.goto(public + address)
    expect(buyer.locator("main")).to_contain_text("链接核实中")
    expect(buyer.get_by_role("link", name="到平台查看这次拍卖")).to_have_count(0)
    answer = buyer.goto(f"{public}{address}/leave")
    assert answer is not None and answer.status == 404

    settle("网址已经更改", "平台来函", "https://evil.example/3")
    expect(officer.locator(".error-summary")).to_contain_text("没有通过核验")
    settle("网址已经更改", "平台来函", "https://paimai.jd.com/3")
    expect(officer.get_by_role("status").first).to_contain_text("更正后的网址")
    buyer.goto(public + address)
    expect(buyer.locator("main")).to_contain_text("链接已更正")
    buyer.get_by_role("link", name="到平台查看这次拍卖").click()
    expect(buyer.locator("main")).to_contain_text("paimai.jd.com")
    assert "sf_item/3" not in buyer.content() and "来函" not in buyer.content()
