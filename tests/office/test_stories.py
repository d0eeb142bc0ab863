from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.disclosure.articles import PublicPicture, PublicStory
from portal.press.checklists import CHECKLISTS, Step
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
def first(person: Callable[..., Any]) -> Any:
    return person(Role.PRESS_REVIEWER)


@pytest.fixture
def second(office_app: Any, registry: sessionmaker[Session]) -> Any:
    password = "yuan-shan-ru-dai"
    role = Role.PRESS_REVIEWER
    create_account(registry, "孙二审", role, password, actor="shell", provisional=False)
    client = office_app.test_client()
    client.sign_in("孙二审", password)
    return client


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


@pytest.fixture
def passed(editor: Any, first: Any, second: Any) -> Callable[..., str]:
    """Write a story and take it through two reviews; gives its page."""

    def write(page: str = "", revision: str = "1", **fields: str) -> str:
        page = page or submitted(editor, **fields)
        for reader, step in ((first, Step.FIRST), (second, Step.SECOND)):
            ticks = list(CHECKLISTS[step])
            answer = reader.submit(f"{page}/pass", revision=revision, step=step, check=ticks)
            assert answer.status_code == 303, answer.text
        return page

    return write


def sign(chief: Any, page: str, revision: str = "1", **fields: str) -> Any:
    ticks = list(CHECKLISTS[Step.THIRD])
    return chief.submit(f"{page}/sign", revision=revision, check=ticks, **fields)


def test_from_the_editor_to_the_public(
    passed: Callable[..., str], chief: Any, gate: Gate, acts: Callable[..., Any]
) -> None:
    page = passed()
    assert sign(chief, page).status_code == 303
    assert online(gate) == {
        "三件案件当天执结": "<p>执行干警来到工地。</p>\n<p>被执行人张某当场履行。</p>"
    }
    assert [(actor, act) for actor, act, _ in acts("story")] == [
        ("editor1", "story.create"),
        ("editor1", "story.submit"),
        ("press_reviewer1", "story.pass"),
        ("孙二审", "story.pass"),
        ("press_chief1", "story.sign"),
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
    passed: Callable[..., str], chief: Any, gate: Gate
) -> None:
    page = passed(body="请致电被执行人王小虎，手机 138 0417 0001。")
    shown = chief.get(page).text
    assert "正文：联系电话" in shown
    answer = sign(chief, page)
    assert answer.status_code == 422
    assert '<a href="#checks">正文：联系电话' in answer.text
    assert online(gate) == {}


def test_nobody_signs_what_he_wrote_even_after_a_change_of_office(
    editor: Any, passed: Callable[..., str], gate: Gate, registry: sessionmaker[Session]
) -> None:
    page = passed()
    with registry.begin() as session:
        account = session.scalars(select(Account).where(Account.name == "editor1")).one()
        account.role = Role.PRESS_CHIEF
    assert "须由他人审核、签发" in editor.get(page).text
    answer = sign(editor, page)
    assert answer.status_code == 422
    assert "不能审核、签发自己撰写的稿件" in answer.text
    assert online(gate) == {}


def test_what_was_changed_after_reading_is_not_signed(
    editor: Any, passed: Callable[..., str], chief: Any, gate: Gate
) -> None:
    page = passed()
    editor.submit(f"{page}/recall", revision="1")
    editor.submit(f"{page}/edit", page + "/edit", revision="1", **TEXT | {"title": "换了题目"})
    editor.submit(f"{page}/submit", revision="2")
    answer = sign(chief, page)
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
    assert "提交审核" in shown


def test_editing_a_live_story_leaves_the_signed_text_up(
    editor: Any, passed: Callable[..., str], chief: Any, gate: Gate
) -> None:
    page = passed()
    sign(chief, page)
    edit = editor.get(f"{page}/edit").text
    assert "执行干警来到工地。\n\n被执行人张某当场履行。" in edit, "the source comes back as typed"
    new = TEXT | {"title": "新题目"}
    editor.submit(f"{page}/edit", revision="1", **new)
    assert list(online(gate)) == ["三件案件当天执结"]
    assert "旧版在线" in editor.get("/stories").text
    refused = editor.submit(f"{page}/submit", revision="2")
    assert (refused.status_code, 'id="correction-error"' in refused.text) == (422, True)
    editor.submit(f"{page}/edit", revision="2", **new, correction="更正了标题中的件数。")
    editor.submit(f"{page}/submit", revision="3")
    passed(page, "3")
    assert list(online(gate)) == ["三件案件当天执结"]
    sign(chief, page, "3")
    assert list(online(gate)) == ["新题目"]
    with gate.stores.disclosure() as public:
        (note,) = public.scalars(select(PublicStory.corrections)).one()
    assert note["note"] == "更正了标题中的件数。"


