"""The file of a 规范性文件 by clicking: uploaded, refused, looked at, taken out, shared."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.press.models import StoryAttachment
from portal.registry.audit import AuditEntry
from portal.staff.models import Role
from tests.papers import paper, spoiled, take_apart_here

TEXT = {
    "form": "regulation", "title": "执行信息公开规定", "body": "",
    "fact-number": "演示〔2018〕9号", "fact-issued_on": "2018-04-08",
    "fact-issuer": "本院", "fact-status": "现行有效",
}  # fmt: skip


@pytest.fixture
def editor(person: Callable[..., Any]) -> Any:
    return person(Role.EDITOR)


@pytest.fixture
def page(editor: Any) -> str:
    """The address of a draft of a 规范性文件."""
    answer = editor.submit("/stories/new", "/stories/new", **TEXT)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def upload(client: Any, page: str, data: bytes, name: str = "定稿.pdf", revision: str = "1") -> Any:
    form = f"{page}/file"
    return client.submit(form, form, revision=revision, file=(BytesIO(data), name))


def test_a_file_is_uploaded_read_compared_and_taken_out(
    editor: Any, page: str, registry: sessionmaker[Session]
) -> None:
    assert "附件文件（无）" in editor.get(page).text
    assert editor.submit(f"{page}/submit", page, revision="1").status_code == 422
    data = paper("第一条　公开。", *["续行。"] * 30)
    assert upload(editor, page, data).status_code == 303
    shown = editor.get(f"{page}/file").text
    assert "定稿.pdf" in shown and "第一条 公开。" in shown and "共 2 页" in shown
    assert "第一条 公开。" not in editor.get(f"{page}/file?page=2").text
    for odd in ("0", "99", "x", "-1"):
        assert editor.get(f"{page}/file?page={odd}").status_code == 200
    answer = editor.get(f"{page}/file/download.pdf")
    assert answer.data == take_apart_here(data)[1]
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert "定稿.pdf（2 页" in editor.get(f"{page}/revisions?before=1&after=2").text
    # The editor's form is not where the file is, and loses none of it.
    editor.submit(f"{page}/edit", f"{page}/edit", **TEXT | {"body": "正文。", "revision": "2"})
    assert editor.get(f"{page}/file/download.pdf").status_code == 200
    removed = editor.submit(f"{page}/file/remove", f"{page}/file", revision="3")
    assert removed.status_code == 303
    assert editor.get(f"{page}/file/download.pdf").status_code == 404
    again = editor.submit(f"{page}/file/remove", f"{page}/file", revision="4")
    assert (again.status_code, "没有附件文件" in again.text) == (422, True)
    history = editor.get(page).text
    assert "上传规范性文件附件" in history and "移除规范性文件附件" in history
    with registry() as session:
        (kept,) = session.scalars(select(StoryAttachment)).all()
        acts = select(AuditEntry.detail).where(AuditEntry.act == "story.attach")
        assert session.scalars(acts).one() == {"revision": 1, "file": kept.name, "pages": 2}
        assert kept.original == data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "请选择要上传的 PDF 文件"),
        (b"PK\x03\x04", "不是 PDF 文件"),
        (spoiled(lambda writer: writer.encrypt("secret")), "有密码"),
    ],
)
def test_a_refused_file_is_answered_in_the_same_form(
    editor: Any, page: str, data: bytes, reason: str
) -> None:
    answer = upload(editor, page, data)
    assert (answer.status_code, reason in answer.text) == (422, True)
    assert 'name="file"' in answer.text and 'href="#file"' in answer.text
    assert "附件文件（无）" in editor.get(page).text


def test_only_the_author_changes_a_file_and_only_of_such_a_document(
    editor: Any, page: str, person: Callable[..., Any]
) -> None:
    upload(editor, page, paper())
    reviewer, clerk = person(Role.PRESS_REVIEWER), person(Role.CLERK)
    shown = reviewer.get(f"{page}/file")
    assert shown.status_code == 200 and 'name="file"' not in shown.text
    for address in (f"{page}/file", f"{page}/file/remove"):
        assert reviewer.submit(address, revision="2").status_code == 403
        assert clerk.submit(address, revision="2").status_code == 403
    for address in (f"{page}/file", f"{page}/file/download.pdf"):
        assert clerk.get(address).status_code == 403
    story = {"kind": "执行成效", "title": "题目", "body": "正文"}
    other = str(editor.submit("/stories/new", "/stories/new", **story).headers["Location"])
    assert editor.get(f"{other}/file").status_code == 404
    assert "附件文件" not in editor.get(other).text
    assert editor.submit(f"{other}/file/remove", revision="1").status_code == 404
    # In a second window the text has moved on.
    stale = editor.submit(f"{page}/file/remove", f"{page}/file", revision="1")
    assert (stale.status_code, "变动" in stale.text) == (422, True)


def test_whoever_has_the_link_of_a_draft_gets_its_file(
    editor: Any, page: str, person: Callable[..., Any], office_app: Any
) -> None:
    upload(editor, page, paper())
    answer = editor.submit(f"{page}/links", page, days="1", revision="2")
    assert answer.status_code == 303
    told = editor.get(page).text.partition("请复制后发给需要的人：")[2]
    link = told.partition("</")[0].split()[0].removeprefix("http://localhost")
    stranger = office_app.test_client()
    assert f"{link}/file.pdf" in stranger.get(link).text
    file = stranger.get(f"{link}/file.pdf")
    assert file.data.startswith(b"%PDF-") and quote("执行信息公开规定") in str(file.headers)
    editor.submit(f"{page}/links/end", page)
    assert stranger.get(f"{link}/file.pdf").status_code == 404
