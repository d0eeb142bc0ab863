"""Guides explain the rules: complete, well-formed, of a length people read."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from seed.guides import build_guides

GUIDES = build_guides()
ALLOWED = {"p", "h2", "ul", "ol", "li", "strong", "table", "thead", "tbody", "tr", "th", "td"}


class Balance(HTMLParser):
    """Notes the tags met, fails on an attribute or a tag closed out of turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_there_are_ten_guides_with_slugs_of_their_own() -> None:
    slugs = [guide["slug"] for guide in GUIDES]
    assert len(set(slugs)) == len(slugs) >= 10
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in slugs)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide["slug"])
def test_a_guide_is_complete_and_well_formed(guide: dict[str, str]) -> None:
    assert set(guide) == {"slug", "title", "section", "body", "updated_on"}
    assert guide["section"] in {"办事指南", "规则说明", "权利保障"}
    assert re.fullmatch(r"2018-\d\d-\d\d", guide["updated_on"])
    checker = Balance()
    checker.feed(guide["body"])
    assert checker.open == []
    assert checker.seen <= ALLOWED
    assert 250 <= len(re.sub(r"<[^>]+>|\s", "", guide["body"])) <= 700


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide["slug"])
def test_no_guide_invents_a_telephone_number(guide: dict[str, str]) -> None:
    numbers = re.findall(r"\d{5,}", guide["body"])
    assert set(numbers) <= {"12368"}
