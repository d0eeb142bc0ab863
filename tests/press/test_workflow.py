from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.press.checklists import CHECKLISTS, Step
from portal.press.content import MAX_BODY, StoryContent, read_content
from portal.press.errors import StoryChanged, StoryError
from portal.press.models import Story, StoryState
from portal.press.queries import (
    compare_contents,
    count_stories,
    find_story,
    list_stories,
    read_revision,
    story_history,
)
from portal.press.workflow import (
    create_story,
    is_live,
    pass_story,
    recall_story,
    restore_revision,
    return_story,
    save_story,
    submit_story,
)
from portal.registry.audit import AuditEntry, first_broken_entry

Registry = sessionmaker[Session]
TEXT = StoryContent("执行工作取得成效", "一句导语。", "第一段。\n\n第二段。")
EDITOR = "李编辑"


@pytest.fixture
def draft(registry: Registry) -> int:
    return create_story(registry, TEXT, actor=EDITOR)


def story(registry: Registry, story_id: int) -> Story:
    found = find_story(registry, story_id)
    assert found is not None
    return found


def set_state(registry: Registry, story_id: int, state: StoryState) -> None:
    """Put a story where the gate would have put it."""
    with registry.begin() as session:
        row = session.get_one(Story, story_id)
        row.state, row.published_at = state, datetime(2018, 4, 8, tzinfo=UTC)


def acts(registry: Registry) -> list[tuple[str, str]]:
    with registry() as session:
        assert first_broken_entry(session) is None
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(entry.actor, entry.act) for entry in entries]


def test_a_new_story_is_a_sanitised_draft_of_its_author(registry: Registry) -> None:
    text = replace(TEXT, body="<p hx-get=/x>甲<script>alert(1)</script></p>")
    created = story(registry, create_story(registry, text, actor=EDITOR))
    assert (created.state, created.author, created.revision) == (StoryState.DRAFT, EDITOR, 1)
    assert read_content(created.content).body_html == "<p>甲</p>"
    assert acts(registry) == [(EDITOR, "story.create")]


def test_the_address_is_made_of_day_and_number_and_names_nobody(registry: Registry) -> None:
    # Half past midnight in Yingkou is still the day before in UTC.
    with time_machine.travel(datetime(2018, 4, 7, 16, 30, tzinfo=UTC), tick=False):
        made = [story(registry, create_story(registry, TEXT, actor=EDITOR)) for _ in range(2)]
    assert [row.slug for row in made] == [f"20180408-{row.id}" for row in made]
    assert all(re.fullmatch(r"[0-9-]+", row.slug) for row in made)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (replace(TEXT, title=" \n "), "请填写标题"),
        (replace(TEXT, title="题" * 61), "标题不能超过"),
        (replace(TEXT, lead="导" * 301), "导语不能超过"),
        (replace(TEXT, body="文" * (MAX_BODY + 1)), "正文不能超过"),
    ],
)
def test_a_text_that_does_not_fit_is_refused(
    registry: Registry, draft: int, text: StoryContent, reason: str
) -> None:
    with pytest.raises(StoryError, match=reason):
        create_story(registry, text, actor=EDITOR)
    with pytest.raises(StoryError, match=reason):
        save_story(registry, draft, text, revision=1, actor=EDITOR)
    assert story(registry, draft).title == TEXT.title


def test_titles_and_leads_are_single_lines_of_visible_characters(registry: Registry) -> None:
    text = replace(TEXT, title=" 标\x00题\u202e\n 二 ", lead="导\t语")
    created = story(registry, create_story(registry, text, actor=EDITOR))
    assert (created.title, created.content["lead"]) == ("标 题 二", "导 语")


def test_saving_makes_a_new_revision_only_when_something_changed(
    registry: Registry, draft: int
) -> None:
    save_story(registry, draft, TEXT, revision=1, actor=EDITOR)
    assert story(registry, draft).revision == 1
    save_story(registry, draft, replace(TEXT, title="新标题"), revision=1, actor=EDITOR)
    assert (story(registry, draft).revision, story(registry, draft).title) == (2, "新标题")
    assert acts(registry) == [(EDITOR, "story.create"), (EDITOR, "story.save")]


