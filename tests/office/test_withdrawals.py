from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from portal.staff.models import Role

PAGE = "/cases/2018-辽0803-执-123"
LIST = "/withdrawals"


@pytest.fixture
def suspended(
    bring_in: Callable[..., None], case: Callable[..., Any], person: Callable[..., Any]
) -> Any:
    """The reviewer who took a case off."""
    bring_in(case())
    reviewer = person(Role.REVIEWER)
    assert reviewer.submit(f"{PAGE}/withdraw", PAGE, reason="发现身份证号").status_code == 303
    return reviewer


def test_what_waits_for_a_second_person_is_listed_with_its_reason(
    suspended: Any, person: Callable[..., Any]
) -> None:
    suspended.get(LIST)  # what has just been done is said once
    page = suspended.get(LIST).text
    assert "发现身份证号" in page
    assert "须由另一人确认" in page
    assert "确认撤回" not in page
    assert "确认撤回" in person(Role.CHIEF_REVIEWER).get(LIST).text
    assert "须由审核负责人确认" in person(Role.SUPERVISOR).get(LIST).text


def test_the_one_who_asked_cannot_confirm(suspended: Any) -> None:
    answer = suspended.submit(f"{LIST}/1/withdraw", PAGE)
    assert (answer.status_code, "提出人不能自己确认" in answer.text) == (422, True)
    assert 'href="#act-1"' in answer.text


def test_a_confirmed_withdrawal_leaves_the_list(suspended: Any, person: Callable[..., Any]) -> None:
    chief = person(Role.CHIEF_REVIEWER)
    assert chief.submit(f"{LIST}/1/withdraw", LIST).status_code == 303
    assert "没有待确认的事项" in chief.get(LIST).text
    assert "chief_reviewer1" in chief.get(f"{LIST}?state=confirmed").text
    again = chief.submit(f"{LIST}/1/withdraw", PAGE)
    assert (again.status_code, "已由 chief_reviewer1 处理" in again.text) == (422, True)


def test_a_restoration_is_declined_with_a_reason(
    suspended: Any, person: Callable[..., Any]
) -> None:
    suspended.submit(f"{PAGE}/restore", PAGE, reason="误操作")
    chief = person(Role.CHIEF_REVIEWER)
    assert "同意恢复公开" in chief.get(PAGE).text
    assert chief.submit(f"{LIST}/2/decline", LIST, reason="").status_code == 422
    assert chief.submit(f"{LIST}/2/decline", LIST, reason="仍有疑问").status_code == 303
    assert "仍有疑问" in chief.get(f"{LIST}?state=dropped").text
    assert "停止公开</span>" in chief.get(PAGE).text


@pytest.mark.parametrize("query", ["?state=junk", "?page=junk", "?state=confirmed&page=99"])
def test_junk_in_the_address_is_harmless(suspended: Any, query: str) -> None:
    assert suspended.get(LIST + query).status_code == 200
