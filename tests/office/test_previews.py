"""A draft by its link: one revision, for some days, to whoever has the link and nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from portal.press.links import StoryLink
from portal.staff.models import Role

TEXT = {
    "kind": "执行成效",
    "title": "三件案件当天执结",
    "lead": "上午立案，下午发放。",
    "body": "执行干警来到**工地**。",
}


@pytest.fixture
def editor(person: Callable[..., Any]) -> Any:
    return person(Role.EDITOR)


@pytest.fixture
def page(editor: Any) -> str:
    """Address of a story of the editor's."""
    return str(editor.submit("/stories/new", "/stories/new", **TEXT).headers["Location"])


def share(who: Any, page: str, days: str = "3", revision: str = "1") -> str:
    """Make a link and return its path."""
    answer = who.submit(f"{page}/links", page, days=days, revision=revision)
    assert answer.status_code == 303, answer.text
    found = re.search(r"http://localhost(/preview/[\w-]{43})", who.get(page).text)
    assert found is not None
    return found[1]


def test_a_link_shows_the_draft_to_somebody_without_an_account(
    editor: Any, page: str, stranger: Any, acts: Callable[..., Any]
) -> None:
    link = share(editor, page)
    shown = stranger.get(link)
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
    assert "noindex" in shown.headers["X-Robots-Tag"]
    assert "<strong>工地</strong>" in shown.text
    assert "尚未发布的稿件" in shown.text
    assert "/stories" not in shown.text
    # The secret is told once, and kept nowhere.
    assert link not in editor.get(page).text
    assert [act for _, act, _ in acts("story.link")] == ["story.link"]


def test_a_link_goes_on_showing_the_revision_it_was_made_for(
    editor: Any, page: str, stranger: Any
) -> None:
    link = share(editor, page)
    editor.submit(f"{page}/edit", f"{page}/edit", revision="1", **TEXT | {"body": "改过了。"})
    assert "工地" in stranger.get(link).text
    assert "改过了" in stranger.get(share(editor, page, revision="2")).text


@pytest.mark.parametrize("ending", ["expired", "taken back", "guessed"])
def test_a_link_that_is_over_shows_nothing(
    editor: Any, page: str, stranger: Any, registry: sessionmaker[Session], ending: str
) -> None:
    link = share(editor, page, days="1")
    if ending == "expired":
        with registry.begin() as session:
            past = datetime.now(UTC) - timedelta(seconds=1)
            session.execute(update(StoryLink).values(expires_at=past))
    elif ending == "taken back":
        assert "收回全部链接" in editor.get(page).text
        editor.submit(f"{page}/links/end", page)
    else:
        link = link[:-1] + ("A" if link[-1] != "A" else "B")
    for address in (link, f"{link}/pictures/1"):
        answer = stranger.get(address)
        assert (answer.status_code, "三件案件" in answer.text) == (404, False)
    assert ("收回全部链接" in editor.get(page).text) == (ending == "guessed")


def test_what_may_not_be_signed_may_not_be_shared(
    editor: Any, registry: sessionmaker[Session]
) -> None:
    body = "被执行人秦椒榕，电话13904170001。"
    page = editor.submit("/stories/new", "/stories/new", **TEXT | {"body": body})
    answer = editor.submit(f"{page.headers['Location']}/links", days="1", revision="1")
    assert (answer.status_code, "13904170001" in answer.text.split("屏蔽检查")[0]) == (422, False)
    with registry() as session:
        assert session.scalars(select(StoryLink)).all() == []


@pytest.mark.parametrize(("days", "revision"), [("0", "1"), ("400", "1"), ("x", "1"), ("3", "7")])
def test_a_link_lasts_days_that_are_offered_and_is_made_of_what_was_read(
    editor: Any, page: str, days: str, revision: str
) -> None:
    assert editor.submit(f"{page}/links", page, days=days, revision=revision).status_code == 422


def test_a_picture_of_the_draft_comes_blurred_and_only_by_its_own_link(
    editor: Any, page: str, stranger: Any
) -> None:
    noise = Image.effect_noise((300, 300), 120).convert("RGB")
    out = BytesIO()
    noise.save(out, "PNG")
    file = (BytesIO(out.getvalue()), "图.png")
    editor.submit(f"{page}/pictures", f"{page}/pictures", revision="1", file=file)
    sharp = stranger.get(f"{share(editor, page, revision='2')}/pictures/1")
    words = {"alt-1": "图", "caption-1": "", "boxes-1": "0 0 1000 1000"}
    editor.submit(f"{page}/pictures/words", f"{page}/pictures", revision="2", **words)
    link = share(editor, page, revision="3")
    blurred = stranger.get(f"{link}/pictures/1")
    assert sharp.content_type == blurred.content_type == "image/jpeg"
    assert len(blurred.data) < len(sharp.data) / 3
    assert stranger.get(f"{link}/pictures/2").status_code == 404


def test_only_the_press_office_makes_links(person: Callable[..., Any], page: str) -> None:
    supervisor = person(Role.SUPERVISOR)
    assert "预览链接" not in supervisor.get(page).text
    assert supervisor.submit(f"{page}/links", days="1", revision="1").status_code == 403
    assert person(Role.PRESS_CHIEF).submit(f"{page}/links/end").status_code == 303
