from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.disclosure.models import PublicCase
from portal.publication.gate import Gate
from portal.registry.marks import CaseMark
from portal.registry.models import Review
from portal.staff.models import Role

NUMBERS = [f"（2018）辽0803执{serial}号" for serial in (123, 124, 125)]
PHONE = "18940710002"


@pytest.fixture
def held(bring_in: Callable[..., None], case: Callable[..., Any]) -> None:
    """Three cases that wait because nobody stated whether they are public."""
    bring_in(*(case(case_number=number, disclosure=None) for number in NUMBERS))


@pytest.fixture
def leaking(bring_in: Callable[..., None], case: Callable[..., Any]) -> None:
    """A case whose lot number, which is kept as it is, is a party's telephone number."""
    bring_in(case(auctions=[{"lot": PHONE, "title": "房屋", "status": "预告"}]))


def send(client: Any, review_id: int, path: str, /, edition: int = 0, **fields: str) -> Any:
    """Fill in a form of an item as its page shows it, or as it stood in an earlier edition."""
    page = f"/reviews/{review_id}"
    shown = re.search(r'name="edition" value="(\d+)"', client.get(page).text)
    seen = edition or (shown[1] if shown else 0)
    bare, _, query = path.partition("?")
    address = f"{page}/{bare}?{query}" if query else f"{page}/{bare}"
    return client.submit(address, edition=seen, **fields)


def public_numbers(gate: Gate) -> set[str]:
    with gate.stores.disclosure() as public:
        return set(public.scalars(select(PublicCase.case_number)))


def test_the_queue_shows_why_each_case_waits_oldest_first(
    held: None, person: Callable[..., Any]
) -> None:
    page = person(Role.REVIEWER).get("/reviews").text
    assert "共 3 件等待审核" in page
    assert "未写明公开级别" in page
    assert [page.index(f">{number}</a>") for number in NUMBERS] == sorted(
        page.index(f">{number}</a>") for number in NUMBERS
    )


def test_the_queue_can_be_narrowed(held: None, person: Callable[..., Any]) -> None:
    reviewer = person(Role.REVIEWER)
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    for query, shown in [
        ("court=辽0803", 3),
        ("court=辽0882", 0),
        ("court=nonsense", 3),
        ("leak=yes", 0),
        ("leak=no", 3),
        ("age=3", 0),
        ("age=junk", 3),
        ("reason=未写明公开级别", 3),
        ("reason=别的原因", 0),
    ]:
        fragment = reviewer.get(f"/reviews?{query}", headers=headers).text
        assert fragment.count("<tr>") == (shown + 1 if shown else 0), query


def test_the_queue_and_the_desk_say_how_long_the_first_has_waited(
    held: None, person: Callable[..., Any], registry: sessionmaker[Session]
) -> None:
    reviewer = person(Role.REVIEWER)
    assert "最早一件今天进入审核。" in reviewer.get("/reviews").text
    with registry.begin() as session:
        for review_id, days in ((1, 9.5), (2, 3.01)):
            review = session.get_one(Review, review_id)
            review.created_at = datetime.now(UTC) - timedelta(days=days)
    told = "共 3 件等待审核，最早一件已等候 9 日，三天以上 2 件，一周以上 1 件。"
    assert told in reviewer.get("/reviews").text
    assert told in reviewer.get("/reviews?court=辽0803").text
    assert "最早一件" not in reviewer.get("/reviews?court=辽0882").text
    assert "共 2 件等待审核，最早一件已等候 9 日" in reviewer.get("/reviews?age=3").text
    desk = person(Role.SUPERVISOR).get("/").text
    assert "最早一件已等候 9 日。" in desk
    assert 'href="/reviews?age=7">一周以上 1 件</a>' in desk
    assert "最早一件" not in person(Role.CLERK).get("/").text


def test_an_item_shows_record_and_draft_side_by_side(
    held: None, person: Callable[..., Any], acts: Callable[..., Any]
) -> None:
    page = person(Role.REVIEWER).get("/reviews/1").text
    # Both sides of a masked place lead to each other.
    assert re.search(
        r'<a class="tie tie-machine" data-tie="1" id="f1" href="#m1" title="自然人', page
    )
    assert re.search(r'<a class="tie tie-machine" data-tie="1" id="m1" href="#f1"', page)
    assert "秦某" in page
    assert "第 1 件，共 3 件" in page
    assert "未写明公开级别" in page
    assert ("reviewer1", "case.view", NUMBERS[0]) in acts()


