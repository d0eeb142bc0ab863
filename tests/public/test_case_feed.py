"""The feed of one case: what changed and when, stable ids, nobody's name, nothing of the closed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

ATOM = "{http://www.w3.org/2005/Atom}"
SLUG = "2018-辽0803-执-123"
ADDRESS = f"/feeds/cases/{SLUG}.atom"


@pytest.fixture
def followed(rows):
    """A case in its second version, with people in every part of its page."""
    case = rows.case(
        "（2018）辽0803执123号",
        version=2,
        released_at=datetime(2018, 6, 1, 2, tzinfo=UTC),
        obligation="被执行人钱某偿还借款。",
        handler_name="林致远",
        parties=[{"role": "被执行人", "kind": "自然人", "name": "钱某1"}],
    )
    rows.event(case, "接谈", text="钱某1称暂无履行能力。")
    rows.debtor(case, name="钱多多")
    rows.note(
        case,
        version=2,
        at=datetime(2018, 6, 1, 2, tzinfo=UTC),
        why="执行法院更新了案件信息",
        changes=[{"part": "办理经过", "nodes": ["接谈"], "more": 0}],
    )
    rows.note(case, version=1, at=datetime(2018, 5, 2, 1, 30, tzinfo=UTC))
    return case


def read(checked, address=ADDRESS):
    response = checked.get(address)
    assert response.status_code == 200
    assert response.content_type == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.data)  # noqa: S314 - our own answer


def test_the_feed_tells_each_version(checked, followed):
    root = read(checked)
    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "（2018）辽0803执123号 第 2 版：执行法院更新了案件信息",
        "（2018）辽0803执123号 第 1 版：首次公开",
    ]
    assert entries[0].findtext(f"{ATOM}summary") == (
        "执行法院更新了案件信息：办理经过（新增：接谈）。"
    )
    assert entries[0].findtext(f"{ATOM}updated") == "2018-06-01T10:00:00+08:00"
    assert root.findtext(f"{ATOM}updated") == "2018-06-01T10:00:00+08:00"
    alternate = root.find(f"{ATOM}link[@rel='alternate']").get("href")
    assert unquote(alternate) == f"http://localhost/cases/{SLUG}"


def test_ids_stay_when_a_version_is_added_and_when_the_site_moves(checked, followed, disclosure):
    def ids(address=ADDRESS, host="localhost"):
        text = checked.get(address, headers={"Host": host}).data
        return [one.text for one in ElementTree.fromstring(text).iter(f"{ATOM}id")]  # noqa: S314

    before = ids()
    assert len(set(before)) == 3
    assert all(one.startswith("urn:uuid:") for one in before)
    assert ids(host="other.example") == before
    for note in followed.notes:
        note.position += 1
    disclosure.commit()
    assert ids() == before


def test_the_feed_names_nobody(checked, followed):
    text = checked.get(ADDRESS).text
    for name in ("钱某", "钱多多", "林致远", "履行能力", "偿还", "2108"):
        assert name not in text
    assert "买卖合同纠纷" not in text


def test_asking_again_costs_nothing_and_a_change_is_seen(checked, followed, rows):
    first = checked.get(ADDRESS)
    etag = first.headers["ETag"]
    again = checked.get(ADDRESS, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    # The tag is a digest of the public bytes: what the feed does not say does not move it.
    followed.handler_title = "法官"
    rows.session.commit()
    assert checked.get(ADDRESS).headers["ETag"] == etag
    rows.note(followed, position=-1, version=3, at=datetime(2018, 7, 1, tzinfo=UTC))
    assert checked.get(ADDRESS).headers["ETag"] != etag


def test_a_case_from_before_the_notes_has_an_empty_feed(checked, rows):
    rows.case("（2018）辽0803执123号")
    root = read(checked)
    assert root.findall(f"{ATOM}entry") == []
    assert root.findtext(f"{ATOM}updated") == "2018-05-02T09:30:00+08:00"


@pytest.mark.parametrize(
    ("written", "status"), [("（2018）辽0803执123号", 301), (f"{SLUG}-之一", 302)]
)
def test_any_number_of_the_case_leads_to_its_feed(checked, followed, written, status):
    response = checked.get(f"/feeds/cases/{written}.atom")
    assert response.status_code == status
    assert unquote(response.headers["Location"]) == ADDRESS


def test_a_closed_case_has_no_feed(checked, rows):
    case = rows.case("（2018）辽0803执123号", level="不公开", closed_reason="涉及个人隐私")
    rows.note(case)
    response = checked.get(ADDRESS)
    assert response.status_code == 410
    assert "首次公开" not in response.text


def test_unknown_and_withdrawn_cases_answer_as_their_pages_do(checked, rows):
    assert checked.get(ADDRESS).status_code == 404
    rows.tombstone(f"/cases/{SLUG}")
    assert checked.get(ADDRESS).status_code == 410
    assert checked.get("/feeds/cases/x.atom").status_code == 404


def test_the_case_page_leads_to_the_feed(checked, followed):
    text = checked.get(f"/cases/{SLUG}").text
    assert '<link rel="alternate" type="application/atom+xml"' in text
    assert text.count("/feeds/cases/2018-%E8%BE%BD0803-%E6%89%A7-123.atom") == 2


def test_a_closed_page_leads_nowhere(checked, rows):
    case = rows.case(
        "（2018）辽0803执123号",
        level="不公开",
        closed_reason="涉及个人隐私",
        closed_on=date(2018, 6, 1),
    )
    rows.link(case, "（2016）辽0803执5号")
    text = checked.get(f"/cases/{SLUG}").text.partition("<main")[2].partition("</main>")[0]
    for words in ("atom", "<svg", "第 1 版", "执5号", "结案", "2018年6月1日"):
        assert words not in text
