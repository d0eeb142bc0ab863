from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from portal.staff.models import Role

OPEN, HELD, CLOSED = (f"（2018）辽0803执{serial}号" for serial in (123, 124, 125))
PAGE = "/cases/2018-辽0803-执-123"
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def cases(bring_in: Callable[..., None], case: Callable[..., Any]) -> None:
    """One released, one held, one not public."""
    bring_in(
        case(),
        case(case_number=HELD, disclosure=None),
        case(case_number=CLOSED, disclosure={"level": "不公开", "reason": "涉及未成年人"}),
    )


def shown(client: Any, query: str) -> set[str]:
    fragment = client.get(f"/cases?{query}", headers=PARTIAL).text
    return {number for number in (OPEN, HELD, CLOSED) if number in fragment}


def test_cases_are_found_by_number_court_and_standing(
    cases: None, person: Callable[..., Any]
) -> None:
    reviewer = person(Role.REVIEWER)
    for query, numbers in [
        ("", {OPEN, HELD, CLOSED}),
        ("standing=released", {OPEN}),
        ("standing=held", {HELD}),
        ("standing=not_public", {CLOSED}),
        ("standing=withdrawn", set()),
        ("standing=nonsense", {OPEN, HELD, CLOSED}),
        ("number=2018辽0803执124", {HELD}),
        ("number=〔2018〕辽0803执字第０0125号", {CLOSED}),
        ("number=执12", {OPEN, HELD, CLOSED}),
        ("number=%", set()),
        ("number=_", set()),
        ("number=123&standing=released", {OPEN}),
        ("number=124&standing=released", set()),
        ("court=辽0803", {OPEN, HELD, CLOSED}),
        ("court=辽0882", set()),
    ]:
        assert shown(reviewer, query) == numbers, query


def test_a_case_shows_where_it_stands_and_what_happened_to_it(
    cases: None, person: Callable[..., Any], acts: Callable[..., Any]
) -> None:
    page = person(Role.REVIEWER).get(PAGE).text
    assert "<code>/cases/2018-辽0803-执-123</code>" in page
    assert "第 1 版" in page
    assert "export.jsonl" in page
    assert "案件公开" in page
    assert ("reviewer1", "case.view", OPEN) in acts()


def test_withdrawing_takes_the_case_from_the_public_until_it_is_restored(
    cases: None, person: Callable[..., Any], bring_in: Callable[..., None], case: Callable[..., Any]
) -> None:
    reviewer = person(Role.REVIEWER)
    assert reviewer.submit(f"{PAGE}/withdraw", reason="当事人异议成立").status_code == 303
    assert shown(reviewer, "standing=withdrawn") == {OPEN}
    assert shown(reviewer, "standing=released") == set()
    page = reviewer.get(PAGE).text
    assert "当事人异议成立" in page
    bring_in(case(cause="买卖合同纠纷"))
    assert shown(reviewer, "standing=released") == set(), "an import brought it back"
    assert reviewer.submit(f"{PAGE}/restore", reason="复核后恢复").status_code == 303
    assert shown(reviewer, "standing=released") == set(), "one person brought it back"
    chief = person(Role.CHIEF_REVIEWER)
    assert chief.submit("/withdrawals/2/restore", PAGE).status_code == 303
    assert "已恢复公开" in chief.get(PAGE).text
    assert shown(reviewer, "standing=released") == {OPEN}


def test_both_acts_stand_in_the_log_with_their_reasons(
    cases: None, person: Callable[..., Any], acts: Callable[..., Any]
) -> None:
    reviewer, chief = person(Role.REVIEWER), person(Role.CHIEF_REVIEWER)
    reviewer.submit(f"{PAGE}/withdraw", reason="甲")
    chief.submit("/withdrawals/1/withdraw", PAGE)
    reviewer.submit(f"{PAGE}/restore", reason="乙")
    chief.submit("/withdrawals/2/restore", PAGE)
    done = [(who, act) for who, act, subject in acts("case.") if subject == OPEN]
    assert [entry for entry in done if entry[1] != "case.view"][-6:] == [
        ("reviewer1", "case.suspend"),
        ("reviewer1", "case.retracted"),
        ("chief_reviewer1", "case.withdraw"),
        ("reviewer1", "case.ask_restore"),
        ("chief_reviewer1", "case.restore"),
        ("chief_reviewer1", "case.released"),
    ]
    assert "理由：甲" in person(Role.SUPERVISOR).get("/audit?act=case.withdraw").text


@pytest.mark.parametrize("act", ["withdraw", "restore"])
def test_both_acts_need_a_reason(cases: None, person: Callable[..., Any], act: str) -> None:
    answer = person(Role.REVIEWER).submit(f"{PAGE}/{act}", reason=" ")
    assert answer.status_code == 422
    assert '<a href="#reason">请写明' in answer.text


def test_withdrawing_what_is_not_public_bars_it_and_says_so(
    cases: None, person: Callable[..., Any]
) -> None:
    reviewer = person(Role.REVIEWER)
    answer = reviewer.submit("/cases/2018-辽0803-执-124/withdraw", reason="不应公开")
    assert answer.status_code == 303
    assert "已登记为不再发布" in reviewer.get("/cases").text
    assert shown(reviewer, "standing=withdrawn") == {HELD}


def test_a_released_case_whose_new_version_waits_shows_both(
    cases: None, person: Callable[..., Any], bring_in: Callable[..., None], case: Callable[..., Any]
) -> None:
    bring_in(case(disclosure=None))
    reviewer = person(Role.REVIEWER)
    assert OPEN in shown(reviewer, "standing=held")
    assert OPEN in shown(reviewer, "standing=released")
    page = reviewer.get(PAGE).text
    assert "已公开</span>" in page
    assert "待审核</span>" in page
    assert "第 2 版" in page


@pytest.mark.parametrize("slug", ["2018-辽0803-执-9", "nonsense", "2018-辽0803-执-00123"])
def test_an_unknown_case_is_missing(person: Callable[..., Any], slug: str) -> None:
    reviewer = person(Role.REVIEWER)
    assert reviewer.get(f"/cases/{slug}").status_code == 404
    assert reviewer.submit(f"/cases/{slug}/withdraw", reason="x").status_code == 404


def test_every_version_of_a_case_tells_what_it_changed(
    bring_in: Callable[..., None], case: Callable[..., Any], person: Callable[..., Any]
) -> None:
    bring_in(case(cause="民间借贷纠纷"))
    bring_in(case(cause="买卖合同纠纷", query_codes=[{"party": "甘蓝芷", "code": "NEWCODE123"}]))
    reader = person(Role.REVIEWER)
    address = "/cases/2018-辽0803-执-123"
    assert "/revisions/2" in reader.get(address).text
    page = reader.get(f"{address}/revisions/2").text
    assert "<del>民间借贷纠纷</del>" in page
    assert "<ins>买卖合同纠纷</ins>" in page
    assert "NEWCODE123" not in page
    assert "甘蓝芷" not in page
    assert "首次登记的内容" in reader.get(f"{address}/revisions/1").text
    assert reader.get(f"{address}/revisions/3").status_code == 404
