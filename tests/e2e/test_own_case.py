"""A reader finds his next step by the questions of the 执行不能 channel, with JavaScript off."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("scripts", [False, True], ids=["no scripts", "scripts"])
def test_the_questions_lead_to_a_step_and_an_office_and_back(
    visit: Callable[..., Page], public: str, scripts: bool
) -> None:
    page = visit(java_script_enabled=scripts)
    page.goto(public)
    page.get_by_role("link", name=re.compile("为什么执行不了")).click()
    page.get_by_role("link", name="开始回答").first.click()
    for words in ("我是申请执行人", "已经终结本次执行程序", "没有新的情况"):
        page.get_by_label(re.compile(words)).check()
        page.get_by_role("button", name="下一题").click()
    expect(page.get_by_role("group")).to_contain_text("第 4 题")

    # The browser's back button takes one answer back, the page's own does the same.
    page.go_back()
    expect(page.get_by_role("group")).to_contain_text("终本以后，有没有新的情况")
    page.get_by_role("link", name="上一题").click()
    expect(page.get_by_role("group")).to_contain_text("案件现在是什么状态")
    page.get_by_label(re.compile("已经终结本次执行程序")).check()
    page.get_by_role("button", name="下一题").click()
    page.get_by_label("发现了对方的财产").check()
    page.get_by_role("button", name="下一题").click()
    page.get_by_label("营口市西市区人民法院").check()
    page.get_by_role("button", name="看结果").click()

    outcome = page.get_by_role("region", name="可以申请恢复执行")
    expect(outcome).to_contain_text("作出终本裁定的法院")
    expect(outcome).to_contain_text("执行局")
    expect(outcome).to_contain_text("12368")
    assert page.context.cookies() == []

    outcome.get_by_role("link", name="找到终本案件").click()
    page.locator("#results").get_by_role("link", name=re.compile("执4101号")).click()
    page.get_by_role("link", name="填写并打印恢复执行申请书").click()
    expect(page.get_by_role("heading", level=1, name="恢复执行申请书")).to_be_visible()