def test_a_query_code_is_not_even_shown_to_reviewers(
    held: None, person: Callable[..., Any]
) -> None:
    assert "K7Q2ZW9HXM" not in person(Role.REVIEWER).get("/reviews/1").text


def test_approving_releases_the_case_and_goes_on_to_the_next(
    held: None, person: Callable[..., Any], gate: Gate, acts: Callable[..., Any]
) -> None:
    reviewer = person(Role.REVIEWER)
    answer = send(reviewer, 1, "approve?court=辽0803", reason="已核对")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/reviews/2?court=%E8%BE%BD0803"
    assert public_numbers(gate) == {NUMBERS[0]}
    assert ("reviewer1", "review.approve", NUMBERS[0]) in acts()
    assert ("reviewer1", "case.released", NUMBERS[0]) in acts()
    assert "已通过核验并公开" in reviewer.get("/reviews/2").text


def test_after_the_last_item_comes_the_empty_queue(held: None, person: Callable[..., Any]) -> None:
    reviewer = person(Role.REVIEWER)
    for review_id in (1, 2, 3):
        answer = send(reviewer, review_id, "approve", reason="已核对")
    assert answer.headers["Location"] == "/reviews"
    assert "没有等待审核的案件" in reviewer.get("/reviews").text


@pytest.mark.parametrize("reason", ["", "   "])
def test_approving_needs_a_reason(
    held: None, person: Callable[..., Any], gate: Gate, reason: str
) -> None:
    answer = send(person(Role.REVIEWER), 1, "approve", reason=reason)
    assert answer.status_code == 422
    assert '<a href="#reason">请写明放行理由' in answer.text
    assert public_numbers(gate) == set()


def test_a_second_reviewer_does_not_decide_again(held: None, person: Callable[..., Any]) -> None:
    first, second = person(Role.REVIEWER), person(Role.REVIEWER)
    second.get("/reviews/1")
    send(first, 1, "approve", reason="已核对")
    answer = send(second, 1, "approve", edition=1, reason="也核对了")
    assert answer.status_code == 422
    assert "已经处理过" in answer.text
    assert "没有提交的内容" in answer.text and "也核对了" in answer.text
    assert "reviewer1 于" in second.get("/reviews/1").text


def test_a_leak_offers_no_approval_and_refuses_a_forged_one(
    leaking: None, person: Callable[..., Any], gate: Gate
) -> None:
    reviewer = person(Role.REVIEWER)
    page = reviewer.get("/reviews/1").text
    assert "不能放行" in page
    assert "/approve" not in page
    answer = send(reviewer, 1, "approve", edition=1, reason="硬要放行")
    assert answer.status_code == 422
    assert public_numbers(gate) == set()


