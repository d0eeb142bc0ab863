from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.disclosure.models import PublicCase
from portal.publication.gate import Gate
from portal.registry.models import CaseTerm
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


def test_an_item_shows_record_and_draft_side_by_side(
    held: None, person: Callable[..., Any], acts: Callable[..., Any]
) -> None:
    page = person(Role.REVIEWER).get("/reviews/1").text
    assert '<mark class="masked" title="自然人姓名' in page
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
    answer = reviewer.submit("/reviews/1/approve?court=辽0803", "/reviews/1", reason="已核对")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/reviews/2?court=%E8%BE%BD0803"
    assert public_numbers(gate) == {NUMBERS[0]}
    assert ("reviewer1", "review.approve", NUMBERS[0]) in acts()
    assert ("reviewer1", "case.released", NUMBERS[0]) in acts()
    assert "已通过核验并公开" in reviewer.get("/reviews/2").text


def test_after_the_last_item_comes_the_empty_queue(held: None, person: Callable[..., Any]) -> None:
    reviewer = person(Role.REVIEWER)
    for review_id in (1, 2, 3):
        answer = reviewer.submit(f"/reviews/{review_id}/approve", reason="已核对")
    assert answer.headers["Location"] == "/reviews"
    assert "没有等待审核的案件" in reviewer.get("/reviews").text


@pytest.mark.parametrize("reason", ["", "   "])
def test_approving_needs_a_reason(
    held: None, person: Callable[..., Any], gate: Gate, reason: str
) -> None:
    answer = person(Role.REVIEWER).submit("/reviews/1/approve", reason=reason)
    assert answer.status_code == 422
    assert '<a href="#reason">请写明放行理由' in answer.text
    assert public_numbers(gate) == set()


def test_a_second_reviewer_does_not_decide_again(held: None, person: Callable[..., Any]) -> None:
    first, second = person(Role.REVIEWER), person(Role.REVIEWER)
    second.get("/reviews/1")
    first.submit("/reviews/1/approve", reason="已核对")
    answer = second.submit("/reviews/1/approve", reason="也核对了")
    assert answer.status_code == 422
    assert "已经处理过" in answer.text
    assert "reviewer1 于" in second.get("/reviews/1").text


def test_a_leak_offers_no_approval_and_refuses_a_forged_one(
    leaking: None, person: Callable[..., Any], gate: Gate
) -> None:
    reviewer = person(Role.REVIEWER)
    page = reviewer.get("/reviews/1").text
    assert "不能放行" in page
    assert "/approve" not in page
    answer = reviewer.submit("/reviews/1/approve", reason="硬要放行")
    assert answer.status_code == 422
    assert public_numbers(gate) == set()


def test_a_further_term_is_masked_and_the_case_is_looked_at_again(
    held: None,
    person: Callable[..., Any],
    registry: sessionmaker[Session],
    acts: Callable[..., Any],
) -> None:
    reviewer = person(Role.REVIEWER)
    answer = reviewer.submit("/reviews/1/terms", term="暂无履行能力")
    assert answer.headers["Location"] == "/reviews/4", "the new item of the same case"
    with registry() as session:
        term = session.scalars(select(CaseTerm)).one()
        assert (term.term, term.added_by) == ("暂无履行能力", "reviewer1")
    page = reviewer.get("/reviews/4").text
    assert "<strong>已补充的屏蔽词：</strong>暂无履行能力" in page
    assert "其称暂无履行能力" not in page.split("公开后的样子")[1]
    assert ("reviewer1", "review.hide_term", NUMBERS[0]) in acts()
    older = reviewer.get("/reviews/1").text
    assert "已被新版本取代" in older
    assert 'href="/reviews/4"' in older


def test_a_term_that_is_too_short_is_refused_beside_its_field(
    held: None, person: Callable[..., Any]
) -> None:
    answer = person(Role.REVIEWER).submit("/reviews/1/terms", term="秦")
    assert answer.status_code == 422
    assert '<a href="#term">屏蔽词应为' in answer.text


