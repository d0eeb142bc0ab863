"""The file of a notice: to be kept under its number and title, or gone."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from portal.disclosure.articles import PublicAttachment, PublicNotice
from tests.conftest import RELEASED_AT
from tests.papers import paper

NAME = "ab" * 20
FACTS = {
    "number": "演示〔2018〕9号", "issued_on": "2018-04-08",
    "issuer": "本院", "status": "已废止",
}  # fmt: skip


@pytest.fixture
def notice(disclosure):
    """A 规范性文件 with a file; keyword arguments replace fields."""

    def make(slug="n", **fields):
        row = PublicNotice(
            slug=slug,
            form="regulation",
            published_on=RELEASED_AT.date(),
            version=1,
            released_at=RELEASED_AT,
            attachment={"name": NAME, "pages": 2, "size": 3000},
            **{"title": "执行信息公开规定", "facts": FACTS} | fields,
        )
        disclosure.add(row)
        disclosure.add(PublicAttachment(name=NAME, notice_slug=slug, data=paper()))
        disclosure.commit()

    return make


def test_the_page_tells_what_the_file_is_and_the_file_what_it_is_called(checked, notice):
    notice()
    text = checked.get("/notices/n").text
    assert f'href="/notices/n/{NAME}.pdf"' in text
    for words in ("PDF，2 页，3 KB", "演示〔2018〕9号", "2018年4月8日", "已废止"):
        assert words in text
    assert "PDF 2 页" in checked.get("/notices").text
    answer = checked.get(f"/notices/n/{NAME}.pdf")
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert answer.data == paper()
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert "演示〔2018〕9号 执行信息公开规定.pdf" in unquote(disposition)
    assert disposition.isascii()
    # Asked for again each time: what was withdrawn must be gone from every cache at once.
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    tag = answer.headers["ETag"]
    assert not tag.startswith("W/")
    again = checked.get(f"/notices/n/{NAME}.pdf", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ('a/b\\c:d*e?f"g<h>i|j', "演示〔2018〕9号 a b c d e f g h i j.pdf"),
        ("附件\u202efdp.exe", "演示〔2018〕9号 附件 fdp.exe.pdf"),
        ("长" * 300, f"演示〔2018〕9号 {'长' * 89}.pdf"),
        ("..", "演示〔2018〕9号.pdf"),
    ],
)
def test_a_title_makes_a_name_that_every_system_takes(checked, notice, title, name):
    notice(title=title)
    disposition = checked.get(f"/notices/n/{NAME}.pdf").headers["Content-Disposition"]
    assert unquote(disposition.partition("filename*=UTF-8''")[2]) == name


def test_a_file_belongs_to_its_notice_and_is_gone_with_it(checked, notice, rows):
    notice()
    rows.tombstone(f"/notices/m/{NAME}.pdf", "该报道已由法院撤下。")
    rows.tombstone(f"/notices/n/{'cd' * 20}.pdf", "这份文件已更换或者撤下，请查看公告页面。")
    for address, status in (
        (f"/notices/n/{'ef' * 20}.pdf", 404),
        (f"/notices/other/{NAME}.pdf", 404),
        (f"/notices/m/{NAME}.pdf", 410),
        (f"/notices/n/{'cd' * 20}.pdf", 410),
        ("/notices/n/%2e%2e.pdf", 404),
    ):
        assert checked.get(address).status_code == status


def test_a_notice_without_a_file_offers_none(checked, notice, disclosure):
    notice()
    disclosure.query(PublicNotice).update({"attachment": {}})
    disclosure.commit()
    assert "文件下载" not in checked.get("/notices/n").text
    assert "PDF" not in checked.get("/notices").text