def test_a_mark_is_put_on_words_and_the_case_is_looked_at_again(
    held: None,
    person: Callable[..., Any],
    registry: sessionmaker[Session],
    acts: Callable[..., Any],
) -> None:
    reviewer = person(Role.REVIEWER)
    answer = send(reviewer, 1, "marks?court=辽0803", act="hide", text="暂无履行能力")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/reviews/1?court=%E8%BE%BD0803"
    with registry() as session:
        mark = session.scalars(select(CaseMark)).one()
        assert (mark.text, mark.path, mark.added_by) == ("暂无履行能力", "", "reviewer1")
    page = reviewer.get("/reviews/1").text
    assert "补屏蔽 其他个人信息 1 处" in page
    assert "其称暂无履行能力" not in page.split("公开后的样子")[1]
    assert 'class="tie tie-human"' in page
    assert "第 1 件，共 3 件" in page, "the item keeps its place"
    assert ("reviewer1", "review.hide_term", NUMBERS[0]) in acts()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"act": "hide", "text": "秦"}, '<a href="#text">文字应为'),
        ({"act": "hide", "text": "没有的词"}, '<a href="#text">本案公开的文字中没有'),
        ({"act": "junk", "text": "没有的词"}, '<a href="#text">本案公开的文字中没有'),
        ({"act": "hide", "text": "其称", "kind": "junk"}, '<a href="#kind">没有这种类型'),
        ({"act": "hide", "text": "其称", "mask": "junk"}, '<a href="#mask">没有这种屏蔽方式'),
        (
            {"act": "hide", "text": "其称", "kind": "phone", "mask": "pseudonym"},
            '<a href="#mask">“电话号码”不能用这种方式屏蔽',
        ),
        ({"act": "hide", "text": "其称", "scope": "field"}, '<a href="#path">请选择是哪一个字段'),
        (
            {"act": "hide", "text": "其称", "scope": "place", "path": "events[0].text", "nth": "2"},
            '<a href="#text">该字段的原文中没有这一处',
        ),
        ({"act": "keep", "text": "秦椒榕"}, '<a href="#mark_reason">请写明不屏蔽的理由'),
        ({"act": "link", "text": "其称"}, '<a href="#same_as">请选择或者写出'),
    ],
)
def test_a_mark_that_makes_no_sense_is_refused_beside_its_field(
    held: None, person: Callable[..., Any], fields: dict[str, str], said: str
) -> None:
    answer = send(person(Role.REVIEWER), 1, "marks", **fields)
    assert answer.status_code == 422
    assert said in answer.text
    # What was typed is still there.
    assert f'value="{fields["text"]}"' in answer.text


def test_marks_without_javascript_begin_at_the_list_of_findings(
    held: None, person: Callable[..., Any]
) -> None:
    reviewer = person(Role.REVIEWER)
    page = reviewer.get("/reviews/1?tie=1&act=keep").text
    assert 'id="mark-box" class="card mark-box" open' in page
    assert re.search(r'id="act-keep" checked', page)
    assert re.search(r'id="text" name="text" type="text" value="秦椒榕"', page)
    for junk in ("99", "0", "x", "-1"):
        assert reviewer.get(f"/reviews/1?tie={junk}&act=junk").status_code == 200


def test_the_desk_alone_comes_where_htmx_asked(held: None, person: Callable[..., Any]) -> None:
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    fragment = person(Role.REVIEWER).get("/reviews/1", headers=headers).text
    assert "为什么需要审核" in fragment and "<h1" not in fragment
    assert 'id="desk-status" hx-swap-oob="innerHTML">核验通过，还有 1 处疑点' in fragment


def test_two_reviewers_on_one_item_do_not_overwrite_each_other(
    held: None, person: Callable[..., Any], gate: Gate
) -> None:
    first, second = person(Role.REVIEWER), person(Role.CHIEF_REVIEWER)
    send(first, 1, "marks", act="hide", text="暂无履行能力", mark_reason="病情")
    answer = send(second, 1, "marks", edition=1, act="hide", text="其称", mark_reason="我的理由")
    assert answer.status_code == 409
    assert "reviewer1 于" in answer.text and "补充屏蔽，理由：病情" in answer.text
    assert 'value="其称"' in answer.text and 'value="我的理由"' in answer.text
    assert 'name="edition" value="2"' in answer.text, "sent again it goes through"
    refused = send(second, 1, "approve", edition=1, reason="核对过")
    assert refused.status_code == 409 and 'value="核对过"' in refused.text
    assert public_numbers(gate) == set()
    again = send(second, 1, "marks", act="hide", text="其称")
    assert again.status_code == 303


def test_a_supervisor_reads_and_leaves_a_trace_but_decides_nothing(
    held: None, person: Callable[..., Any], acts: Callable[..., Any]
) -> None:
    supervisor = person(Role.SUPERVISOR)
    page = supervisor.get("/reviews/1").text
    assert "/approve" not in page
    assert "/marks" not in page
    assert ("supervisor1", "case.view", NUMBERS[0]) in acts()
    assert supervisor.submit("/reviews/1/approve", reason="x").status_code == 403


def test_an_unknown_item_is_missing(person: Callable[..., Any]) -> None:
    reviewer = person(Role.REVIEWER)
    assert reviewer.get("/reviews/9").status_code == 404
    assert reviewer.submit("/reviews/9/approve", reason="x").status_code == 404


