"""Stories go public at once: they must hold nobody's private data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from portal.reference.vocabulary import StoryKind
from seed.press import build_stories

NUMBERS = ["（2018）辽0803执123号", "（2017）辽0881执9号"]
PRIVATE_FIELDS = (
    "name",
    "id_number",
    "address",
    "phone",
    "bank_account",
    "legal_representative",
    "birth_date",
)


def private_values(cases: list[dict[str, Any]]) -> Iterator[str]:
    for case in cases:
        for party in case["parties"]:
            yield from (party[field] for field in PRIVATE_FIELDS if field in party)
            yield from party.get("former_names", ())


def text_of(story: dict[str, str]) -> str:
    return "\n".join((story["title"], story["lead"], story["body"], story["author"]))


def test_every_kind_has_two_stories_and_there_are_fourteen() -> None:
    stories = build_stories(2018, NUMBERS)
    kinds = Counter(story["kind"] for story in stories)
    assert set(kinds) == set(StoryKind)
    assert min(kinds.values()) >= 2
    assert len(stories) >= 14


def test_stories_have_all_parts_and_come_oldest_first() -> None:
    stories = build_stories(2018, NUMBERS)
    fields = {"kind", "title", "lead", "body", "published_on", "author"}
    assert all(set(story) == fields and all(story.values()) for story in stories)
    days = [story["published_on"] for story in stories]
    assert days == sorted(days)
    assert all(re.fullmatch(r"2018-\d\d-\d\d", day) for day in days)


def test_bodies_are_plain_paragraphs() -> None:
    for story in build_stories(2018, NUMBERS):
        assert re.fullmatch(r"(<p>[^<>]+</p>\n?)+", story["body"])


def test_no_story_holds_a_private_value_of_any_case(demo_cases: list[dict[str, Any]]) -> None:
    told = "\n".join(text_of(story) for story in build_stories(2018, NUMBERS))
    assert [value for value in private_values(demo_cases) if value in told] == []


def test_no_story_holds_anything_shaped_like_an_identifier() -> None:
    for story in build_stories(2018, []):
        assert not re.search(r"\d{5,}|辽H|@|微信|号楼|单元", text_of(story))


def test_only_given_case_numbers_are_cited_and_none_without_them() -> None:
    cited = {
        number
        for story in build_stories(2018, NUMBERS)
        for number in re.findall(r"（\d{4}）辽\d+执\d+号", story["body"])
    }
    assert cited
    assert cited <= set(NUMBERS)
    assert not any("“（" in story["body"] for story in build_stories(2018, []))


def test_the_same_seed_cites_the_same_numbers() -> None:
    assert build_stories(9, NUMBERS) == build_stories(9, NUMBERS)
