"""Reading stories and guides."""

from __future__ import annotations

from datetime import date

from portal.disclosure.lists import Wanted
from portal.disclosure.stories import (
    STORIES,
    list_guides,
    read_guide,
    read_story,
    recent_stories,
)


def test_stories_by_kind_newest_first(disclosure, rows):
    old = rows.story(published_on=date(2018, 4, 1))
    new = rows.story(published_on=date(2018, 5, 1), kind="风暴行动")
    assert STORIES.browse(disclosure, Wanted()).items == (new, old)
    assert STORIES.browse(disclosure, Wanted({"kind": "风暴行动"})).items == (new,)
    assert recent_stories(disclosure, 1) == [new]


def test_a_story_by_its_slug(disclosure, rows):
    story = rows.story("first-battle")
    assert read_story(disclosure, "first-battle") is story
    assert read_story(disclosure, "second-battle") is None


def test_guides_in_the_order_of_the_press_office(disclosure, rows):
    last, first = rows.guide("b", position=9), rows.guide("a", position=1)
    assert list_guides(disclosure) == [first, last]
    assert read_guide(disclosure, "a") is first
    assert read_guide(disclosure, "c") is None
