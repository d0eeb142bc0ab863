"""An applicant looks up a case: by a number typed as people type it, with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e

NUMBER = "（2018）辽0803执4101号"
AS_TYPED = " 2018辽０８０３ 执字第4101 "
PRIVATE = ("甘蓝芷", "秦椒榕", "18940710002", "189 4071 0002", "210800197501056454", "13904170001")


def read_the_case(page: Page) -> None:
    """What the applicant wants to know stands on the page, and nothing private does."""
    expect(page.get_by_role("heading", level=1, name=NUMBER)).to_be_visible()
    expect(page.get_by_text("终结本次执行程序").first).to_be_visible()
    moments = page.locator(".timeline > li")
    expect(moments).to_have_count(2)
    expect(moments.nth(0)).to_contain_text("立案")
    expect(moments.nth(1)).to_contain_text("电话联系被执行人秦某")
    expect(page.get_by_role("heading", name="本页屏蔽了什么")).to_be_visible()
    content = page.locator("main").inner_text()
    assert not [value for value in PRIVATE if value in content]


def test_with_scripts_the_case_shows_while_typing(visit: Callable[..., Page], public: str) -> None:
    page = visit()
    page.goto(f"{public}/search")
    results, status = page.locator("#results"), page.locator("#result-status")
    page.get_by_role("searchbox").press_sequentially(AS_TYPED)

    expect(status).to_contain_text(f"找到案号{NUMBER}")
    expect(results.get_by_role("link", name=re.compile("4101号 民间借贷"))).to_be_visible()
    expect(page).to_have_url(re.compile(r"/search\?q=.*4101"))
    found = page.url

    results.get_by_role("link", name=re.compile("4101号 民间借贷")).click()
    read_the_case(page)
    case = page.url

    page.get_by_role("link", name=re.compile("失信被执行人名单 第 1 条")).click()
    expect(page.get_by_role("heading", level=1, name="秦椒榕")).to_be_visible()

    page.go_back()
    expect(page).to_have_url(case)
    expect(page.get_by_role("heading", level=1, name=NUMBER)).to_be_visible()
    page.go_back()
    expect(page).to_have_url(found)
    expect(page.get_by_role("searchbox")).to_have_value(AS_TYPED.strip())
    expect(status).to_contain_text(f"找到案号{NUMBER}")
    expect(page.get_by_role("heading", level=1, name="综合查询")).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", level=1, name=NUMBER)).to_be_visible()


def test_without_scripts_the_same_way_leads_to_the_case(
    visit: Callable[..., Page], public: str
) -> None:
    page = visit(java_script_enabled=False)
    page.goto(public)
    page.get_by_role("searchbox").fill(AS_TYPED)
    page.get_by_role("button", name="查询", exact=True).click()

    expect(page.locator("#result-status")).to_contain_text(f"找到案号{NUMBER}")
    page.get_by_role("link", name=re.compile("4101号 民间借贷")).click()
    read_the_case(page)

    page.get_by_role("link", name=re.compile("失信被执行人名单 第 1 条")).click()
    expect(page.get_by_role("heading", level=1, name="秦椒榕")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.locator("#result-status")).to_contain_text(f"找到案号{NUMBER}")


def test_a_number_that_is_not_public_is_answered_with_help(
    visit: Callable[..., Page], public: str
) -> None:
    page = visit()
    page.goto(public)
    page.get_by_role("searchbox").fill("（2018）辽0803执999999号")
    page.keyboard.press("Enter")
    expect(page.locator("#result-status")).to_contain_text("没有找到")
    expect(page.locator("main")).to_contain_text("案号")


def test_an_applicant_follows_a_case(visit: Callable[..., Page], public: str) -> None:
    page = visit()
    page.goto(public)
    page.get_by_role("searchbox").fill(AS_TYPED)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("4101号 民间借贷")).click()
    read_the_case(page)

    outlook = page.get_by_role("region", name="现在到哪一步，接下来怎么样")
    expect(outlook).to_contain_text("可以申请恢复执行")
    expect(outlook).to_contain_text("依据：法〔2016〕373号第九条")
    expect(outlook).to_contain_text("公开电话 12368")

    subscribe = page.get_by_role("link", name="订阅本案更新")
    feed = page.request.get(public + str(subscribe.get_attribute("href")))
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert "第 1 版：首次公开" in feed.text()
    assert not [value for value in PRIVATE if value in feed.text()]
    again = page.request.get(feed.url, headers={"If-None-Match": feed.headers["etag"]})
    assert again.status == 304

    page.emulate_media(media="print")
    expect(page.get_by_role("img", name="二维码")).to_be_visible()
    expect(page.get_by_role("heading", name="办理经过")).to_be_visible()
    expect(page.get_by_role("navigation", name="主导航")).to_be_hidden()
    expect(subscribe).to_be_hidden()
    page.emulate_media(media="screen")

    related = page.get_by_role("region", name="关联案件")
    expect(related.get_by_role("term")).to_have_text(["执行异议案件", "恢复执行案件"])
    outlook.get_by_role("link", name="执恢4105号").click()
    expect(page.get_by_role("heading", level=1, name="执恢4105号")).to_be_visible()
    expect(outlook).to_contain_text("2019年10月1日")
    related.get_by_role("link", name=NUMBER).click()
    expect(page.get_by_role("heading", level=1, name=NUMBER)).to_be_visible()


def test_the_number_of_a_ruling_in_the_address_leads_to_the_case(
    visit: Callable[..., Page], public: str
) -> None:
    page = visit(java_script_enabled=False)
    page.goto(f"{public}/cases/（2018）遼0803執4101號之一")
    read_the_case(page)
    expect(page.locator("#citation .address")).to_have_text(f"{public}/cases/2018-辽0803-执-4101")