@pytest.mark.parametrize("edited_first", [False, True])
def test_a_live_story_can_be_withdrawn_with_a_reason(
    editor: Any, passed: Callable[..., str], chief: Any, gate: Gate, edited_first: bool
) -> None:
    page = passed()
    sign(chief, page)
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
    draft(editor, body="长" * 15_000)
    with registry() as session:
        assert len(session.scalars(select(Story)).one().content["body"]) == 15_000


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
    password = "yuan-shan-ru-dai"
    create_account(registry, "李编辑", Role.EDITOR, password, actor="shell", provisional=False)
    other = office_app.test_client()
    other.sign_in("李编辑", password)
    assert "作者操作" not in other.get(page).text
    assert other.submit(f"{page}/edit", revision="1", **TEXT | {"title": "改"}).status_code == 422
    assert other.submit(f"{page}/submit", revision="1").status_code == 422


@pytest.mark.parametrize(
    ("state", "count"), [("draft", 1), ("first_review", 1), ("published", 0), ("nonsense", 2)]
)
def test_stories_are_listed_by_state(editor: Any, state: str, count: int) -> None:
    draft(editor)
    submitted(editor)
    page = editor.get(f"/stories?state={state}").text
    assert page.count('<th scope="row"') == count


@pytest.mark.parametrize("path", ["/stories/9", "/stories/9/edit"])
def test_an_unknown_story_is_missing(editor: Any, path: str) -> None:
    assert editor.get(path).status_code == 404


def test_two_revisions_are_compared_and_one_is_restored(editor: Any) -> None:
    page = draft(editor)
    editor.submit(f"{page}/edit", revision="1", **TEXT | {"lead": "新的导语。"})
    shown = editor.get(f"{page}/revisions").text
    assert "新的导语。</ins>" in shown and "上午立案，下午发放。</del>" in shown
    assert editor.submit(f"{page}/restore", revision="2", number="1").status_code == 303
    assert "新的导语。" not in editor.get(page).text
    assert editor.get(f"{page}/revisions?before=9").status_code == 404


def test_a_signed_story_waits_for_its_hour_and_says_so(
    passed: Callable[..., str], editor: Any, chief: Any, gate: Gate
) -> None:
    page = passed()
    refused = sign(chief, page, go_live_at="soon")
    assert (refused.status_code, "#go_live_at" in refused.text) == (422, True)
    assert sign(chief, page, go_live_at="2099-01-01T09:00").status_code == 303
    assert online(gate) == {}
    assert "2099" in chief.get(page).text
    assert "portal stories due" in chief.get("/stories").text
    assert editor.submit(f"{page}/recall", revision="1").status_code == 303


@pytest.mark.parametrize("form", ["guide", "regulation", "reward", "reception", "channel"])
def test_every_form_has_its_fields_and_says_what_is_missing(editor: Any, form: str) -> None:
    address = f"/stories/new?form={form}"
    assert 'id="fact-' in editor.get(address).text
    answer = editor.submit("/stories/new", address, form=form, title="题目", body="正文")
    assert answer.status_code == 422
    assert "#fact-" in answer.text


def test_a_reward_notice_refuses_a_mobile_and_keeps_what_fits(editor: Any) -> None:
    fields = {
        "form": "reward", "title": "悬赏公告", "body": "提供线索。", "fact-debtor": "张某",
        "fact-case_number": "(2018)辽0803执123号", "fact-unpaid": "12,000元",
        "fact-reward": "执行到位金额的 10%", "fact-until": "2019-04-08",
    }  # fmt: skip
    for phone, status in (("13904170001", 422), ("0417-2890001", 303)):
        given = fields | {"fact-phone": phone}
        answer = editor.submit("/stories/new", "/stories/new?form=reward", **given)
        assert answer.status_code == status, answer.text
    shown = editor.get(str(answer.headers["Location"])).text
    assert "12,000.00 元" in shown and "（2018）辽0803执123号" in shown


