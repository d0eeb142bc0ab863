"""A debtor writes to the court, the office opens and answers, the debtor reads the answer."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from portal.commands.demo_accounts import read_demo_inbox
from portal.staff.models import Role
from tests.e2e.conftest import DEBTOR
from tests.e2e.test_every_page import examine

pytestmark = pytest.mark.e2e

STATEMENT = "名单上写全部未履行，其实五月已经付清，附上收条，请更正。"
CONTACT = "13904170009"
ANSWER = "经核查，您反映的情况属实。公开的信息已经更正。"
PDF = b"%PDF-1.4\nbody\nstartxref\n9\n%%EOF\n"


def picture() -> bytes:
    held = BytesIO()
    Image.new("RGB", (40, 30), "white").save(held, "PNG")
    return held.getvalue()


def write_letter(page: Page) -> tuple[str, str]:
    """Fill the form in and come back with receipt and PIN."""
    page.get_by_label("情况说明").fill(STATEMENT)
    page.get_by_label("姓名或者单位名称").fill(DEBTOR)
    # Something is missing at first, and the file is none: both are said, and nothing is lost.
    page.get_by_label("证明材料").set_input_files(
        {"name": "收条.png", "mimeType": "image/png", "buffer": b"no picture"}
    )
    page.get_by_role("button", name="密封并提交").click()
    summary = page.locator(".error-summary")
    expect(summary).to_contain_text("请填写联系方式")
    expect(summary).to_contain_text("不是完整的 PDF")
    expect(page.get_by_label("情况说明")).to_have_value(STATEMENT)
    page.get_by_label("联系方式").fill(CONTACT)
    page.get_by_label("证明材料").set_input_files(
        [
            {"name": "收条.png", "mimeType": "image/png", "buffer": picture()},
            {"name": "转账凭证.pdf", "mimeType": "application/pdf", "buffer": PDF},
        ]
    )
    page.get_by_role("button", name="密封并提交").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("请记下回执")
    receipt = page.locator("#receipt-number").inner_text()
    return receipt, page.locator("#receipt-pin").inner_text()


def unlock(page: Page, passphrase: str) -> None:
    page.get_by_role("link", name="输入口令开启密钥").click()
    page.get_by_label("私钥口令").fill(passphrase)
    page.get_by_role("button", name="开启", exact=True).click()


def ask(page: Page, public: str, receipt: str, pin: str) -> Any:
    page.goto(f"{public}/submissions/status")
    page.get_by_label("回执号").fill(receipt.lower())
    page.get_by_label("查询密码").fill(pin)
    page.get_by_role("button", name="查看").click()
    return page.locator("#status")


def test_a_debtor_asks_for_a_correction_and_reads_the_answer(
    court: Any,
    public: str,
    visit: Callable[..., Page],
    sign_in: Callable[..., Page],
) -> None:
    demo = read_demo_inbox(court.home / "office")
    assert demo is not None
    entry = court.addresses("/debtors/", "SELECT id FROM public_debtor WHERE name = '秦椒榕'")[0]
    writer = visit(reduced_motion="reduce")
    writer.goto(public + entry)
    writer.get_by_role("link", name="在网上提出更正或者异议").click()
    receipt, pin = write_letter(writer)
    troubles = examine(writer)
    assert not troubles, "\n".join(troubles)
    assert writer.reload().status == 410  # type: ignore[union-attr]
    # Asking goes without scripts, and so does writing.
    debtor = visit(java_script_enabled=False)
    debtor.goto(f"{public}/submissions/new?about={entry}")
    debtor.get_by_label("情况说明").fill(STATEMENT)
    debtor.get_by_role("button", name="密封并提交").click()
    expect(debtor.locator(".error-summary")).to_contain_text("请填写姓名")
    expect(ask(debtor, public, receipt, pin)).to_contain_text("已收到，等待法院处理")

    reviewer = sign_in(Role.REVIEWER)
    reviewer.get_by_role("link", name="收件箱", exact=True).click()
    reviewer.get_by_role("link", name=receipt).click()
    expect(reviewer.locator("#letter")).to_contain_text("附有 2 份证明材料")
    assert STATEMENT not in reviewer.content() and CONTACT not in reviewer.content()
    unlock(reviewer, demo.passphrase)
    expect(reviewer.locator("#letter")).to_contain_text(STATEMENT)
    shown = reviewer.get_by_role("link", name="查看第 1 份").get_attribute("href")
    drawn = reviewer.request.get(reviewer.url.partition("/inbox")[0] + str(shown))
    assert drawn.headers["content-type"] == "image/jpeg"
    with reviewer.expect_download() as download:
        reviewer.get_by_role("link", name="下载第 2 份原件").click()
    assert download.value.suggested_filename == f"{receipt}-2.pdf"
    assert download.value.path().read_bytes() == PDF
    # Colours that still fade into each other are no colours to measure.
    reviewer.emulate_media(reduced_motion="reduce")
    troubles = examine(reviewer)
    assert not troubles, "\n".join(troubles)
    reviewer.reload()

    reviewer.get_by_role("button", name="指定承办人").click()
    expect(ask(debtor, public, receipt, pin)).to_contain_text("法院正在核查")
    reviewer.get_by_label("核查结果").select_option(label="成立，应当更正或者移除")
    reviewer.get_by_role("button", name="登记核查结果").click()
    reviewer.get_by_role("button", name="登记已更正").click()
    reviewer.get_by_label("答复内容").fill(f"{DEBTOR}（{CONTACT}）反映的情况属实。")
    reviewer.get_by_role("button", name="提交签发").click()
    expect(reviewer.locator(".error-summary")).to_contain_text("不能含有个人信息")
    reviewer.get_by_label("答复内容").fill(ANSWER)
    reviewer.get_by_role("button", name="提交签发").click()
    expect(reviewer.get_by_text("答复已提交签发")).to_be_visible()
    expect(ask(debtor, public, receipt, pin)).to_contain_text("法院还没有答复")

    chief = sign_in(Role.CHIEF_REVIEWER)
    chief.goto(reviewer.url)
    expect(chief.get_by_text("开启密钥、看过来信以后才能签发")).to_be_visible()
    unlock(chief, demo.passphrase)
    chief.get_by_role("button", name="签发", exact=True).click()
    expect(chief.get_by_text("答复已签发")).to_be_visible()
    with chief.expect_download() as download:
        chief.get_by_role("link", name="导出这一件的往来").click()
    assert download.value.suggested_filename == f"{receipt}.zip"

    status = ask(debtor, public, receipt, pin)
    expect(status).to_contain_text("核查属实，已经更正")
    expect(status).to_contain_text(ANSWER)
    for private in (DEBTOR, CONTACT, STATEMENT, "收条.png"):
        assert private not in debtor.content()

    reviewer.reload()
    reviewer.get_by_role("button", name="立即锁定").click()
    expect(reviewer.get_by_text("收件箱已锁定。")).to_be_visible()
    reviewer.go_back()
    reviewer.reload()
    expect(reviewer.locator("#letter")).to_contain_text("内容密封于密钥")
    assert STATEMENT not in reviewer.content()
