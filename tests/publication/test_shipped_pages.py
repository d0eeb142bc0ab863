"""Pages that come with the software: installed once, renewed while nobody touched them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest
from sqlalchemy import select

from portal.disclosure.articles import PublicGuide
from portal.press.content import StoryContent
from portal.press.errors import StoryError
from portal.press.models import Story, StoryReview, StoryState
from portal.press.shipped_pages import SHIPPED_AUTHOR, ShippedPage
from portal.press.workflow import save_story, submit_story, take_over_story
from portal.publication.errors import StoryHeld
from portal.publication.inspection import inspect_public
from portal.publication.shipped_pages import Installation, install_pages
from portal.publication.stories import withdraw_story
from portal.reference.inability import Topic
from portal.reference.press_forms import PressForm
from portal.registry.audit import AuditEntry
from portal.staff.accounts import create_account
from portal.staff.models import Role

NOW = datetime(2018, 10, 31, 2, tzinfo=UTC)
FACTS = {"section": "执行不能", "topic": Topic.CLUES}
CONTENT = StoryContent(
    "怎样提供线索", "一句导语。", "写清楚四件事。", form=PressForm.GUIDE, facts=FACTS, sources="甲"
)
PAGE = ShippedPage("clues", CONTENT)
NEWER = replace(PAGE, content=replace(CONTENT, body="写清楚五件事。"))


@pytest.fixture
def install(gate):
    return partial(install_pages, gate, "cli:operator", now=NOW)


@pytest.fixture
def story(gate):
    def read():
        with gate.stores.registry() as session:
            return session.scalars(select(Story)).one()

    return read


@pytest.fixture
def row(gate):
    def read():
        with gate.stores.disclosure() as public:
            return public.scalars(select(PublicGuide)).one_or_none()

    return read


def test_a_page_is_public_in_its_place_and_no_review_is_claimed(gate, install, story, row):
    assert install([PAGE]) == Installation(("clues",), (), ())
    shown = row()
    assert (shown.topic, shown.lead, shown.sources) == (Topic.CLUES, "一句导语。", "甲")
    assert shown.updated_on == date(2018, 10, 31)
    assert (story().author, story().signed_by) == (SHIPPED_AUTHOR, "")
    with gate.stores.registry() as session:
        assert session.scalars(select(StoryReview)).all() == []
        acts = session.execute(select(AuditEntry.actor, AuditEntry.act).order_by(AuditEntry.id))
        assert [tuple(each) for each in acts] == [
            (SHIPPED_AUTHOR, "story.create"),
            ("cli:operator", "story.publish"),
        ]
    assert inspect_public(gate).leaks == ()


def test_installing_again_changes_nothing(install, row):
    install([PAGE])
    before = row().released_at
    assert install([PAGE]) == Installation((), (), ("clues",))
    assert row().released_at == before


def test_newer_words_replace_untouched_ones_and_the_page_says_so(install, row):
    install([PAGE])
    assert install([NEWER]).renewed == ("clues",)
    assert "五件事" in row().body_html
    assert [note["note"] for note in row().corrections] == ["文字随软件更新。"]
    assert install([NEWER]).left == ("clues",)


def test_a_page_the_court_took_over_is_its_own(gate, install, story, row):
    install([PAGE])
    take_over_story(gate.stores.registry, story().id, revision=1, actor="editor")
    assert install([NEWER]).left == ("clues",)
    text = replace(CONTENT, body="本院的说明。", correction="按本院情况改写。")
    save_story(gate.stores.registry, story().id, text, revision=1, actor="editor")
    submit_story(gate.stores.registry, story().id, revision=2, actor="editor")
    assert story().state == StoryState.FIRST
    assert "四件事" in row().body_html, "what was public stays until the new text is signed"


def test_a_withdrawn_page_does_not_come_back(gate, install, row):
    install([PAGE])
    withdraw_story(gate, "clues", "chief", "另行编写", signer=True)
    assert install([NEWER]).left == ("clues",)
    assert row() is None


def test_drafts_wait_for_an_editor_and_a_later_run_may_publish_them(install, story, row):
    install([PAGE], as_drafts=True)
    assert (story().state, row()) == (StoryState.DRAFT, None)
    assert install([NEWER], as_drafts=True).renewed == ("clues",)
    assert install([NEWER]).renewed == ("clues",)
    assert "五件事" in row().body_html and row().corrections == []


def test_a_page_with_private_data_is_not_published(install, row):
    bad = replace(PAGE, content=replace(CONTENT, body="请拨打13904170001。"))
    with pytest.raises(StoryHeld):
        install([bad])
    assert row() is None


def test_only_what_has_no_author_at_work_is_taken_over(gate, install, story):
    install([PAGE])
    registry = gate.stores.registry
    take_over_story(registry, story().id, revision=1, actor="李编辑")
    create_account(registry, "李编辑", Role.EDITOR, "lan-tian-bai-yun", actor="shell")
    with pytest.raises(StoryError, match="仍在岗"):
        take_over_story(registry, story().id, revision=1, actor="王编辑")