def test_a_finding_is_kept_for_a_reason_and_the_mark_taken_back_for_one(
    bring_in: Callable[..., None],
    case: Callable[..., Any],
    person: Callable[..., Any],
    acts: Callable[..., Any],
) -> None:
    text = "到盖州市辰州路88号的诉讼服务站提交材料。"
    bring_in(case(disclosure=None, events=[{"node": "接谈", "at": "2018-03-09", "text": text}]))
    reviewer = person(Role.REVIEWER)
    keep = {"act": "keep", "text": "辰州路88号", "mark_reason": "法院自己的地址"}
    assert send(reviewer, 1, "marks", **keep).status_code == 303
    page = reviewer.get("/reviews/1").text
    assert 'class="tie tie-kept"' in page and "法院自己的地址" in page
    assert "不再屏蔽 详细住址 1 处" in page
    assert "辰州路88号" in page.split("公开后的样子")[1]
    for fields, said in (
        ({"removed": "9", "removal_reason": "甲"}, "没有这条标记"),
        ({"removed": "1", "removal_reason": " "}, '<a href="#removal_reason">请写明撤销的理由'),
    ):
        refused = send(reviewer, 1, "marks/remove", **fields)
        assert refused.status_code == 422 and said in refused.text
    taken = send(reviewer, 1, "marks/remove", removed="1", removal_reason="不再需要")
    assert taken.status_code == 303
    assert "tie tie-kept" not in reviewer.get("/reviews/1").text.split("编号相同")[1]
    assert ("reviewer1", "review.keep_term", NUMBERS[0]) in acts()
    assert ("reviewer1", "review.unset_keep", NUMBERS[0]) in acts()
    assert "撤销不屏蔽" in person(Role.SUPERVISOR).get("/audit").text


def test_a_partys_name_stands_only_when_two_people_let_it(
    held: None, person: Callable[..., Any], gate: Gate, acts: Callable[..., Any]
) -> None:
    reviewer, chief = person(Role.REVIEWER), person(Role.CHIEF_REVIEWER)
    keep = {"act": "keep", "text": "秦椒榕", "path": "events[0].text", "scope": "field"}
    send(reviewer, 1, "marks", mark_reason="以为可以", **keep)
    page = reviewer.get("/reviews/1").text
    assert "要求保留的词是本案人员的姓名或已知的个人信息，未予保留" in page
    assert "不能放行" in page and "/approve" not in page
    assert "秦椒榕" not in page.split("公开后的样子")[1].split("屏蔽明细")[0].split("标记文字")[0]
    wanted = {"override_text": "秦椒榕", "override_path": "events[0].text"}
    asked = send(reviewer, 1, "overrides", override_reason="公告需要写明姓名", **wanted)
    assert asked.status_code == 303
    item = reviewer.get("/reviews/1").text
    assert "等待决定" in item and "批准保留</button>" not in item and "二人审核" in item
    own = send(
        reviewer, 1, "overrides/decide", override="1", decision="grant", decision_reason="同意"
    )
    assert own.status_code == 403
    assert "批准保留</button>" in chief.get("/reviews/1").text
    refused = send(
        chief, 1, "overrides/decide", override="1", decision="grant", decision_reason=" "
    )
    assert refused.status_code == 422 and "请写明批准或者不批准的理由" in refused.text
    send(chief, 1, "overrides/decide", override="1", decision="grant", decision_reason="公告内容")
    send(reviewer, 1, "approve", reason="已核对")
    assert public_numbers(gate) == {NUMBERS[0]}
    history = reviewer.get("/cases/2018-辽0803-执-123").text
    assert "公告需要写明姓名" in history and "chief_reviewer1 于" in history
    done = [act for act in acts("review.") if act[1] != "review.keep_term"]
    assert [(who, act) for who, act, _ in done] == [
        ("reviewer1", "review.ask_override"),
        ("chief_reviewer1", "review.grant_override"),
        ("reviewer1", "review.approve"),
    ]


def test_what_nobody_may_let_stand_is_refused_in_words(
    held: None, person: Callable[..., Any]
) -> None:
    fields = {"override_path": "events[0].text", "override_reason": "理由"}
    for text, said in (
        ("189 4071 0002", "其中含有电话号码，任何人都不能批准公开"),
        ("没有的词", "该字段的原文中没有这段文字"),
        ("暂无履行能力", "不是本案已知的私密内容"),
    ):
        answer = send(person(Role.REVIEWER), 1, "overrides", override_text=text, **fields)
        assert answer.status_code == 422 and said in answer.text, text


