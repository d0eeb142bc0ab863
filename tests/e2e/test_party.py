"""An applicant opens the party's own view, leaves, and nothing is left; the office gives a code."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.staff.models import Role
from tests.e2e.conftest import APPLICANT_KEYS, DEBTOR, DEBTOR_KEYS

pytestmark = pytest.mark.e2e

NUMBER = "（2018）辽0803执4101号"
CASE = "/cases/2018-辽0803-执-4101"
OF_THE_DEBTOR = ("18940710002", "189 4071 0002", "210800197501056454", "1975")
OF_THE_APPLICANT = ("13904170001", "210803198001013326", "3914")


def open_view(page: Page, number: str, code: str) -> None:
    page.get_by_label("您的证件号码").fill(number)
    page.get_by_label("查询码", exact=True).fill(code)
    page.get_by_role("button", name="查询", exact=True).click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_applicant_finds_the_case_and_opens_its_own_view(
    visit: Callable[..., Page], public: str, scripts: bool
) -> None:
    page = visit(java_script_enabled=scripts)
    page.goto(public + CASE)
    page.get_by_role("link", name="我是本案当事人").click()
    expect(page.get_by_role("heading", level=1, name="当事人查询")).to_be_visible()
    expect(page.get_by_label("案号")).to_have_value(NUMBER)
    number, code = APPLICANT_KEYS
    open_view(page, number, f"{code[:5].lower()} {code[5:]}")

    expect(page).to_have_url(f"{public}/party/case")
    expect(page.get_by_role("heading", level=1, name=NUMBER)).to_be_visible()
    timeline = page.locator(".timeline > li")
    expect(timeline.nth(1)).to_contain_text(f"电话联系被执行人{DEBTOR}")
    expect(page.locator("#controls")).to_contain_text("1,200.00 元")
    expect(page.locator("#payments")).to_contain_text("尾号 3914")
    expect(page.locator("#handler")).to_contain_text("0417-2890001")
    shown = page.locator("main").inner_text()
    assert not [value for value in OF_THE_DEBTOR if value in shown]
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="退出")).to_be_hidden()
    expect(page.get_by_role("heading", name="案款收发")).to_be_visible()
    page.emulate_media(media="screen")

    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("status")).to_contain_text("您已退出")
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="当事人查询")).to_be_visible()
    assert DEBTOR not in page.content() and "0417-2890001" not in page.content()
    page.goto(f"{public}/party/case")
    expect(page).to_have_url(re.compile("/party"))
    assert DEBTOR not in page.content()
    assert not page.context.cookies(f"{public}/party")


def test_a_debtor_sees_another_view_and_a_wrong_code_shows_none(
    visit: Callable[..., Page], public: str
) -> None:
    page = visit()
    page.goto(f"{public}/party")
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="当事人查询").click()
    page.get_by_label("案号").fill(" 2018辽0803执4101 ")
    open_view(page, DEBTOR_KEYS[0], APPLICANT_KEYS[1])
    expect(page.locator(".error-summary")).to_contain_text("不相符")
    expect(page.get_by_label("您的证件号码")).to_have_value("")
    open_view(page, *DEBTOR_KEYS)
    expect(page.get_by_role("heading", name="对您采取的措施")).to_be_visible()
    shown = page.locator("main").inner_text()
    assert "189 4071 0002" in shown, "his own number stays in the timeline"
    assert not [value for value in OF_THE_APPLICANT if value in shown]


def test_the_office_gives_a_code_that_opens_and_is_printed_once(
    sign_in: Callable[..., Page], visit: Callable[..., Page], office: str, public: str
) -> None:
    desk = sign_in(Role.REVIEWER)
    desk.goto(office + "/cases/2018-辽0803-执-4102")
    desk.get_by_role("link", name="查询码和当事人视图").click()
    applicant = desk.get_by_role("region", name="申请执行人：甘蓝芷")
    applicant.get_by_label("签发理由").fill("首次领取，已核对身份证")
    applicant.get_by_role("button", name="签发查询码").click()
    expect(desk.get_by_role("heading", level=1, name="查询码告知书")).to_be_visible()
    code = desk.locator("#party-code").inner_text()
    assert code.replace(" ", "") not in desk.url
    desk.emulate_media(media="print")
    expect(desk.get_by_role("img", name="二维码")).to_be_visible()
    expect(desk.get_by_text("这一页只显示一次")).to_be_hidden()
    expect(desk.get_by_role("link", name="返回当事人查询")).to_be_hidden()
    desk.emulate_media(media="screen")

    page = visit()
    page.goto(f"{public}/party?case=2018-辽0803-执-4102")
    open_view(page, APPLICANT_KEYS[0], code)
    expect(page.get_by_role("heading", level=1, name="4102号")).to_be_visible()

    desk.get_by_role("link", name="返回当事人查询").click()
    applicant.get_by_label("撤销理由").fill("测试后撤销")
    applicant.get_by_role("button", name="撤销查询码").click()
    expect(desk.get_by_text("查询码已撤销")).to_be_visible()
    page.reload()
    expect(page.get_by_role("status")).to_contain_text("查询已经结束")