def test_a_second_window_does_not_overwrite_the_first(registry: Registry, draft: int) -> None:
    save_story(registry, draft, replace(TEXT, title="甲窗口"), revision=1, actor=EDITOR)
    with pytest.raises(StoryChanged):
        save_story(registry, draft, replace(TEXT, title="乙窗口"), revision=1, actor=EDITOR)
    assert story(registry, draft).title == "甲窗口"


def test_only_the_author_changes_submits_and_recalls(registry: Registry, draft: int) -> None:
    for act in (submit_story, recall_story):
        with pytest.raises(StoryError, match="只有作者本人"):
            act(registry, draft, revision=1, actor="别的编辑")
    with pytest.raises(StoryError, match="只有作者本人"):
        save_story(registry, draft, replace(TEXT, title="新"), revision=1, actor="别的编辑")


def test_a_submitted_story_is_fixed_until_it_is_recalled(registry: Registry, draft: int) -> None:
    submit_story(registry, draft, revision=1, actor=EDITOR)
    with pytest.raises(StoryError, match="须先收回"):
        save_story(registry, draft, replace(TEXT, title="新"), revision=1, actor=EDITOR)
    with pytest.raises(StoryError, match="只有草稿"):
        submit_story(registry, draft, revision=1, actor=EDITOR)
    recall_story(registry, draft, revision=1, actor=EDITOR)
    assert story(registry, draft).state == StoryState.DRAFT
    with pytest.raises(StoryError, match="不能收回"):
        recall_story(registry, draft, revision=1, actor=EDITOR)


@pytest.mark.parametrize("body", ["", "\n \n", "<p> <br> </p>", "<script>x</script>"])
def test_an_empty_story_cannot_be_submitted(registry: Registry, body: str) -> None:
    empty = create_story(registry, replace(TEXT, body=body), actor=EDITOR)
    with pytest.raises(StoryError, match="正文还是空的"):
        submit_story(registry, empty, revision=1, actor=EDITOR)


def test_a_returned_story_carries_its_comment_in_the_history(
    registry: Registry, draft: int
) -> None:
    submit_story(registry, draft, revision=1, actor=EDITOR)
    return_story(registry, draft, "第二段\n请核实数字。", revision=1, actor="赵负责人")
    returned = story(registry, draft)
    assert returned.state == StoryState.DRAFT
    last = story_history(registry, returned.slug)[-1]
    assert (last.actor, last.act) == ("赵负责人", "story.return")
    assert last.detail == {
        "revision": 1,
        "step": "first",
        "comment": "第二段 请核实数字。",
    }


def test_returning_needs_a_comment_and_a_submitted_story(registry: Registry, draft: int) -> None:
    with pytest.raises(StoryError, match="不能退回"):
        return_story(registry, draft, "意见", revision=1, actor="赵负责人")
    submit_story(registry, draft, revision=1, actor=EDITOR)
    with pytest.raises(StoryError, match="须写明意见"):
        return_story(registry, draft, "  ", revision=1, actor="赵负责人")
    with pytest.raises(StoryError, match="不能超过"):
        return_story(registry, draft, "字" * 501, revision=1, actor="赵负责人")


def test_editing_a_published_story_leaves_the_signed_text_online(
    registry: Registry, draft: int
) -> None:
    set_state(registry, draft, StoryState.PUBLISHED)
    save_story(registry, draft, replace(TEXT, title="新"), revision=1, actor=EDITOR)
    edited = story(registry, draft)
    assert edited.state == StoryState.DRAFT
    assert is_live(edited)


def test_editing_a_withdrawn_story_does_not_make_it_look_online(
    registry: Registry, draft: int
) -> None:
    set_state(registry, draft, StoryState.WITHDRAWN)
    assert not is_live(story(registry, draft))
    save_story(registry, draft, replace(TEXT, title="新"), revision=1, actor=EDITOR)
    assert not is_live(story(registry, draft))


def test_an_unknown_story_is_said_to_be_unknown(registry: Registry) -> None:
    with pytest.raises(StoryError, match="没有这篇稿件"):
        submit_story(registry, 404, revision=1, actor=EDITOR)
    assert find_story(registry, 404) is None


