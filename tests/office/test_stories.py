from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.disclosure.articles import PublicStory
from portal.press.models import Story
from portal.publication.gate import Gate
from portal.staff.accounts import create_account
from portal.staff.models import Account, Role

TEXT = {
    "kind": "执行成效",
    "title": "三件案件当天执结",
    "lead": "上午立案，下午发放。",
    "body": "执行干警来到工地。\n\n被执行人张某当场履行。",
}


@pytest.fixture
def editor(person: Callable[..., Any]) -> Any:
    return person(Role.EDITOR)


@pytest.fixture
def chief(person: Callable[..., Any]) -> Any:
    return person(Role.PRESS_CHIEF)


def online(gate: Gate) -> dict[str, str]:
    with gate.stores.disclosure() as public:
        return {story.title: story.body_html for story in public.scalars(select(PublicStory))}


def draft(editor: Any, **fields: str) -> str:
    answer = editor.submit("/stories/new", "/stories/new", **TEXT | fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def submitted(editor: Any, **fields: str) -> str:
    page = draft(editor, **fields)
    assert editor.submit(f"{page}/submit", revision="1").status_code == 303
    return page


def test_from_the_editor_to_the_public(
    editor: Any, chief: Any, gate: Gate, acts: Callable[..., Any]
) -> None:
    page = submitted(editor)
    assert chief.submit(f"{page}/sign", revision="1").status_code == 303
    assert online(gate) == {
        "三件案件当天执结": "<p>执行干警来到工地。</p>\n<p>被执行人张某当场履行。</p>"
    }
    assert [(actor, act) for actor, act, _ in acts("story")] == [
        ("editor1", "story.create"),
        ("editor1", "story.submit"),
        ("press_chief1", "story.publish"),
    ]


def test_the_preview_shows_the_sanitised_text_and_saves_nothing(
    editor: Any, registry: sessionmaker[Session]
) -> None:
    body = "<p hx-get='/x'>正文<script>alert(1)</script></p>"
    answer = editor.submit("/stories/new", "/stories/new", preview="1", **TEXT | {"body": body})
    assert answer.status_code == 200
    assert "预览（尚未保存）" in answer.text
    assert "<p>正文</p>" in answer.text
    assert "&lt;script&gt;" in answer.text, "the text box keeps what was typed"
    with registry() as session:
        assert session.scalars(select(Story)).all() == []


def test_private_data_is_named_without_being_repeated_and_bars_signing(
    editor: Any, chief: Any, gate: Gate
) -> None:
    page = submitted(editor, body="请致电被执行人王小虎，手机 138 0417 0001。")
    shown = chief.get(page).text
    assert "正文：联系电话" in shown
    answer = chief.submit(f"{page}/sign", revision="1")
    assert answer.status_code == 422
    assert '<a href="#checks">正文：联系电话' in answer.text
    assert online(gate) == {}


def test_nobody_signs_what_he_wrote_even_after_a_change_of_office(
    editor: Any, gate: Gate, registry: sessionmaker[Session]
) -> None:
    page = submitted(editor)
    with registry.begin() as session:
        account = session.scalars(select(Account).where(Account.name == "editor1")).one()
        account.role = Role.PRESS_CHIEF
    assert "须由他人签发" in editor.get(page).text
    answer = editor.submit(f"{page}/sign", revision="1")
    assert answer.status_code == 422
    assert "不能签发自己撰写的稿件" in answer.text
    assert online(gate) == {}


def test_what_was_changed_after_reading_is_not_signed(editor: Any, chief: Any, gate: Gate) -> None:
    page = submitted(editor)
    editor.submit(f"{page}/recall", revision="1")
    editor.submit(f"{page}/edit", page + "/edit", revision="1", **TEXT | {"title": "换了题目"})
    editor.submit(f"{page}/submit", revision="2")
    answer = chief.submit(f"{page}/sign", revision="1")
    assert answer.status_code == 422
    assert "已有变动" in answer.text
    assert online(gate) == {}


def test_a_returned_story_comes_back_with_its_comment(editor: Any, chief: Any) -> None:
    page = submitted(editor)
    refused = chief.submit(f"{page}/return", revision="1", comment=" ")
    assert (refused.status_code, '<a href="#comment">' in refused.text) == (422, True)
    assert chief.submit(f"{page}/return", revision="1", comment="请核实数字").status_code == 303
    shown = editor.get(page).text
    assert "意见：请核实数字" in shown
    assert "提交签发" in shown


def test_editing_a_live_story_leaves_the_signed_text_up(
    editor: Any, chief: Any, gate: Gate
) -> None:
    page = submitted(editor)
    chief.submit(f"{page}/sign", revision="1")
    edit = editor.get(f"{page}/edit").text
    assert "执行干警来到工地。\n\n被执行人张某当场履行。" in edit, "plain lines come back plain"
    editor.submit(f"{page}/edit", revision="1", **TEXT | {"title": "新题目"})
    assert list(online(gate)) == ["三件案件当天执结"]
    assert "旧版在线" in editor.get("/stories").text
    editor.submit(f"{page}/submit", revision="2")
    chief.submit(f"{page}/sign", revision="2")
    assert list(online(gate)) == ["新题目"]


@pytest.mark.parametrize("edited_first", [False, True])
def test_a_live_story_can_be_withdrawn_with_a_reason(
    editor: Any, chief: Any, gate: Gate, edited_first: bool
) -> None:
    page = submitted(editor)
    chief.submit(f"{page}/sign", revision="1")
    if edited_first:
        editor.submit(f"{page}/edit", revision="1", **TEXT | {"title": "新题目"})
    assert chief.submit(f"{page}/withdraw", reason="").status_code == 422
    assert online(gate) != {}
    assert chief.submit(f"{page}/withdraw", reason="数字有误").status_code == 303
    assert online(gate) == {}
    assert "从公众网站撤回" not in chief.get(page).text


def test_a_text_that_does_not_fit_keeps_what_was_typed(editor: Any) -> None:
    answer = editor.submit("/stories/new", "/stories/new", **TEXT | {"title": "题" * 61})
    assert answer.status_code == 422
    assert '<a href="#title">标题不能超过' in answer.text
    assert "执行干警来到工地" in answer.text


def test_a_long_story_gets_through_the_form(editor: Any, registry: sessionmaker[Session]) -> None:
    draft(editor, body="长" * 99_000)
    with registry() as session:
        assert len(session.scalars(select(Story)).one().body_html) > 99_000


def test_a_second_window_is_told_that_the_text_moved_on(editor: Any) -> None:
    page = draft(editor)
    editor.submit(f"{page}/edit", revision="1", **TEXT | {"title": "甲"})
    answer = editor.submit(f"{page}/edit", revision="1", **TEXT | {"title": "乙"})
    assert answer.status_code == 422
    assert "已有变动" in answer.text
    assert 'name="revision" value="1"' in answer.text, "it must not quietly become the newest"


def test_another_editor_reads_but_does_not_touch(
    editor: Any, office_app: Any, registry: sessionmaker[Session]
) -> None:
    page = draft(editor)
    create_account(registry, "李编辑", Role.EDITOR, "yuan-shan-ru-dai", actor="shell")
    other = office_app.test_client()
    other.sign_in("李编辑", "yuan-shan-ru-dai")
    assert "作者操作" not in other.get(page).text
    assert other.submit(f"{page}/edit", revision="1", **TEXT | {"title": "改"}).status_code == 422
    assert other.submit(f"{page}/submit", revision="1").status_code == 422


@pytest.mark.parametrize(
    ("state", "count"), [("draft", 1), ("submitted", 1), ("published", 0), ("nonsense", 2)]
)
def test_stories_are_listed_by_state(editor: Any, state: str, count: int) -> None:
    draft(editor)
    submitted(editor)
    page = editor.get(f"/stories?state={state}").text
    assert page.count('<th scope="row"') == count


@pytest.mark.parametrize("path", ["/stories/9", "/stories/9/edit"])
def test_an_unknown_story_is_missing(editor: Any, path: str) -> None:
    assert editor.get(path).status_code == 404
