from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session, sessionmaker

from portal.office.words import ACT_GROUPS, ACTS
from portal.registry.audit import AuditEntry
from portal.staff.models import Role

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def supervisor(person: Callable[..., Any]) -> Any:
    person(Role.CLERK)
    return person(Role.SUPERVISOR)


def rows(client: Any, query: str) -> str:
    return str(client.get(f"/audit?{query}", headers=PARTIAL).text)


def test_the_log_reads_as_sentences(supervisor: Any) -> None:
    page = rows(supervisor, "")
    assert "新建账号" in page
    assert "角色：录入员" in page
    assert "sign_in" not in page


def test_the_log_can_be_narrowed(supervisor: Any) -> None:
    for query, seen, unseen in [
        ("actor=clerk1", "clerk1", "supervisor1"),
        ("act=sign_in", "登录", "新建账号"),
        ("act=account.create", "新建账号", ">登录<"),
        ("subject=editor1", "editor1", "clerk1"),
        ("subject=%25", "没有符合条件的记录", "clerk1"),
        ("from=2100-01-01", "没有符合条件的记录", "clerk1"),
        ("to=2000-01-01", "没有符合条件的记录", "clerk1"),
        ("to=9999-12-31", "clerk1", "没有符合条件的记录"),
        ("from=junk&to=2018-13-99", "clerk1", "没有符合条件的记录"),
    ]:
        page = rows(supervisor, query)
        assert seen in page, query
        assert unseen not in page, query


def test_a_day_is_a_day_in_yingkou(supervisor: Any, registry: sessionmaker[Session]) -> None:
    # 00:30 on the 9th in Yingkou is 16:30 on the 8th in UTC.
    with registry.begin() as session:
        session.execute(
            update(AuditEntry)
            .where(AuditEntry.id == 1)
            .values(at=datetime(2018, 4, 8, 16, 30, tzinfo=UTC))
        )
    assert "共 1 条" in rows(supervisor, "from=2018-04-09&to=2018-04-09")
    assert "共 0 条" in rows(supervisor, "from=2018-04-08&to=2018-04-08")


def test_a_whole_chain_is_said_to_be_whole_and_the_inspection_is_logged(
    supervisor: Any, acts: Callable[..., Any]
) -> None:
    assert supervisor.submit("/audit/check", "/audit").status_code == 303
    assert "日志链完整" in supervisor.get("/audit").text
    assert acts()[-1] == ("supervisor1", "audit.check", "")


@pytest.mark.parametrize(
    "tamper",
    [
        update(AuditEntry).where(AuditEntry.id == 3).values(actor="somebody else"),
        update(AuditEntry).where(AuditEntry.id == 3).values(detail={"role": "administrator"}),
        update(AuditEntry).where(AuditEntry.id == 3).values(at=datetime.now(UTC) - timedelta(1)),
        delete(AuditEntry).where(AuditEntry.id == 3),
    ],
)
def test_a_broken_chain_is_named(
    supervisor: Any, registry: sessionmaker[Session], tamper: Any
) -> None:
    with registry.begin() as session:
        session.execute(tamper)
    supervisor.submit("/audit/check", "/audit")
    assert "日志链在第" in supervisor.get("/audit").text


def test_every_act_has_a_word_and_a_group() -> None:
    assert {act.split(".")[0] for act in ACTS} == set(ACT_GROUPS)
