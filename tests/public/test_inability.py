"""The 执行不能 channel, and the questions that lead to the next step."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape

import pytest

from portal.disclosure.channel import INLINE_BYTES
from portal.disclosure.statistics import CITY, PublicFigure, PublicStatistics
from portal.press.shipped_pages import shipped_pages
from portal.reference.inability import BY_KEY, Topic
from portal.settings import SiteFacts

NOW = datetime(2018, 11, 1, tzinfo=UTC)


@pytest.fixture
def shipped(rows):
    """The public rows of everything that comes with the software."""
    return [
        rows.guide(
            page.slug,
            title=page.content.title,
            lead=page.content.lead,
            topic=page.content.facts["topic"],
            body_html=page.content.body_html,
            sources=page.content.sources,
        )
        for page in shipped_pages()
    ]


def test_the_front_leads_to_every_page_of_the_channel(checked, shipped):
    text = checked.get("/inability").text
    for guide in shipped:
        assert (f'href="/guides/{guide.slug}"' in text) == bool(guide.topic)
    assert "为什么没有实现" in text, "the difference stands on the front as a table"
    assert 'href="/inability/which"' in text
    assert len(text.encode()) < 60 * 1024


def test_the_front_counts_what_is_public(checked, rows):
    rows.termination(amount_unpaid=Decimal("98000.50"))
    text = checked.get("/inability").text
    assert "98,000.50 元" in text and "1 件" in text


def test_an_empty_channel_says_so_and_still_helps(checked):
    text = checked.get("/inability").text
    assert "专栏文字正在编写" in text and 'href="/inability/which"' in text


def test_a_long_text_on_the_difference_is_linked_and_not_repeated(checked, rows):
    long = "长" * INLINE_BYTES
    rows.guide("difference", topic=Topic.DIFFERENCE, title="区别", body_html=f"<p>{long}</p>")
    text = checked.get("/inability").text
    assert long not in text and 'href="/guides/difference"' in text


def test_invented_cases_are_marked_wherever_they_stand(checked, shipped):
    assert "均为虚构" in checked.get("/inability").text
    for guide in shipped:
        text = checked.get(f"/guides/{guide.slug}").text
        assert ("虚构案例。" in text) == (guide.topic == Topic.EXAMPLES)


def test_a_page_of_the_channel_names_its_sources_and_its_neighbours(checked, shipped):
    text = checked.get("/guides/after-termination").text
    assert "来源：" in text and "法〔2016〕373号" in text
    assert 'aria-current="page"' in text and 'href="/guides/clues"' in text
    other = checked.get("/guides/process").text
    assert 'href="/guides/clues"' not in other


def test_what_was_changed_is_told_under_the_page(checked, rows):
    note = {"on": "2018-09-01", "note": "更正了查封的期限。"}
    rows.guide("changed", corrections=[note])
    assert "更正了查封的期限。" in checked.get("/guides/changed").text


@pytest.mark.parametrize("key", BY_KEY)
def test_every_topic_has_a_short_address(checked, shipped, key):
    answer = checked.get(f"/inability/{key}")
    assert answer.status_code == 302
    target, _, anchor = answer.location.partition("#")
    page = checked.get(target)
    assert page.status_code == 200
    assert f'id="{anchor}"' in page.text if anchor else BY_KEY[key] in page.text


def test_the_short_address_of_an_empty_topic_leads_to_the_front(checked):
    assert checked.get("/inability/clues").location == "/inability"
    assert checked.get("/inability/nothing").status_code == 404


def ask(client, **answers):
    return client.get("/inability/which", query_string=answers)


def test_one_question_after_another_ends_at_an_office(checked, shipped):
    taken = {}
    for key, value in (("role", "applicant"), ("state", "terminated"), ("found", "property")):
        page = ask(checked, **taken)
        assert f'name="{key}"' in page.text and value in page.text
        taken[key] = value
    assert 'name="court"' in ask(checked, **taken).text
    page = ask(checked, **taken, court="辽0803").text
    for words in ("可以申请恢复执行", "营口市西市区人民法院", "执行局", SiteFacts().telephone):
        assert words in page
    assert 'href="/guides/resume"' in page and 'href="/terminations"' in page


def test_a_form_sent_empty_says_what_is_missing(checked):
    page = ask(checked, role="applicant", asked="state")
    assert "请先选择一项" in page.text and "<title>错误：" in page.text
    assert "请先选择一项" not in ask(checked, role="applicant", asked="role").text


def test_the_way_back_takes_one_answer_back(checked):
    page = ask(checked, role="applicant", state="open").text
    assert '<a class="button secondary" href="/inability/which?role=applicant">' in page


@pytest.mark.parametrize(
    "answers",
    [
        {"role": "nobody"},
        {"role": "applicant", "state": "<script>"},
        {"role": "debtor", "state": "open"},
        {"court": "辽0803"},
        {"role": "applicant", "state": "unsure", "court": "辽9999"},
        {"name": "张三", "asked": "x" * 3000},
    ],
)
def test_junk_is_never_an_error_and_never_repeated(checked, answers):
    page = ask(checked, **answers)
    assert page.status_code == 200
    assert "<fieldset" in page.text, "the walk stops at the first answer that does not fit"
    for value in ("<script>", "辽9999", "张三"):
        assert value not in page.text


def test_answers_are_kept_nowhere(checked):
    page = ask(checked, role="applicant", state="terminated", found="nothing", hardship="yes")
    assert page.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.headers
    assert page.headers["X-Robots-Tag"].startswith("noindex")


def test_a_page_that_is_not_installed_is_not_linked(checked):
    page = ask(checked, role="debtor", ability="listed", court="unknown").text
    assert "/guides/corrections" not in page and "先读一读" not in page
    hrefs = re.findall(r'class="button" href="([^"]*)"', page)
    assert [checked.get(unescape(href)).status_code for href in hrefs] == [200]


def test_the_figures_of_the_courts_are_drawn_with_a_table_beside(checked, disclosure):
    disclosure.add(
        PublicStatistics(id=1, version=1, cut_off=date(2018, 10, 31), read_at=NOW, cases=80)
    )
    for period, ended in (("2017", 23), ("2018", None)):
        disclosure.add(
            PublicFigure(
                indicator="terminated",
                court_code=CITY,
                period=period,
                numerator=ended,
                denominator=ended and 40,
            )
        )
    disclosure.commit()
    text = checked.get("/inability").text
    assert '<svg viewBox="' in text and 'role="img"' in text
    assert "57.5%" in text and "23 件 ÷ 40 件" in text
    assert "不显示" in text and "2018年10月31日" in text
    assert "实际执行率" not in text, "an indicator without figures is left out"
