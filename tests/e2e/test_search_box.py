"""The search box while somebody types: never an older answer, never half-written pinyin."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Request, Route, expect

pytestmark = pytest.mark.e2e

SLOW, FAST = "秦椒榕", "（2018）辽0803执4101号"


def asked(request: Request) -> str:
    """What a request to the search page asked for."""
    return parse_qs(urlsplit(request.url).query).get("q", [""])[0]


def test_a_slow_older_answer_never_replaces_a_newer_one(
    visit: Callable[..., Page], public: str
) -> None:
    page = visit()
    page.goto(f"{public}/search")
    held_back: list[Route] = []

    def hold_back(route: Route) -> None:
        if asked(route.request) == SLOW:
            held_back.append(route)
        else:
            route.continue_()

    page.route("**/search?*", hold_back)
    box, status = page.get_by_role("searchbox"), page.locator("#result-status")
    with page.expect_request(lambda request: asked(request) == SLOW):
        box.fill(SLOW)
    with page.expect_event("requestfailed", lambda r: asked(r) == SLOW, timeout=10_000):
        box.fill(FAST)
    expect(status).to_contain_text(f"找到案号{FAST}")

    # The answer to the first question arrives only now.
    assert len(held_back) == 1
    held_back[0].fulfill(status=200, content_type="text/html", body="<p>旧的答案</p>")
    with page.expect_response(lambda response: asked(response.request) == "住宅"):
        box.fill("住宅")
    expect(status).not_to_contain_text(FAST)
    expect(page.locator("#results")).not_to_contain_text("旧的答案")
    expect(page).to_have_url(re.compile("q=" + "%E4%BD%8F%E5%AE%85|q=住宅"))


def test_answers_follow_every_pause_in_typing(visit: Callable[..., Page], public: str) -> None:
    page = visit()
    questions: list[str] = []
    page.on("request", lambda r: questions.append(asked(r)) if "/search?" in r.url else None)
    page.goto(f"{public}/search")
    page.get_by_role("searchbox").press_sequentially("秦椒榕", delay=10)
    expect(page.locator("#results").get_by_role("link", name="秦椒榕").first).to_be_visible()
    # Typed within one pause: one question, of the whole name.
    assert questions == ["秦椒榕"]


def test_while_composing_chinese_nothing_is_asked(visit: Callable[..., Page], public: str) -> None:
    page = visit()
    page.clock.install()
    page.goto(f"{public}/search")
    questions: list[str] = []
    page.on("request", lambda r: questions.append(asked(r)) if "/search?" in r.url else None)
    page.get_by_role("searchbox").focus()
    keyboard = page.context.new_cdp_session(page)
    for written in ("z", "zh", "zhu", "zhu z", "zhu zhai"):
        keyboard.send(
            "Input.imeSetComposition",
            {"text": written, "selectionStart": len(written), "selectionEnd": len(written)},
        )
        page.clock.run_for(1000)
    expect(page.get_by_role("searchbox")).to_have_value("zhu zhai")
    with page.expect_response(lambda response: "/search?" in response.url):
        keyboard.send("Input.insertText", {"text": "住宅"})
        page.clock.run_for(1000)
    assert questions == ["住宅"]
    page.clock.resume()
    expect(
        page.locator("#results").get_by_role("link", name=re.compile("住宅")).first
    ).to_be_visible()


def test_a_server_that_fails_is_said_in_the_notice_and_leaves_the_results(
    visit: Callable[..., Page], public: str
) -> None:
    page = visit()
    page.goto(f"{public}/search?q={SLOW}")
    results = page.locator("#results").get_by_role("link", name=SLOW)
    expect(results).to_have_count(3)
    notice = '<div class="notice notice-error"><p>服务暂时不可用</p></div>'
    page.route(
        "**/search?*",
        lambda route: route.fulfill(
            status=422,
            content_type="text/html; charset=utf-8",
            headers={"HX-Retarget": "#notice", "HX-Reswap": "innerHTML", "HX-Replace-Url": "false"},
            body=notice,
        ),
    )
    page.get_by_role("searchbox").fill("住宅")
    expect(page.locator("#notice")).to_contain_text("服务暂时不可用")
    expect(results).to_have_count(3)
    page.unroute("**/search?*")
    page.get_by_role("searchbox").fill("住宅 一套")
    expect(page.locator("#notice")).to_be_empty()


def test_hostile_text_is_only_text(visit: Callable[..., Page], public: str) -> None:
    page = visit()
    page.goto(f"{public}/search")
    page.get_by_role("searchbox").fill("<img src=x onerror=alert(1)>'\"&执行")
    expect(page.locator("#result-status")).not_to_be_empty()
    expect(page.locator("main img")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("searchbox")).to_have_value("<img src=x onerror=alert(1)>'\"&执行")
    expect(page.locator("main img")).to_have_count(0)


def test_the_box_keeps_its_focus_and_back_returns_to_the_answer(
    visit: Callable[..., Page], public: str
) -> None:
    page = visit()
    page.goto(f"{public}/search")
    box = page.get_by_role("searchbox")
    hits = page.locator("#results").get_by_role("link", name=SLOW)
    box.press_sequentially(SLOW, delay=10)
    expect(hits).to_have_count(3)
    expect(page.locator("#result-status")).to_contain_text("条结果")
    expect(box).to_be_focused()
    hits.first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("综合查询")
    page.go_back()
    # The whole page, not the fragment that answered while somebody typed.
    expect(page.get_by_role("heading", level=1)).to_have_text("综合查询")
    expect(page.get_by_role("searchbox")).to_have_value(SLOW)
    expect(hits).to_have_count(3)
