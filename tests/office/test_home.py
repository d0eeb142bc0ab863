"""The desk: what waits, what is overdue, what was published, and each number a link to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from portal.publication.gate import Gate
from portal.registry.leak_checks import begin_check, finish_check
from portal.staff.models import Role

PAGE = "/cases/2018-辽0803-执-123"


@pytest.mark.parametrize("role", Role)
def test_every_link_of_the_desk_can_be_followed_by_whoever_sees_it(
    bring_in: Callable[..., None],
    case: Callable[..., Any],
    person: Callable[..., Any],
    role: Role,
) -> None:
    bring_in(case(), case(case_number="（2018）辽0803执124号", disclosure=None))
    reviewer = person(Role.REVIEWER)
    reviewer.submit(f"{PAGE}/withdraw", PAGE, reason="异议")
    client = person(role)
    links = set(re.findall(r'href="(/[^"#]*)', client.get("/").text)) - {"/"}
    assert links
    for link in links:
        if "/static/" not in link:
            assert client.get(link.replace("&amp;", "&")).status_code == 200, link


def test_a_number_leads_to_as_many_cases(
    bring_in: Callable[..., None], case: Callable[..., Any], person: Callable[..., Any]
) -> None:
    bring_in(case(), case(case_number="（2018）辽0803执124号"))
    page = person(Role.REVIEWER).get("/").text
    assert re.search(r'href="/cases\?published=today">2</a>', page)
    assert "共 2 件" in person(Role.REVIEWER).get("/cases?published=today").text
    assert "没有找到案件" in person(Role.REVIEWER).get("/cases?published=today&court=辽0802").text


def test_what_waits_for_a_second_person_is_on_the_desk(
    bring_in: Callable[..., None], case: Callable[..., Any], person: Callable[..., Any]
) -> None:
    bring_in(case())
    person(Role.REVIEWER).submit(f"{PAGE}/withdraw", PAGE, reason="异议")
    assert "等待第二人" in person(Role.CHIEF_REVIEWER).get("/").text
    assert "等待第二人" not in person(Role.EDITOR).get("/").text


def test_the_last_leak_check_stands_on_the_desk_and_in_full_behind_it(
    gate: Gate, person: Callable[..., Any]
) -> None:
    supervisor = person(Role.SUPERVISOR)
    assert "还没有进行过泄露检查" in supervisor.get("/health").text
    leak = {"item": "（2018）辽0803执123号", "path": "cause", "reason": "原文未屏蔽"}
    fault = {"address": "/cases/x", "reason": "没有正常显示"}
    check_id = begin_check(gate.stores.registry, "cron")
    finish_check(gate.stores.registry, check_id, scanned=40, leaks=[leak], faults=[fault])
    assert "最近一次发现 2 处问题" in supervisor.get("/").text
    page = supervisor.get("/health").text
    assert f'href="{PAGE}"' in page or "（2018）辽0803执123号</a>" in page
    assert "原文未屏蔽" in page
    assert "/cases/x" in page
    assert "检查泄露" in supervisor.get("/audit?act=publish").text


def test_who_may_not_see_the_health_of_the_system_does_not(person: Callable[..., Any]) -> None:
    for role in (Role.CLERK, Role.EDITOR, Role.ADMINISTRATOR):
        client = person(role)
        assert "运行状况" not in client.get("/").text
        assert client.get("/health").status_code == 403
