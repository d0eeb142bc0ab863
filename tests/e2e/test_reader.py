"""Anybody looks into the debtor list and at an auction, and is not led astray."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e

NAME = "秦椒榕"
ID_NUMBER = "210800197501056454"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_debtor_is_found_by_name_and_told_from_a_namesake(
    visit: Callable[..., Page], public: str, scripts: bool
) -> None:
    page = visit(java_script_enabled=scripts)
    page.goto(f"{public}/debtors")
    page.get_by_role("searchbox").fill(NAME)
    if not scripts:
        page.get_by_role("button", name="查询").click()
    entries = page.locator("#results").get_by_role("link", name=NAME)
    expect(entries).to_have_count(2)
    expect(page.locator("#result-status")).to_contain_text("2 条")
    expect(page.locator("#results")).to_contain_text("同名不等于同一人")

    entries.first.click()
    main = page.locator("main")
    expect(page.get_by_role("heading", level=1, name=NAME)).to_be_visible()
    expect(main).to_contain_text("同名不等于同一人")
    expect(main).to_contain_text("另有 1 条同名记录")
    expect(main).to_contain_text(re.compile(r"\d{0,6}\*{6,}\w{0,4}"))
    text = main.inner_text()
    assert ID_NUMBER not in text
    assert ID_NUMBER[6:14] not in text
    assert "18940710002" not in text


def test_a_filter_narrows_the_list_and_is_taken_off_again(
    visit: Callable[..., Page], public: str
) -> None:
    page = visit()
    page.goto(f"{public}/debtors?q={NAME}")
    page.get_by_label("执行法院").select_option(label="鲅鱼圈区法院")
    expect(page.locator("#results").get_by_role("link", name=NAME)).to_have_count(0)
    expect(page).to_have_url(re.compile("court=辽0804|court=%E8%BE%BD0804"))
    page.locator("#results").get_by_role("link", name=re.compile("取消条件")).click()
    expect(page.locator("#results").get_by_role("link", name=NAME)).to_have_count(2)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_only_a_verified_auction_has_a_link(
    visit: Callable[..., Page], public: str, scripts: bool
) -> None:
    page = visit(java_script_enabled=scripts)
    page.goto(f"{public}/search?q=标的&kind=auction")
    results = page.locator("#results")

    results.get_by_role("link", name=re.compile("标的A1")).click()
    page.get_by_role("link", name=re.compile("到平台查看")).click()
    expect(page.locator("main")).to_contain_text("sf-item.taobao.com")
    link = page.get_by_role("link", name=re.compile("前往"))
    expect(link).to_have_attribute("href", "https://sf-item.taobao.com/sf_item/1.htm")
    expect(link).to_have_attribute("rel", re.compile("noopener"))

    page.go_back()
    page.go_back()
    results.get_by_role("link", name=re.compile("标的B2")).click()
    expect(page.locator("main")).to_contain_text("链接未通过核验")
    outside = page.locator("main a[href^='http'], main a[href^='//']")
    expect(outside).to_have_count(0)
    assert "pai.example" not in page.content()


def test_what_was_withdrawn_is_gone_and_names_nobody(
    visit: Callable[..., Page], public: str
) -> None:
    page = visit()
    answer = page.goto(f"{public}/cases/2018辽0803执4104")
    assert answer is not None and answer.status == 410
    expect(page.get_by_role("heading", level=1)).to_contain_text("撤下")
    assert NAME not in page.content() and "甘蓝芷" not in page.content()
    page.goto(f"{public}/search?q=（2018）辽0803执4104号")
    expect(page.locator("#results").get_by_role("link", name=re.compile("4104号"))).to_have_count(0)
