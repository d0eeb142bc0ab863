"""With nothing but a keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.staff.models import Role

pytestmark = pytest.mark.e2e

# A focused element must be on the screen and show that it has the focus.
SHOWS_FOCUS = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return element !== document.body && box.width > 0 && box.height > 0
    && box.left >= 0 && box.top >= 0 && (ring || style.boxShadow !== "none");
}"""


def tab_to(page: Page, wanted: str, limit: int = 40) -> int:
    """Press Tab until the element has the focus; every stop on the way shows itself."""
    for presses in range(1, limit + 1):
        page.keyboard.press("Tab")
        assert page.evaluate(SHOWS_FOCUS), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return presses
    raise AssertionError(f"{wanted} is not reached within {limit} stops")


def test_the_skip_link_is_first_and_leads_past_the_navigation(
    visit: Callable[..., Page], public: str
) -> None:
    page = visit()
    page.goto(public)
    skip = page.get_by_role("link", name="跳到正文")
    assert tab_to(page, ".skip-link") == 1
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    assert tab_to(page, "#q") == 1
    page.keyboard.type("（2018）辽0803执4101号")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="综合查询")).to_be_visible()
    expect(page.locator("#result-status")).to_contain_text("找到案号")


def test_the_search_box_is_reached_through_the_whole_navigation_as_well(
    visit: Callable[..., Page], public: str
) -> None:
    page = visit()
    page.goto(public)
    stops = tab_to(page, "#q")
    assert stops > 10
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(SHOWS_FOCUS)


def test_a_result_is_opened_and_a_filter_chosen_by_keyboard(
    visit: Callable[..., Page], public: str
) -> None:
    page = visit()
    page.goto(f"{public}/search?q=秦椒榕")
    tab_to(page, "#kind")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("kind=debtor"))
    expect(page.locator("#results .hit")).to_have_count(2)
    # The focus stays where the reader left it when the results change.
    expect(page.locator("#kind")).to_be_focused()
    tab_to(page, "#results .hit a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="秦椒榕")).to_be_visible()


def test_large_type_and_contrast_are_chosen_by_keyboard_and_stay(
    visit: Callable[..., Page], public: str
) -> None:
    page = visit()
    page.goto(f"{public}/debtors?q=秦椒榕")
    for value, css in (("large", "display-large"), ("contrast", "display-contrast")):
        tab_to(page, f"button[value={value}]")
        page.keyboard.press("Enter")
        expect(page.locator("html")).to_have_class(re.compile(css))
        expect(page).to_have_url(re.compile(r"/debtors\?q="))
    page.goto(f"{public}/about")
    expect(page.locator("html")).to_have_class("display-large display-contrast")
    page.locator("button[value=large]").press("Enter")
    expect(page.locator("html")).to_have_class("display-contrast")


def test_a_colleague_signs_in_by_keyboard(visit: Callable[..., Page], office: str) -> None:
    page = visit()
    page.goto(f"{office}/sign-in")
    expect(page.get_by_label("账号")).to_be_focused()
    page.keyboard.type(f"{Role.SUPERVISOR}1")
    page.keyboard.press("Tab")
    page.keyboard.type("not the password")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_visible()
    assert page.title().startswith("错误：")
    page.get_by_label("密码").focus()
    page.keyboard.type("lan-tian-bai-yun")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="工作台")).to_be_visible()
