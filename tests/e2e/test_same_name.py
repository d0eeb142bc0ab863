"""A member of the public tells two people of one name apart, and cannot try out what is hidden."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e

NAME = "柏榆舟"
# The numbers behind the two entries, as the journeys' own cases have them.
NUMBERS = ("210800197501056454", "210103195109123378")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_two_people_of_one_name_are_told_apart_by_what_is_public(
    visit: Callable[..., Page], public: str, scripts: bool
) -> None:
    page = visit(java_script_enabled=scripts)
    page.goto(f"{public}/debtors")
    page.get_by_role("searchbox").fill(NAME)
    if not scripts:
        page.get_by_role("button", name="查询").click()
    results = page.locator("#results")
    expect(results.get_by_role("link", name=NAME)).to_have_count(2)
    expect(results.get_by_text("本页有同名")).to_have_count(2)

    # The one from Yingkou, 43 when he was listed, is the one we met.
    row = results.get_by_role("row").filter(has_text="辽宁省营口市")
    expect(row).to_contain_text("43 岁")
    row.get_by_role("link", name=NAME).click()
    namesakes = page.get_by_role("region", name="名单中另有 1 条同名记录")
    expect(namesakes).to_contain_text("66 岁")
    expect(namesakes).to_contain_text("辽宁省沈阳市")
    expect(namesakes.get_by_role("cell", name="年龄、证件号露出的部分")).to_be_visible()
    expect(namesakes).to_contain_text("本站不作判断")
    for number in NUMBERS:
        assert number not in page.content() and number[6:14] not in page.content()

    # Whoever tries out a whole number learns nothing, whether it is right or wrong.
    for typed in (NUMBERS[0], "210800197501056455"):
        page.goto(f"{public}/debtors?q={typed}")
        expect(results).to_contain_text("也不核对被隐藏的数字")
        expect(results.get_by_role("link", name=re.compile(NAME))).to_have_count(0)
