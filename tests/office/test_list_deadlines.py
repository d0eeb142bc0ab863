"""The office sees what is over and still public, by which article, and clears it."""

from __future__ import annotations

import re

import pytest

from portal.settings import demo_mark
from portal.staff.models import Role
from tests.invented import CASE, NUMBER

REFUSAL = "有履行能力而拒不履行生效法律文书确定义务"
LISTING = {
    "kind": "失信",
    "party": "秦椒榕",
    "decided_on": "2018-05-02",
    "published_from": "2018-05-03",
    "behaviour": "违反财产报告制度",
    "term_months": 24,
}


@pytest.fixture
def listed(bring_in, case):
    """A listing whose term ends on Sunday 2020-05-03; the third working day after it is the 8th."""
    bring_in(case(measures=[LISTING]))


@pytest.fixture
def on(home):
    """Set the day it is in the office."""
    return lambda day: demo_mark(home).write_text(day, encoding="ascii")


@pytest.mark.parametrize(
    ("day", "said", "figures"),
    [
        ("2020-04-02", None, (0, 0, 0)),
        ("2020-04-29", "还有 4 个工作日", (0, 0, 1)),
        ("2020-05-03", "还有 3 个工作日", (0, 0, 1)),
        ("2020-05-04", "还有 3 个工作日", (0, 1, 0)),
        ("2020-05-08", "今天是最后一日", (0, 1, 0)),
        ("2020-05-09", "已逾期 1 个工作日", (1, 0, 0)),
        ("2020-05-12", "已逾期 3 个工作日", (1, 0, 0)),
    ],
)
def test_a_term_counts_down_and_is_overdue(person, listed, on, day, said, figures):
    on(day)
    text = person(Role.REVIEWER).get("/lists").text
    for label, number in zip(("已逾期", "应当移除", "三十日内到期"), figures, strict=True):
        assert f"<dt>{label}</dt><dd" in text
        assert text.split(f"<dt>{label}</dt><dd")[1].split(">")[1].split("<")[0] == str(number)
    assert (NUMBER in text) is (said is not None)
    if said:
        assert said in text and "公布期限届满" in text and "第十条" in text
        assert "2020年5月8日" in text
    assert "秦椒榕" not in text


def test_the_desk_says_what_is_overdue_to_those_who_may_read_records(person, listed, on):
    on("2020-05-09")
    desk = person(Role.REVIEWER).get("/").text
    assert '<dt>已逾期</dt><dd class="bad"><a href="/lists#pressing">1</a></dd>' in desk
    narrowed = re.search(r'href="(/lists\?rule=[^"#]+)#pressing">1</a>', desk)
    assert narrowed is not None
    page = person(Role.REVIEWER).get(narrowed[1]).text
    assert "只列出依据" in page
    assert "只列出依据" not in person(Role.REVIEWER).get("/lists?rule=junk").text
    assert "名单期限" not in person(Role.EDITOR).get("/").text


def test_what_the_court_ended_is_due_before_the_newer_record_is_published(
    person, listed, on, gate, send, case
):
    on("2018-06-05")
    ended = LISTING | {"ended_on": "2018-06-01", "end_reason": "不应纳入，予以撤销"}
    send(gate.stores.registry, case(measures=[ended]))
    text = person(Role.REVIEWER).get("/lists").text
    assert "不应列入或者内容有误" in text and "三个工作日为本站要求" in text
    assert "还有 1 个工作日" in text


def test_clearing_removes_it_and_is_written_down(person, listed, on, acts, gate):
    on("2020-05-04")
    reviewer = person(Role.REVIEWER)
    assert "还没有清理过名单" in reviewer.get("/lists").text
    for _ in range(2):
        assert reviewer.submit("/lists", "/lists").status_code == 303
    text = reviewer.get("/lists").text
    assert "没有应当移除的记录" in text and "最近一次清理" in text
    assert acts("lists") == [("reviewer1", "lists.clear", "")] * 2
    assert ("reviewer1", "case.retracted", NUMBER) in acts("case")
    assert "清理到期名单" in person(Role.SUPERVISOR).get("/audit").text


def test_a_record_changed_since_the_last_clearing_is_looked_at_again(
    person, listed, on, gate, send, case
):
    on("2018-06-04")
    reviewer = person(Role.REVIEWER)
    reviewer.submit("/lists", "/lists")
    send(gate.stores.registry, case(measures=[]))
    assert "法院最新数据中已没有这一条" in reviewer.get("/lists").text


def test_a_year_without_holidays_says_so(person, bring_in, case, on):
    bring_in(case(measures=[LISTING | {"published_from": "2098-12-31"}]))
    on("2100-12-31")
    assert "放假安排未收录" in person(Role.REVIEWER).get("/lists").text


NOTHING = "查询银行、车辆、不动产，均无结果"


@pytest.mark.parametrize(
    ("results", "measure", "shown", "why"),
    [
        ((NOTHING, "未发现可供执行的财产"), {}, True, "two searches in vain"),
        ((NOTHING,), {}, False, "one search only"),
        ((NOTHING, "反馈存款300元"), {}, False, "something was found"),
        ((NOTHING, ""), {}, False, "nobody says what was found"),
        ((NOTHING, NOTHING), {"behaviour": "违反财产报告制度"}, False, "listed with a term"),
        ((), {}, False, "not searched yet"),
    ],
)
def test_searches_in_vain_are_pointed_out_and_nothing_is_removed(
    person, bring_in, case, on, results, measure, shown, why
):
    on("2020-05-04")
    listing = {key: value for key, value in LISTING.items() if key != "term_months"}
    days = ("2019-02-20", "2019-08-20")
    closing = {
        "closed_on": "2018-08-20",
        "method": "终结本次执行程序",
        "amount_unpaid": "50000.00",
        "requeries": [
            {"on": day, "result": result} for day, result in zip(days, results, strict=False)
        ],
    }
    bring_in(case(measures=[listing | {"behaviour": REFUSAL} | measure], closing=closing))
    text = person(Role.REVIEWER).get("/lists").text
    assert ("<summary>1 案</summary>" in text) is shown, why
    assert ('第二次查询" class="nowrap"><time datetime="2019-08-20"' in text) is shown, why


@pytest.mark.parametrize(
    ("role", "reads", "clears"),
    [
        (Role.CLERK, 403, 403),
        (Role.REVIEWER, 200, 303),
        (Role.SUPERVISOR, 200, 403),
        (Role.EDITOR, 403, 403),
    ],
)
def test_who_may_look_and_who_may_clear(person, role, reads, clears):
    client = person(role)
    assert client.get("/lists").status_code == reads
    assert client.submit("/lists").status_code == clears


def test_without_listings_nothing_is_due(person, bring_in, on):
    on("2020-05-04")
    bring_in(CASE)
    assert "没有应当移除的记录" in person(Role.REVIEWER).get("/lists").text