def test_lists_are_by_state_newest_change_first_and_paged(registry: Registry) -> None:
    made = [create_story(registry, TEXT, actor=EDITOR) for _ in range(3)]
    submit_story(registry, made[0], revision=1, actor=EDITOR)
    page, total = list_stories(registry, state=None, limit=2, offset=0)
    assert ([row.id for row in page], total) == ([made[0], made[2]], 3)
    page, total = list_stories(registry, state=StoryState.DRAFT, limit=10, offset=1)
    assert ([row.id for row in page], total) == ([made[1]], 2)
    waiting = {StoryState.DRAFT: 2, StoryState.FIRST: 1}
    assert count_stories(registry) == dict.fromkeys(StoryState, 0) | waiting


def pass_as(registry: Registry, story_id: int, step: Step, actor: str, **changed: object) -> None:
    """Pass a review with everything ticked."""
    fields: dict[str, object] = {"ticked": CHECKLISTS[step], "revision": 1}
    pass_story(registry, story_id, step, actor=actor, **(fields | changed))  # type: ignore[arg-type]


def test_each_review_is_another_persons(registry: Registry, draft: int) -> None:
    submit_story(registry, draft, revision=1, actor=EDITOR)
    with pytest.raises(StoryError, match="自己撰写"):
        pass_as(registry, draft, Step.FIRST, EDITOR)
    pass_as(registry, draft, Step.FIRST, "钱一审")
    with pytest.raises(StoryError, match="下一审须由他人"):
        pass_as(registry, draft, Step.SECOND, "钱一审")
    pass_as(registry, draft, Step.SECOND, "孙二审")
    assert story(registry, draft).state == StoryState.THIRD
    with pytest.raises(StoryError, match="签发人"):
        pass_as(registry, draft, Step.THIRD, "赵负责人")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"ticked": ()}, "逐项核对"),
        ({"ticked": ("private", "names", "typing")}, "人脸、车牌"),
        # A second reader who opened the first review does not pass the second by it.
        ({"step": Step.SECOND}, "不在这一审"),
        ({"revision": 2}, "已有变动"),
    ],
)
def test_a_review_needs_its_whole_list_at_its_turn(
    registry: Registry, draft: int, changed: dict[str, object], reason: str
) -> None:
    submit_story(registry, draft, revision=1, actor=EDITOR)
    step = changed.pop("step", Step.FIRST)
    with pytest.raises(StoryError, match=reason):
        pass_as(registry, draft, Step(str(step)), "钱一审", **changed)
    assert story(registry, draft).state == StoryState.FIRST


def test_a_returned_story_starts_its_reviews_anew(registry: Registry, draft: int) -> None:
    submit_story(registry, draft, revision=1, actor=EDITOR)
    pass_as(registry, draft, Step.FIRST, "钱一审")
    return_story(registry, draft, "请核实", revision=1, actor="孙二审")
    submit_story(registry, draft, revision=1, actor=EDITOR)
    assert story(registry, draft).state == StoryState.FIRST
    pass_as(registry, draft, Step.FIRST, "孙二审")


def test_an_old_revision_comes_back_as_a_new_one(registry: Registry, draft: int) -> None:
    save_story(registry, draft, replace(TEXT, title="二"), revision=1, actor=EDITOR)
    restore_revision(registry, draft, 1, revision=2, actor=EDITOR)
    restored = story(registry, draft)
    assert (restored.revision, restored.title) == (3, TEXT.title)
    old, new = read_revision(registry, draft, 2), read_revision(registry, draft, 3)
    assert old is not None and new is not None
    changes = compare_contents(old, new)
    assert [(change.label, change.lines) for change in changes] == [
        ("标题", (("-", "二"), ("+", TEXT.title)))
    ]
    with pytest.raises(StoryError, match="没有这一版"):
        restore_revision(registry, draft, 9, revision=3, actor=EDITOR)


def test_a_change_of_a_live_story_needs_a_public_note(registry: Registry, draft: int) -> None:
    set_state(registry, draft, StoryState.PUBLISHED)
    save_story(registry, draft, replace(TEXT, title="新"), revision=1, actor=EDITOR)
    with pytest.raises(StoryError, match="更正说明"):
        submit_story(registry, draft, revision=2, actor=EDITOR)
    noted = replace(TEXT, title="新", correction="更正了标题。")
    save_story(registry, draft, noted, revision=2, actor=EDITOR)
    submit_story(registry, draft, revision=3, actor=EDITOR)
