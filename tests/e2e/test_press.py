"""The press office: one writes, two review, the head signs, the public reads; it is withdrawn."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.staff.models import Role

pytestmark = pytest.mark.e2e

TITLE = "执行款当天发到申请人手中"
HOSTILE = """<h2 onclick="window.hacked=1">一起旧案的了结</h2>
<p style="position:fixed">法官耐心调解，<strong>双方握手言和</strong>。</p>
<script>window.hacked = 1</script>
<img src="/nothing" onerror="window.hacked=1">
<svg onload="window.hacked=1"></svg>
<div hx-get="/hacked" hx-trigger="load" hx-on:click="window.hacked=1">热情的群众送来锦旗。</div>
<a href="javascript:window.hacked=1">点此了解</a>
<iframe src="/"></iframe><form action="/display" method="post"><button>按我</button></form>
<style>main { display: none }</style><base href="https://pai.example/">
"""
NEVER = (
    "<script>", "onclick", "onerror", "onload", "hx-get", "hx-on", "javascript:", "<iframe",
    "window.hacked", "<svg onload", "pai.example", "position:fixed", "display: none",
)  # fmt: skip


def tick_all(page: Page) -> None:
    """Confirm every line of the review's list."""
    for box in page.get_by_role("checkbox").all():
        box.check()


def test_a_story_is_written_signed_read_and_withdrawn(
    visit: Callable[..., Page], sign_in: Callable[..., Page], public: str
) -> None:
    editor = sign_in(Role.EDITOR)
    editor.get_by_role("link", name="写稿件", exact=True).click()
    editor.get_by_label("标题").fill(TITLE)
    editor.get_by_label("导语").fill("一起拖欠多年的案件圆满执结。")
    body = editor.get_by_label("正文", exact=True)
    body.fill("重点")
    body.select_text()
    editor.get_by_role("button", name="加粗").click()
    expect(body).to_have_value("**重点**")
    body.press("ControlOrMeta+z")
    expect(body).to_have_value("重点")
    body.press("Control+Alt+h")
    expect(body).to_have_value("## 重点")
    body.fill(HOSTILE)
    editor.get_by_role("button", name="预览").click()
    expect(editor.get_by_role("heading", name="预览（尚未保存）")).to_be_visible()
    expect(editor.get_by_label("预览内容")).to_contain_text("双方握手言和")
    assert editor.evaluate("window.hacked") is None

    editor.get_by_role("button", name="保存草稿").click()
    expect(editor.get_by_text("草稿已保存。")).to_be_visible()
    editor.get_by_role("button", name="提交审核").click()
    expect(editor.get_by_text("稿件已提交")).to_be_visible()
    expect(editor.get_by_role("button", name="审核通过")).to_have_count(0)

    for name in ("", f"{Role.PRESS_REVIEWER}2"):
        reviewer = sign_in(Role.PRESS_REVIEWER, name)
        reviewer.goto(editor.url)
        tick_all(reviewer)
        reviewer.get_by_role("button", name="审核通过").click()
        expect(reviewer.get_by_text("稿件进入下一审")).to_be_visible()

    chief = sign_in(Role.PRESS_CHIEF)
    chief.get_by_role("link", name="宣传稿件").click()
    chief.get_by_role("link", name=TITLE).click()
    expect(chief.get_by_label("稿件内容")).to_contain_text("双方握手言和")
    tick_all(chief)
    chief.get_by_role("button", name="三审通过并签发").click()
    expect(chief.get_by_text("稿件已签发")).to_be_visible()
    assert chief.evaluate("window.hacked") is None

    reader = visit()
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto(f"{public}/stories")
    reader.get_by_role("link", name=TITLE).click()
    expect(reader.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(reader.locator(".prose strong")).to_have_text("双方握手言和")
    expect(reader.locator(".prose")).to_contain_text("热情的群众送来锦旗")
    content = reader.content()
    assert not [mark for mark in NEVER if mark in content]
    assert reader.evaluate("window.hacked") is None
    assert not [address for address in asked if "hacked" in address or "nothing" in address]
    story = reader.url

    reader.goto(f"{public}/search?q={TITLE}&kind=story")
    expect(reader.locator("#results").get_by_role("link", name=TITLE)).to_be_visible()
    feed = reader.request.get(f"{public}/feeds/stories.atom").text()
    assert TITLE in feed
    assert not [mark for mark in NEVER if mark in feed]

    chief.get_by_label("撤回理由").fill("事实有待核实")
    chief.get_by_role("button", name="从公众网站撤回").click()
    expect(chief.get_by_text("稿件已撤回，公众网站不再显示。")).to_be_visible()

    answer = reader.goto(story)
    assert answer is not None and answer.status == 410
    expect(reader.get_by_role("heading", level=1)).to_contain_text("撤下")
    assert TITLE not in reader.content()
    for address in ("/stories", "/", f"/search?q={TITLE}", "/feeds/stories.atom"):
        assert TITLE not in re.sub(
            r"<input[^>]*>|<title>.*?</title>|“[^”]*”|q=[^\"&]*", "",
            reader.request.get(f"{public}{address}").text(),
        )  # fmt: skip


def test_a_story_that_names_a_person_says_so_to_its_editor(sign_in: Callable[..., Page]) -> None:
    editor = sign_in(Role.EDITOR)
    editor.get_by_role("link", name="写稿件", exact=True).click()
    editor.get_by_label("标题").fill("申请人来电致谢")
    editor.get_by_label("正文").fill("被执行人秦椒榕，电话13904170001，已履行义务。")
    editor.get_by_role("button", name="保存草稿").click()
    expect(editor.locator("#checks")).to_contain_text("不能签发")
    assert "13904170001" not in editor.locator("#checks").inner_text()