def drawing() -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize((200, 150)).save(out, "PNG")
    return out.getvalue()


def test_a_picture_is_uploaded_described_and_published_as_its_pixels(
    editor: Any, passed: Callable[..., str], chief: Any, gate: Gate
) -> None:
    page = draft(editor)
    form = f"{page}/pictures"
    refused = editor.submit(form, form, revision="1", file=(BytesIO(b"<svg/>"), "a.png"))
    assert (refused.status_code, "不是可以使用的图片" in refused.text) == (422, True)
    answer = editor.submit(form, form, revision="1", file=(BytesIO(drawing()), "门楼.png"))
    assert answer.status_code == 303
    assert editor.get(f"{form}/1.jpg").content_type == "image/jpeg"
    assert editor.get(f"{form}/9.jpg").status_code == 404
    words = {"alt-1": "门楼", "caption-1": "揭牌当天"}
    for boxes, status in (("1 2 3", 422), ("0 0 1001 5", 422), ("100 100 200 200", 303)):
        answer = editor.submit(f"{form}/words", form, revision="2", **words, **{"boxes-1": boxes})
        assert answer.status_code == status
    assert editor.submit(f"{page}/submit", revision="3").status_code == 303
    assert "遮挡 1 处" in chief.get(page).text
    reviewed = chief.get(f"{form}/1/blurred.jpg").data
    assert reviewed != chief.get(f"{form}/1.jpg").data
    assert chief.get(f"{form}/9/blurred.jpg").status_code == 404
    passed(page, "3")
    assert sign(chief, page, "3").status_code == 303
    with gate.stores.disclosure() as public:
        (shown,) = public.scalars(select(PublicStory.pictures)).one()
        stored = public.scalars(select(PublicPicture)).one()
    assert stored.data == reviewed, "what the reviewers saw is what was published"
    assert (shown["alt"], shown["sizes"][0]["name"]) == ("门楼", stored.name)
    chief.submit(f"{page}/withdraw", reason="有误")
    with gate.stores.disclosure() as public:
        assert public.scalars(select(PublicPicture)).all() == []


def test_a_file_name_or_caption_that_names_a_person_bars_signing(
    editor: Any, passed: Callable[..., str], chief: Any, gate: Gate
) -> None:
    page = draft(editor)
    form = f"{page}/pictures"
    name = "被执行人王小虎13904170001.png"
    editor.submit(form, form, revision="1", file=(BytesIO(drawing()), name))
    editor.submit(f"{form}/words", form, revision="2", **{"alt-1": "门楼"})
    editor.submit(f"{page}/submit", revision="3")
    passed(page, "3")
    refused = sign(chief, page, "3")
    assert (refused.status_code, "图片1文件名：联系电话" in refused.text) == (422, True)
    assert online(gate) == {}


def test_a_story_whose_author_left_is_taken_over_once(
    editor: Any, office_app: Any, registry: sessionmaker[Session]
) -> None:
    page = draft(editor)
    assert "接手这篇稿件" not in editor.get(page).text
    password = "yuan-shan-ru-dai"
    create_account(registry, "王新编", Role.EDITOR, password, actor="shell", provisional=False)
    other = office_app.test_client()
    other.sign_in("王新编", "yuan-shan-ru-dai")
    assert other.submit(f"{page}/take-over", revision="1").status_code == 422
    with registry.begin() as session:
        session.scalars(select(Account).filter_by(name=f"{Role.EDITOR}1")).one().active = False
    assert "接手这篇稿件" in other.get(page).text
    assert other.submit(f"{page}/take-over", revision="1").status_code == 303
    assert "提交审核" in other.get(page).text and "接手这篇稿件" not in other.get(page).text


def test_a_guide_has_its_place_in_the_channel_and_its_sources(editor: Any) -> None:
    form = editor.get("/stories/new?form=guide").text
    assert 'id="fact-topic"' in form and "（不选）" in form and 'id="sources"' in form
    for topic, status in (("终本以后", 303), ("", 303), ("没有的主题", 422)):
        answer = editor.submit(
            "/stories/new", "/stories/new?form=guide", form="guide", title="题目", body="正文",
            sources="甲", **{"fact-section": "执行不能", "fact-topic": topic},
        )  # fmt: skip
        assert answer.status_code == status, topic
