"""Stories, guides and the feed."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from portal.disclosure.articles import PublicNotice, PublicPicture
from tests.conftest import RELEASED_AT

ATOM = "{http://www.w3.org/2005/Atom}"


def test_list_by_kind_and_empty_state(checked, rows):
    assert "这个栏目还没有报道" in checked.get("/stories").text
    rows.story(title="凌晨集结", kind="风暴行动")
    rows.story(title="当天到账")
    assert "共 2 篇" in checked.get("/stories?kind=junk").text
    text = checked.get("/stories?kind=风暴行动").text
    assert "凌晨集结" in text and "当天到账" not in text
    assert "<title>风暴行动 - 执行动态" in text


def test_a_story_shows_its_sanitised_body_as_markup_and_its_title_escaped(checked, rows):
    rows.story("s", title="一<b>二", body_html="<h2>直击</h2><p>正文</p>")
    text = checked.get("/stories/s").text
    assert "<h2>直击</h2><p>正文</p>" in text
    assert "<h1>一&lt;b&gt;二</h1>" in text


@pytest.mark.parametrize("folder", ["stories", "guides"])
def test_absent_and_withdrawn(checked, rows, folder):
    rows.tombstone(f"/{folder}/gone", "该报道已由法院撤下。")
    assert checked.get(f"/{folder}/nothing").status_code == 404
    response = checked.get(f"/{folder}/gone")
    assert response.status_code == 410
    assert "该报道已由法院撤下。" in response.text


def test_guides_by_section_in_order(checked, rows):
    assert "指南正在编写" in checked.get("/guides").text
    rows.guide("b", section="参与拍卖", title="怎样参加拍卖", position=2)
    rows.guide("a", section="申请执行", title="怎样申请执行", position=1)
    text = checked.get("/guides").text
    assert text.index("申请执行</h2>") < text.index("参与拍卖</h2>")
    assert "先准备申请书" in checked.get("/guides/a").text


def test_the_feed_is_well_formed_and_newest_first(checked, rows):
    rows.story("old", title="旧闻", published_on=date(2018, 4, 1))
    rows.story(
        "new", title="新闻<&>", published_on=date(2018, 5, 1), body_html="<p>正文 & 其他</p>"
    )
    response = checked.get("/feeds/stories.atom")
    assert response.content_type == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.data)  # noqa: S314 - our own answer
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["新闻<&>", "旧闻"]
    assert entries[0].findtext(f"{ATOM}content") == "<p>正文 & 其他</p>"
    assert entries[0].find(f"{ATOM}link").get("href").endswith("/stories/new")
    assert feed.findtext(f"{ATOM}updated") == "2018-05-02T09:30:00+08:00"


def test_an_empty_feed_is_valid(checked):
    feed = ElementTree.fromstring(checked.get("/feeds/stories.atom").data)  # noqa: S314
    assert feed.findtext(f"{ATOM}updated")
    assert feed.findall(f"{ATOM}entry") == []


PICTURE = {
    "alt": "法院的门楼",
    "caption": "揭牌当天",
    "sizes": [{"name": "ab" * 20, "width": 480, "height": 270}],
}


def test_a_story_shows_its_picture_corrections_sources_and_card(checked, rows, disclosure):
    disclosure.add(PublicPicture(name="ab" * 20, story_slug="s", data=b"jpeg"))
    note = {"on": "2018-05-03", "note": "更正了案件数。"}
    rows.story("s", pictures=[PICTURE], corrections=[note], sources="执行局\n法警队")
    text = checked.get("/stories/s").text
    for shown in ('alt="法院的门楼"', "揭牌当天", "更正了案件数。", "执行局；法警队"):
        assert shown in text
    assert 'property="og:image" content="http://localhost/pictures/abab' in text
    assert 'property="og:image:width" content="480"' in text
    assert '<meta name="description"' in text
    assert "法院的门楼" in checked.get("/stories").text
    answer = checked.get(f"/pictures/{'ab' * 20}.jpg")
    assert (answer.content_type, answer.data) == ("image/jpeg", b"jpeg")
    assert checked.get(f"/pictures/{'cd' * 20}.jpg").status_code == 404


def test_a_link_lasts_as_long_as_its_target_is_public(checked, rows, disclosure):
    case = rows.case()
    lot = rows.auction(case)
    links = [{"kind": "case", "key": case.case_number}, {"kind": "auction", "key": lot.id}]
    rows.story("s", links=links)
    text = checked.get("/stories/s").text
    assert case.case_number in text
    assert f"/auctions/{lot.id}" in text
    disclosure.delete(lot)
    disclosure.commit()
    assert f"/auctions/{lot.id}" not in checked.get("/stories/s").text


def test_the_archive_leads_to_the_stories_of_a_month(checked, rows):
    rows.story("may", title="五月", published_on=date(2018, 5, 31))
    rows.story("june", title="六月", published_on=date(2018, 6, 1))
    assert "2018年5月" in checked.get("/stories/archive").text
    month = checked.get("/stories?date_from=2018-05-01&date_to=2018-05-31").text
    assert "五月" in month and "六月" not in month


def test_notices_are_listed_by_form_and_show_their_fields(checked, disclosure):
    assert "还没有公告" in checked.get("/notices").text
    facts = {"debtor": "张某", "reward": "到位金额的百分之十", "phone": "12368"}
    facts |= {"unpaid": "52000.00", "until": "2019-02-15"}
    for slug, form in (("r", "reward"), ("g", "regulation")):
        disclosure.add(
            PublicNotice(
                slug=slug,
                form=form,
                title=f"标题{slug}",
                body_html="<p>正文</p>",
                facts=facts,
                corrections=[{"on": "2018-05-03", "note": "更正了电话。"}],
                published_on=date(2018, 5, 1),
                version=1,
                released_at=RELEASED_AT,
            )
        )
    disclosure.commit()
    listed = checked.get("/notices").text
    assert "执行悬赏公告</h2>" in listed and "规范性文件</h2>" in listed
    shown = checked.get("/notices/r").text
    assert "到位金额的百分之十" in shown and "张某" in shown
    assert "52,000.00 元" in shown and "2019年2月15日" in shown
    assert "自然人写作" not in shown, "what the writer is told is no word of the notice"
    assert '<time datetime="2018-05-03">2018年5月3日</time>' in shown and "更正了电话。" in shown
    assert checked.get("/notices/none").status_code == 404