def test_a_supervisor_reads_and_leaves_a_trace_but_decides_nothing(
    held: None, person: Callable[..., Any], acts: Callable[..., Any]
) -> None:
    supervisor = person(Role.SUPERVISOR)
    page = supervisor.get("/reviews/1").text
    assert "/approve" not in page
    assert "/terms" not in page
    assert ("supervisor1", "case.view", NUMBERS[0]) in acts()
    assert supervisor.submit("/reviews/1/approve", reason="x").status_code == 403


def test_an_unknown_item_is_missing(person: Callable[..., Any]) -> None:
    reviewer = person(Role.REVIEWER)
    assert reviewer.get("/reviews/9").status_code == 404
    assert reviewer.submit("/reviews/9/approve", reason="x").status_code == 404


def test_a_word_is_kept_for_a_reason_and_taken_back_for_one(
    held: None, person: Callable[..., Any], acts: Callable[..., Any]
) -> None:
    reviewer = person(Role.REVIEWER)
    answer = reviewer.submit("/reviews/1/kept-terms", kept="暂无履行能力", kept_reason="法律用语")
    assert answer.headers["Location"] == "/reviews/4"
    page = reviewer.get("/reviews/4").text
    assert "已登记的不屏蔽词" in page and "reviewer1：法律用语" in page
    assert "不屏蔽：暂无履行能力" in page
    fields = {"removed": "1", "removal_reason": "不再需要"}
    answer = reviewer.submit("/reviews/4/terms/remove", **fields)
    assert answer.headers["Location"] == "/reviews/5"
    assert "已登记的不屏蔽词" not in reviewer.get("/reviews/5").text
    assert ("reviewer1", "review.keep_term", NUMBERS[0]) in acts()
    assert ("reviewer1", "review.unset_keep", NUMBERS[0]) in acts()
    assert "撤销不屏蔽词" in person(Role.SUPERVISOR).get("/audit").text


def test_keeping_a_partys_name_is_refused_in_the_desks_own_words(
    held: None, person: Callable[..., Any]
) -> None:
    reviewer = person(Role.REVIEWER)
    reviewer.submit("/reviews/1/kept-terms", kept="秦椒榕", kept_reason="以为可以")
    page = reviewer.get("/reviews/4").text
    assert "要求保留的词是本案人员的姓名或已知的个人信息，未予保留" in page
    assert "秦椒榕" not in page.split("公开后的样子")[1]


@pytest.mark.parametrize(
    ("address", "fields", "said"),
    [
        ("kept-terms", {"kept": "秦", "kept_reason": "甲"}, '<a href="#kept">不屏蔽词应为'),
        ("kept-terms", {"kept": "暂无", "kept_reason": " "}, '<a href="#kept_reason">请写明不屏蔽'),
        ("terms/remove", {"removed": "9", "removal_reason": "甲"}, "没有这个词"),
        ("terms/remove", {"removed": "x", "removal_reason": ""}, "请写明撤销的理由"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    held: None, person: Callable[..., Any], address: str, fields: dict[str, str], said: str
) -> None:
    reviewer = person(Role.REVIEWER)
    reviewer.submit("/reviews/1/terms", term="其称")
    answer = reviewer.submit(f"/reviews/4/{address}", **fields)
    assert answer.status_code == 422
    assert said in answer.text


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
    first.submit("/reviews/1/approve", "/reviews/1", reason="已请示")
    assert public_numbers(gate) == set()
    page = first.get("/reviews/1").text
    assert "等待另一名审核负责人复核" in page and "/approve" not in page
    assert first.submit("/reviews/1/approve", reason="再来一次").status_code == 422
    assert "已请示" in chief.get("/reviews/1").text
    chief.submit("/reviews/1/approve", "/reviews/1", reason="同意公开")
    assert public_numbers(gate) == {NUMBERS[0]}
    decided = [act for act in acts() if act[1] in ("review.first_reading", "review.approve")]
    assert decided == [
        ("reviewer1", "review.first_reading", NUMBERS[0]),
        ("chief_reviewer1", "review.approve", NUMBERS[0]),
    ]
