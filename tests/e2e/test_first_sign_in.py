"""A new colleague: another password first, then an authenticator, then sign-in by code."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Page, expect

from portal.staff.models import Role
from tests.e2e.test_every_page import examine

pytestmark = pytest.mark.e2e

NAME = "郑新任"
OWN_PASSWORD = "qing-shan-lv-shui"
NEXT_STEP = timedelta(seconds=30)


def give_password(page: Page, office: str, password: str) -> None:
    page.goto(f"{office}/sign-in")
    page.get_by_label("账号").fill(NAME)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def test_a_new_colleague_gets_from_a_made_password_to_signing_in_by_code(
    sign_in: Callable[..., Page], visit: Callable[..., Page], office: str, watch: Any
) -> None:
    administrator = sign_in(Role.ADMINISTRATOR)
    administrator.get_by_role("link", name="账号", exact=True).click()
    administrator.get_by_label("账号名").fill(NAME)
    administrator.get_by_label("角色").select_option(label="录入员")
    administrator.get_by_role("button", name="新建账号").click()
    made = administrator.locator(".secret code").inner_text()

    page = visit(reduced_motion="reduce")
    give_password(page, office, made)
    expect(page.get_by_role("heading", level=1)).to_have_text("修改密码")
    page.get_by_role("link", name="数据导入").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("修改密码")
    page.get_by_label("当前密码").fill(made)
    page.get_by_label("新密码", exact=True).fill(OWN_PASSWORD)
    page.get_by_label("再输入一次新密码").fill(OWN_PASSWORD)
    page.get_by_role("button", name="修改密码").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("工作台")

    page.get_by_role("link", name="我的账号").click()
    page.get_by_role("link", name="绑定验证器").click()
    expect(page.get_by_role("img", name=re.compile("绑定验证器的二维码"))).to_be_visible()
    secret = page.locator(".secret code").inner_text().replace(" ", "")
    totp = pyotp.TOTP(secret)
    page.get_by_label("验证器显示的 6 位数字").fill(totp.now())
    page.get_by_role("button", name="绑定").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("恢复码")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    assert not examine(page)
    page.get_by_role("link", name="已经记下，进入工作台").click()

    page.get_by_role("button", name="退出").click()
    give_password(page, office, OWN_PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("输入验证码")
    page.get_by_label("验证码", exact=True).fill("000000")
    page.get_by_role("button", name="登录").click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert not examine(page)
    # The code of the next step: the one of this step was used to bind.
    page.get_by_label("验证码", exact=True).fill(totp.at(datetime.now(UTC) + NEXT_STEP))
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("工作台")

    elsewhere = visit()
    give_password(elsewhere, office, OWN_PASSWORD)
    elsewhere.get_by_label("验证码", exact=True).fill(codes[0])
    elsewhere.get_by_role("button", name="登录").click()
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("工作台")
    page.get_by_role("link", name="我的账号").click()
    expect(page.get_by_text("恢复码还有 9 个")).to_be_visible()
    page.get_by_role("button", name="退出其他全部登录").click()
    elsewhere.reload()
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("登录")