def test_two_people_release_what_the_policy_forbids(
    bring_in: Callable[..., None],
    case: Callable[..., Any],
    person: Callable[..., Any],
    gate: Gate,
    acts: Callable[..., Any],
) -> None:
    bring_in(case(events=[{"at": "2018-05-02", "node": "财产查控", "text": "密级：机密"}]))
    first, chief = person(Role.REVIEWER), person(Role.CHIEF_REVIEWER)
    assert "须二人审核" in first.get("/reviews/1").text
    send(first, 1, "approve", reason="已请示")
    assert public_numbers(gate) == set()
    page = first.get("/reviews/1").text
    assert "等待另一名审核负责人复核" in page and "/approve" not in page
    assert send(first, 1, "approve", edition=2, reason="再来一次").status_code == 422
    assert "已请示" in chief.get("/reviews/1").text
    send(chief, 1, "approve", reason="同意公开")
    assert public_numbers(gate) == {NUMBERS[0]}
    decided = [act for act in acts() if act[1] in ("review.first_reading", "review.approve")]
    assert decided == [
        ("reviewer1", "review.first_reading", NUMBERS[0]),
        ("chief_reviewer1", "review.approve", NUMBERS[0]),
    ]


UNSURE = "走访村委会，村主任文俊介绍其在外打工。"


def test_what_masking_settles_is_released_in_a_batch_and_nothing_else(
    bring_in: Callable[..., None],
    case: Callable[..., Any],
    person: Callable[..., Any],
    gate: Gate,
    acts: Callable[..., Any],
) -> None:
    unsure = [{"node": "接谈", "at": "2018-03-09", "text": UNSURE}]
    bring_in(
        case(case_number=NUMBERS[0], events=unsure),
        case(case_number=NUMBERS[1], events=unsure),
        case(case_number=NUMBERS[2], disclosure=None),
    )
    reviewer = person(Role.REVIEWER)
    page = reviewer.get("/reviews?route=automatic").text
    assert "共 2 件等待审核" in page
    assert page.count('type="checkbox" name="item"') == 2
    assert 'value="3:1"' not in reviewer.get("/reviews").text
    for chosen, reason, said in (
        ([], "已核对", "请先勾选"),
        (["x:1", "1", "1:1:1"], "已核对", "请先勾选"),
        (["1:1"], " ", "请写明批量放行的理由"),
    ):
        answer = reviewer.submit("/reviews/batch", item=chosen, reason=reason)
        assert answer.status_code == 422 and said in answer.text
    # One marked meanwhile, one that takes a reader, one that is not there.
    send(reviewer, 2, "marks", act="hide", text="村委会")
    chosen = ["1:1", "2:1", "3:1", "99:1"]
    answer = reviewer.submit("/reviews/batch", item=chosen, reason="屏蔽完整")
    assert answer.status_code == 303
    assert public_numbers(gate) == {NUMBERS[0]}
    told = reviewer.get("/reviews").text
    assert f"已放行 1 件：{NUMBERS[0]}" in told
    assert f"{NUMBERS[1]} 没有放行：您打开本页之后" in told
    assert f"{NUMBERS[2]} 没有放行：重新核验后仍有须逐件审核的疑点" in told
    assert "第 99 项 没有放行：没有这一审核项" in told
    assert ("reviewer1", "review.approve", NUMBERS[0]) in acts()


def test_corrections_are_counted_and_can_be_taken_along(
    held: None, person: Callable[..., Any]
) -> None:
    reviewer = person(Role.REVIEWER)
    assert "还没有标记" in reviewer.get("/reviews/statistics").text
    send(reviewer, 1, "marks", act="hide", text="暂无履行能力")
    page = reviewer.get("/reviews/statistics").text
    assert "known_name" in page and "审核过的 1 件案件" in page
    table = reviewer.get("/reviews/statistics/corrections.csv")
    assert table.mimetype == "text/csv"
    assert "漏屏蔽,,其他个人信息,,0,,,1,," in table.text
    assert person(Role.CLERK).get("/reviews/statistics").status_code == 403
