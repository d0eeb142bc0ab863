"""A held case on its way: clerk, reviewer, the public, and the supervisor who looks on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.staff.models import Role

pytestmark = pytest.mark.e2e

NUMBER = "（2018）辽0803执4201号"
REASON = "已逐项核对，屏蔽完整，疑点不成立"
WITHDRAWAL = "当事人申请更正"
HELD = {
    "case_number": NUMBER,
    "court": "辽0803",
    "filed_on": "2018-03-05",
    "cause": "买卖合同纠纷",
    "parties": [
        {"role": "申请执行人", "kind": "自然人", "name": "甘蓝芷"},
        {"role": "被执行人", "kind": "自然人", "name": "柏若楠", "phone": "18940710077"},
    ],
    "events": [
        {"node": "立案", "at": "2018-03-05T09:00:00+08:00", "text": "被执行人柏若楠未到庭。"}
    ],
}


def upload(clerk: Page) -> None:
    """Bring the file in and read its report."""
    wrong = HELD | {"case_number": "（2018）辽0803执4202号", "filed_on": "2018-02-30"}
    lines = [json.dumps(record, ensure_ascii=False) for record in (HELD, wrong)]
    clerk.get_by_role("link", name="数据导入").click()
    clerk.get_by_label("交换文件").set_input_files(
        {"name": "四月.jsonl", "mimeType": "application/jsonl", "buffer": "\n".join(lines).encode()}
    )
    clerk.get_by_role("button", name="上传并导入").click()
    expect(clerk.get_by_role("heading", level=1, name="导入报告")).to_be_visible()
    expect(clerk.locator("main")).to_contain_text("有 1 行被退回")
    expect(clerk.locator("#problems")).to_contain_text("须为真实日期")


def publish(clerk: Page) -> None:
    """Run the gate and wait for its result, which shows itself."""
    clerk.get_by_role("button", name="发布").click()
    expect(clerk.get_by_role("heading", name="上一次处理结果")).to_be_visible(timeout=60_000)
    expect(clerk.locator("#progress")).to_contain_text("待审核")


def approve(reviewer: Page) -> None:
    """See why the case waits, and release it with a reason."""
    reviewer.get_by_role("link", name="审核", exact=True).click()
    reviewer.get_by_role("link", name=NUMBER).click()
    expect(reviewer.get_by_role("heading", level=1, name=NUMBER)).to_be_visible()
    expect(reviewer.locator(".holds")).to_contain_text("公开级别")
    # The record as it came stands beside the page as it would be.
    expect(reviewer.locator(".pane").nth(0)).to_contain_text("柏若楠")
    expect(reviewer.locator(".pane").nth(1)).to_contain_text("柏某")
    expect(reviewer.locator(".pane").nth(1)).not_to_contain_text("柏若楠")
    reviewer.get_by_label("放行理由").fill(REASON)
    reviewer.get_by_role("button", name="放行并公开").click()
    expect(reviewer.get_by_text(f"{NUMBER} 已通过核验并公开。")).to_be_visible()


def withdraw(reviewer: Page) -> None:
    """Take the case from the public again."""
    reviewer.get_by_role("link", name="案件", exact=True).click()
    reviewer.get_by_label("案号").fill(NUMBER)
    reviewer.get_by_role("link", name=NUMBER).click()
    reviewer.get_by_label("撤回理由").fill(WITHDRAWAL)
    reviewer.get_by_role("button", name=re.compile("撤回")).click()
    expect(reviewer.get_by_text("已停止公开，页面、名单和检索结果中都不再出现")).to_be_visible()


def audit(supervisor: Page) -> None:
    """Every act stands in the log under the name of who did it, and the chain holds."""
    supervisor.get_by_role("link", name="操作日志").first.click()
    supervisor.get_by_label(re.compile("对象|案号|涉及")).fill(NUMBER)
    results = supervisor.locator("#results")
    expect(results).not_to_contain_text("导入")
    for actor, act in (
        ("clerk1", "案件转人工审核"),
        ("reviewer1", "查看原始信息"),
        ("reviewer1", "审核放行"),
        ("reviewer1", "案件公开"),
        ("reviewer1", "立即停止公开"),
    ):
        row = results.get_by_role("row").filter(has_text=act).filter(has_text=actor)
        expect(row.first).to_be_visible()
    expect(results).to_contain_text(REASON)
    expect(results).to_contain_text(WITHDRAWAL)
    supervisor.get_by_role("button", name="核对日志链").click()
    expect(supervisor.get_by_text(re.compile(r"日志链完整：共核对 [\d,]+ 条记录"))).to_be_visible()


def test_a_held_case_is_reviewed_released_withdrawn_and_all_of_it_logged(
    visit: Callable[..., Page], sign_in: Callable[[Role], Page], public: str
) -> None:
    clerk = sign_in(Role.CLERK)
    upload(clerk)
    publish(clerk)

    reader = visit()
    case, search = f"{public}/cases/{NUMBER}", f"{public}/search?q={NUMBER}"
    held = reader.goto(case)
    assert held is not None and held.status == 404

    reviewer = sign_in(Role.REVIEWER)
    approve(reviewer)
    released = reader.goto(case)
    assert released is not None and released.status == 200
    expect(reader.get_by_role("heading", level=1, name=NUMBER)).to_be_visible()
    expect(reader.locator(".timeline")).to_contain_text("柏某")
    assert "柏若楠" not in reader.content() and "甘蓝芷" not in reader.content()
    reader.goto(search)
    expect(reader.locator("#results").get_by_role("link", name=NUMBER).first).to_be_visible()

    withdraw(reviewer)
    gone = reader.goto(case)
    assert gone is not None and gone.status == 410
    reader.goto(search)
    expect(reader.locator("#results").get_by_role("link", name=NUMBER)).to_have_count(0)

    audit(sign_in(Role.SUPERVISOR))


def test_nobody_does_what_the_role_does_not_hold(sign_in: Callable[[Role], Page]) -> None:
    supervisor = sign_in(Role.SUPERVISOR)
    supervisor.get_by_role("link", name="审核", exact=True).click()
    expect(supervisor.get_by_role("button", name="放行并公开")).to_have_count(0)
    clerk = sign_in(Role.CLERK)
    expect(clerk.get_by_role("link", name="审核", exact=True)).to_have_count(0)
    answer = clerk.goto(supervisor.url)
    assert answer is not None and answer.status == 403
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("没有权限")
