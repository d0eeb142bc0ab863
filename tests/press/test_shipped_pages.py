"""The pages that come with the software: complete, well formed, of a length people read."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from portal.press.content import check_content
from portal.press.shipped_pages import ShippedPage, shipped_pages
from portal.reference.inability import BY_KEY, Topic

PAGES = shipped_pages()
CHANNEL = [page for page in PAGES if page.content.facts["topic"]]
ALLOWED = {
    *("p", "h2", "h3", "ul", "ol", "li", "strong", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)


class Reader(HTMLParser):
    """Notes tags and addresses; fails on a tag closed out of turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.add(tag)
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_page_has_an_address_of_its_own() -> None:
    slugs = [page.slug for page in PAGES]
    assert len(set(slugs)) == len(slugs) >= 10
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in slugs)
    assert len({page.content.title for page in PAGES}) == len(PAGES)


def test_every_topic_of_the_channel_has_a_page() -> None:
    assert {page.content.facts["topic"] for page in CHANNEL} == set(Topic)


@every_page
def test_a_page_is_complete_and_well_formed(page: ShippedPage) -> None:
    content = page.content
    assert content.facts["section"] in {"办事指南", "规则说明", "权利保障", "执行不能"}
    assert check_content(content) == content
    assert 20 <= len(content.lead) <= 80
    reader = Reader()
    reader.feed(content.body_html)
    assert reader.open == []
    assert reader.seen <= ALLOWED
    assert 200 <= len(re.sub(r"<[^>]+>|\s", "", content.body_html)) <= 900


@every_page
def test_a_page_names_its_sources_unless_it_is_invented(page: ShippedPage) -> None:
    assert bool(page.content.sources) != (page.content.facts["topic"] == Topic.EXAMPLES)


@every_page
def test_no_page_invents_a_telephone_number(page: ShippedPage) -> None:
    assert set(re.findall(r"\d{5,}", page.content.body)) <= {"12368"}


@every_page
def test_links_lead_to_topics_and_lists_of_this_site(page: ShippedPage) -> None:
    lists = {"debtors", "restrictions", "cases", "terminations"}
    kinds = {"/submissions/new?kind=property", "/submissions/new?kind=whereabouts"}
    topics = {f"/inability/{key}" for key in (*BY_KEY, "which")}
    reader = Reader()
    reader.feed(page.content.body_html)
    assert set(reader.addresses) <= topics | kinds | {f"/{name}" for name in lists}


# What domain reviewers could not confirm in a published source (article texts above all).
UNCONFIRMED = ("六十日", "60日", "十五日内", "申请执行时效为二年", "三十日内发放")


@every_page
def test_nothing_unconfirmed_is_told_as_law(page: ShippedPage) -> None:
    assert not [words for words in UNCONFIRMED if words in page.content.body]


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        (Topic.DIFFERENCE, ("执行难", "执行不能", "大约四成", "没有时间限制")),
        (Topic.KINDS, ("僵尸企业", "交通事故", "刑事附带民事")),
        (Topic.AFTER, ("五年内每六个月", "已经超过三个月", "冻结存款一年")),
        (Topic.RESUME, ("执恢", "作出终本裁定的执行法院", "打印")),
        (Topic.CLUES, ("股权", "到期债权", "公积金", "律师调查令", "悬赏", "审计")),
        (Topic.PRESERVATION, ("诉前保全", "诉中保全", "担保")),
        (Topic.RELIEF, ("司救执", "生活特别困难")),
        (Topic.BANKRUPTCY, ("移送", "管理人", "公平")),
        (Topic.RISKS, ("经营风险", "诉讼风险", "执行风险", "费用")),
        (Topic.QUESTIONS, ("终本以后，对方还欠我的钱吗",)),
    ],
)
def test_a_topic_says_what_it_is_for(topic: Topic, words: tuple[str, ...]) -> None:
    texts = [page.content.body for page in CHANNEL if page.content.facts["topic"] == topic]
    assert all(any(word in text for text in texts) for word in words)
