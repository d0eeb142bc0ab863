"""The office sees what an auction lacks, and marks a link that does not lead where it should."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from sqlalchemy import select

from portal.disclosure.models import PublicAuction
from portal.registry.link_marks import LinkMark
from portal.settings import demo_mark
from portal.staff.models import Role
from tests.invented import NUMBER

SLUG = "2018-辽0803-执-123"
PAGE = f"/auctions/{SLUG}/0"
URL = "https://sf-item.taobao.com/sf_item/1.htm"
LOT = {
    "lot": "A1",
    "title": "秦椒榕名下住宅一套",
    "property_kind": "住宅用房",
    "description": "以现状为准。",
    "platform": "淘宝网",
    "url": URL,
    "round": "一拍",
    "appraisal": "1000000.00",
    "starting_price": "690000.00",
    "deposit": "69000.00",
    "announced_on": "2018-05-01",
    "starts_at": "2018-05-31T10:00:00+08:00",
    "ends_at": "2018-06-01T10:00:00+08:00",
    "status": "预告",
}


@pytest.fixture
def lots(bring_in, case):
    """Three auctions: too cheap a start, in order, and one of which little is known."""
    fair = LOT | {"lot": "B2", "title": "车库", "starting_price": "700000", "deposit": "70000"}
    bare = {"lot": "C3", "title": "设备", "status": "成交"}
    bring_in(case(auctions=[LOT, fair, bare]))


@pytest.fixture
def public_links(gate):
    def read():
        with gate.stores.disclosure() as public:
            rows = public.execute(
                select(PublicAuction.lot, PublicAuction.url, PublicAuction.link_state)
            )
            return {lot: (url, state) for lot, url, state in rows}

    return read


def marks(registry):
    with registry() as session:
        return session.scalars(select(LinkMark)).all()


def listed(text):
    return [lot for lot in ("A1", "B2", "C3") if f"标的 {lot}" in text]


def test_the_list_begins_with_what_breaks_a_rule_and_names_nobody(person, lots):
    text = person(Role.REVIEWER).get("/auctions").text
    assert listed(text) == ["A1"] and "共 1 次拍卖" in text
    assert "起拍价 690,000.00 元，是评估价 1,000,000.00 元的 69.00%，低于 70%" in text
    assert "法释〔2016〕18号第十条" in text
    assert "秦椒榕" not in text


# What is asked for, and which lots are found.
NARROWED = [
    ("shown=unknown", ["C3"]),
    ("shown=all", ["A1", "B2", "C3"]),
    ("shown=marked", []),
    ("shown=all&status=成交", ["C3"]),
    ("shown=all&court=辽0802", []),
    ("shown=broken&rule=DEPOSIT", []),
    ("shown=broken&rule=START", ["A1"]),
    ("shown=unknown&rule=RESERVE", ["C3"]),
    ("shown=all&sort=begin&page=99", []),
    # junk is as if it had not been asked for
    ("shown=<b>&rule=x&status=y&court=z&sort=w&page=-1", ["A1"]),
]


def test_the_list_is_narrowed(person, lots):
    supervisor = person(Role.SUPERVISOR)
    for query, found in NARROWED:
        answer = supervisor.get(f"/auctions?{query}")
        assert answer.status_code == 200, query
        assert listed(answer.text) == found and "<b>" not in answer.text, query


def test_those_with_the_most_warnings_come_first_or_by_their_beginning(person, lots):
    reviewer = person(Role.REVIEWER)

    def order(query):
        text = reviewer.get(f"/auctions?shown=all{query}").text
        return sorted(("A1", "B2", "C3"), key=lambda lot: text.index(f"标的 {lot}"))

    assert order("") == ["A1", "C3", "B2"]
    assert order("&sort=begin")[-1] == "C3"


def test_a_failed_auction_is_waited_for_by_the_day_of_the_office(person, bring_in, case, home):
    bring_in(case(auctions=[LOT | {"status": "流拍", "starting_price": "700000"}]))
    reviewer = person(Role.REVIEWER)
    for day, found in (("2018-07-01", []), ("2018-07-02", ["A1"])):
        demo_mark(home).write_text(day, encoding="ascii")
        assert listed(reviewer.get("/auctions?rule=AGAIN").text) == found


def test_the_page_of_an_auction_and_of_its_case_show_every_check(person, lots, acts):
    reviewer = person(Role.REVIEWER)
    text = reviewer.get(PAGE).text
    assert "保证金为起拍价的 5% 至 20%" in text and "是起拍价 690,000.00 元的 10.00%" in text
    assert "已与平台名单核对" in text
    case = reviewer.get(f"/cases/{SLUG}").text
    assert "司法拍卖核对" in case and "低于 70%" in case and quote(PAGE) in case
    assert acts("case.view") == [("reviewer1", "case.view", NUMBER)] * 2


@pytest.mark.parametrize(
    "path", [f"/auctions/{SLUG}/9", "/auctions/2018-辽0803-执-9/0", "/auctions/x/0"]
)
def test_there_is_no_other_auction(person, lots, path):
    assert person(Role.REVIEWER).get(path).status_code == 404


def test_a_link_is_marked_corrected_and_works_again(person, lots, public_links, registry, acts):
    reviewer = person(Role.REVIEWER)
    broken = {"revision": 1, "finding": "broken", "reason": "页面不存在", "new_url": "ignored"}
    answer = reviewer.submit(f"{PAGE}/link", PAGE, **broken)
    assert (answer.status_code, answer.location) == (
        303,
        PAGE.replace("辽", "%E8%BE%BD").replace("执", "%E6%89%A7"),
    )
    assert public_links()["A1"] == ("", "链接核实中")
    assert listed(reviewer.get("/auctions?shown=marked").text) == ["A1"]
    # pressed twice
    reviewer.submit(f"{PAGE}/link", PAGE, **broken)
    assert "没有重复登记" in reviewer.get(PAGE).text and len(marks(registry)) == 1

    new = "https://paimai.jd.com/27"
    changed = {"revision": 1, "finding": "changed", "reason": "平台来函", "new_url": f" {new} "}
    reviewer.submit(f"{PAGE}/link", PAGE, **changed)
    assert public_links()["A1"] == (new, "链接已更正")
    reviewer.submit(f"{PAGE}/link", PAGE, revision=1, finding="works", reason="已恢复")
    assert public_links()["A1"] == (URL, "")
    history = reviewer.get(PAGE).text
    for words in ("页面不存在", "平台来函", "已恢复", new, "重新登记"):
        assert words in history
    assert [act for _, act, _ in acts("link")] == ["link.mark", "link.mark", "link.clear"]


# What is sent, and what the page says of it.
REFUSED = [
    ({"finding": "broken", "reason": " "}, "请写明核实的情况和理由"),
    ({"finding": "changed", "reason": "来函"}, "请填写核实过的新网址"),
    (
        {"finding": "changed", "reason": "来函", "new_url": "https://evil.example/"},
        "没有通过核验",
    ),
    ({"finding": "<b>", "reason": "来函"}, "请选择核实的结果"),
    ({"reason": "来函"}, "请选择核实的结果"),
    ({"finding": "broken", "reason": "来函", "revision": 7}, "案件数据已经更新"),
]


def test_what_is_refused_says_why_and_keeps_what_was_typed(person, lots, public_links, registry):
    reviewer = person(Role.REVIEWER)
    for fields, said in REFUSED:
        answer = reviewer.submit(f"{PAGE}/link", PAGE, **{"revision": 1} | fields)
        assert answer.status_code == 422 and said in answer.text, fields
        assert "错误：" in answer.text and f'value="{fields["reason"]}"' in answer.text, fields
    assert public_links()["A1"] == (URL, "") and marks(registry) == []


def test_only_reviewers_mark_links(person, lots, registry):
    supervisor = person(Role.SUPERVISOR)
    assert "登记</button>" not in supervisor.get(PAGE).text
    refused = supervisor.submit(
        f"{PAGE}/link", "/password", revision=1, finding="broken", reason="打不开"
    )
    assert refused.status_code == 403 and marks(registry) == []
    assert person(Role.EDITOR).get("/auctions").status_code == 403
