"""The review desk: by keyboard alone, by two people at once, and without JavaScript."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from portal.staff.models import Role
from tests.e2e.conftest import HELD_COURT

pytestmark = pytest.mark.e2e

QUEUE = f"/reviews?court={HELD_COURT}"


def number_of(serial: int) -> str:
    return f"（2018）{HELD_COURT}执{serial}号"


@dataclass
class Hands:
    """Somebody at the keyboard: counts the keys, and apart from them the characters of texts."""

    page: Page
    keys: int = 0
    characters: int = 0
    began: float = field(default_factory=time.monotonic)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.characters += len(text)

    def tell(self, what: str) -> None:
        """Print what it took (shown with ``pytest -s``); no test depends on it."""
        seconds = time.monotonic() - self.began
        sys.stdout.write(
            f"\n{what}: {self.keys} keys, {self.characters} characters, {seconds:.1f} s\n"
        )


def stand_on(hands: Hands, words: str) -> None:
    """Walk down until the place with these words has the focus."""
    for _ in range(40):
        hands.press("j")
        if hands.page.evaluate("document.activeElement.textContent") == words:
            return
    raise AssertionError(f"never came to {words}")


def settled(page: Page, said: str) -> None:
    """Wait until the desk says what was done, and the focus is back on the record."""
    expect(page.locator("#desk .notice-good")).to_contain_text(said)
    page.wait_for_function("document.activeElement.closest('#record') !== null")


def test_a_reviewer_goes_from_the_queue_to_the_public_page_by_keyboard_alone(
    visit: Callable[..., Page], sign_in: Callable[..., Page], office: str, public: str
) -> None:
    page = sign_in(Role.REVIEWER)
    page.goto(office + QUEUE)
    hands = Hands(page)
    hands.press("j", "Enter")
    expect(page.get_by_role("heading", level=1, name=number_of(4301))).to_be_visible()
    # A place that was masked without need is kept, for a reason.
    stand_on(hands, "辰州路88号")
    expect(page.locator(".pane a.tied")).to_have_count(2)
    hands.press("z")
    hands.write("法院自己的地址")
    hands.press("Enter")
    settled(page, "已登记不屏蔽")
    expect(page.locator("#record a.tie-kept")).to_have_text("辰州路88号")
    # A nickname is tied to the person it means.
    hands.press("]", "l")
    hands.write("秦老板")
    hands.press("Tab")
    hands.write("秦椒榕")
    hands.press("Enter")
    settled(page, "已认定为同一人")
    # What nobody saw is written into the form of its field.
    hands.press("]", "m")
    hands.write("海蓝蓝小馆")
    hands.press("Enter")
    settled(page, "已屏蔽")
    shown = page.locator(".pane").nth(1)
    expect(shown).to_contain_text("秦某称在盖州市辰州路88号的诉讼服务站")
    expect(shown).not_to_contain_text("海蓝蓝")
    hands.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    hands.press("?")
    hands.press("1", "Enter")
    expect(page.get_by_text(f"{number_of(4301)} 已通过核验并公开。")).to_be_visible()
    hands.tell("held item with three marks")
    # The next one is there at once; it needs no mark.
    expect(page.get_by_role("heading", level=1, name=number_of(4302))).to_be_visible()
    hands = Hands(page)
    hands.press("1", "Enter")
    expect(page.get_by_text(f"{number_of(4302)} 已通过核验并公开。")).to_be_visible()
    hands.tell("held item without a mark")
    expect(page.get_by_role("heading", level=1, name=number_of(4303))).to_be_visible()
    hands.press("n")
    expect(page.get_by_role("heading", level=1, name=number_of(4304))).to_be_visible()
    hands.press("p")
    expect(page.get_by_role("heading", level=1, name=number_of(4303))).to_be_visible()

    reader = visit()
    reader.goto(f"{public}/cases/{number_of(4301)}")
    expect(reader.locator(".timeline")).to_contain_text(
        "电话联系被执行人秦某，秦某称在盖州市辰州路88号的诉讼服务站领取了材料，在×××打工。"
    )


def test_two_reviewers_on_one_item_do_not_overwrite_each_other(
    sign_in: Callable[..., Page], office: str
) -> None:
    first, second = sign_in(Role.REVIEWER), sign_in(Role.CHIEF_REVIEWER)
    for page in (first, second):
        page.goto(office + QUEUE)
        page.get_by_role("link", name=number_of(4303)).click()
        expect(page.get_by_role("heading", level=1, name=number_of(4303))).to_be_visible()
        page.keyboard.press("m")
    first.get_by_label("文字", exact=True).fill("海蓝蓝小馆")
    first.keyboard.press("Enter")
    settled(first, "已屏蔽")
    second.get_by_label("文字", exact=True).fill("诉讼服务站")
    second.get_by_label("理由", exact=True).fill("当事人的去处")
    second.keyboard.press("Enter")
    # He is told what the other did, and nothing of what he typed is lost.
    notice = second.locator("#desk .notice-warn")
    expect(notice).to_contain_text("reviewer1")
    expect(notice).to_contain_text("补充屏蔽")
    expect(second.get_by_label("文字", exact=True)).to_have_value("诉讼服务站")
    expect(second.get_by_label("理由", exact=True)).to_have_value("当事人的去处")
    expect(second.locator(".pane").nth(1)).to_contain_text("诉讼服务站")
    second.get_by_role("button", name="标记并重新核验").click()
    settled(second, "已屏蔽")
    # The first one's page is the old one now: he cannot release what he has not seen.
    first.keyboard.press("1")
    first.keyboard.press("Enter")
    expect(first.locator(".error-summary")).to_contain_text("已被他人改动")
    expect(first.locator(".pane").nth(1)).not_to_contain_text("诉讼服务站")


def test_everything_is_there_without_javascript(
    badges: dict[str, Any], visit: Callable[..., Page], office: str
) -> None:
    page = visit(java_script_enabled=False, storage_state=badges[Role.REVIEWER])
    page.goto(office + QUEUE)
    page.get_by_role("link", name=number_of(4304)).click()
    # Numbers tie the two sides, and lead from one to the other.
    place = page.locator("#record a.tie").filter(has_text="辰州路88号")
    place.click()
    expect(page).to_have_url(re.compile(r"#m\d+$"))
    page.get_by_role("link", name="快捷键（?）").click()
    expect(page.get_by_role("heading", name="快捷键")).to_be_visible()
    number = place.get_attribute("data-tie")
    page.locator("#findings summary").click()
    page.locator(f"#t{number}").get_by_role("link", name="保留").click()
    expect(page.get_by_label("文字", exact=True)).to_have_value("辰州路88号")
    page.get_by_label("理由", exact=True).fill("法院自己的地址")
    page.get_by_role("button", name="标记并重新核验").click()
    expect(page.locator(".notice-good")).to_contain_text("已登记不屏蔽")
    expect(page.locator(".pane").nth(1)).to_contain_text("辰州路88号")
    page.get_by_label("放行理由").fill("已核对")
    page.get_by_role("button", name="放行并公开").click()
    expect(page.get_by_text(f"{number_of(4304)} 已通过核验并公开。")).to_be_visible()
