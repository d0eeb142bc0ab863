from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.registry.audit import AuditEntry
from portal.staff.accounts import create_account
from portal.staff.members import AccountError, StaffMember
from portal.staff.models import Role, StaffSession
from portal.staff.sessions import (
    IDLE,
    KEPT,
    LONGEST,
    TOUCH,
    Whereabouts,
    find_session,
    list_sessions,
    revoke_session,
    revoke_sessions,
    sign_out,
)
from portal.staff.sign_in import start_session

Registry = sessionmaker[Session]
PASSWORD = "lan-tian-bai-yun"
NOON = datetime(2018, 4, 8, 12, 0, tzinfo=UTC)
DESK = Whereabouts("10.1.2.3", "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0")
PHONE = Whereabouts("10.9.9.9", "Mozilla/5.0 (iPhone) Safari/604.1")


@pytest.fixture
def member(registry: Registry) -> StaffMember:
    return create_account(registry, "王录入", Role.CLERK, PASSWORD, actor="shell")


def start(registry: Registry, where: Whereabouts = DESK) -> str:
    return start_session(registry, "王录入", PASSWORD, where).ticket


def id_of(registry: Registry, ticket: str, where: Whereabouts = DESK) -> int:
    found = find_session(registry, ticket, where)
    assert found is not None
    return found.id


def acts(registry: Registry) -> list[tuple[str, str]]:
    with registry() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(entry.actor, entry.act) for entry in entries]


def test_the_store_holds_no_ticket(registry: Registry, member: StaffMember) -> None:
    ticket = start(registry)
    with registry() as session:
        row = session.scalars(select(StaffSession)).one()
    assert ticket not in str(vars(row))


def test_a_ticket_is_good_from_any_address_but_in_its_own_browser_only(
    registry: Registry, member: StaffMember
) -> None:
    ticket = start(registry)
    assert find_session(registry, ticket, Whereabouts("172.16.0.1", DESK.browser)) is not None
    assert find_session(registry, ticket, PHONE) is None
    for wrong in ("", ticket[:-1], ticket.swapcase()):
        assert find_session(registry, wrong, DESK) is None


def test_a_session_ends_after_half_an_hour_of_silence(
    registry: Registry, member: StaffMember
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ticket = start(registry)
        for wait, alive in ((IDLE, True), (IDLE + timedelta(seconds=1), False)):
            clock.shift(wait)
            assert (find_session(registry, ticket, DESK) is not None) == alive


def test_a_session_ends_after_a_working_day_however_busy(
    registry: Registry, member: StaffMember
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ticket = start(registry)
        for _ in range(int(LONGEST / IDLE)):
            clock.shift(IDLE)
            assert find_session(registry, ticket, DESK) is not None
        clock.shift(timedelta(seconds=1))
        assert find_session(registry, ticket, DESK) is None


def test_that_somebody_was_seen_is_written_once_a_minute(
    registry: Registry, member: StaffMember
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ticket = start(registry)
        clock.shift(TOUCH)
        find_session(registry, ticket, DESK)
        assert list_sessions(registry, member.id)[0].seen_at == NOON
        clock.shift(timedelta(seconds=1))
        find_session(registry, ticket, DESK)
        assert list_sessions(registry, member.id)[0].seen_at == NOON + TOUCH + timedelta(seconds=1)


def test_signing_out_ends_this_session_alone(registry: Registry, member: StaffMember) -> None:
    here, there = start(registry), start(registry, PHONE)
    sign_out(registry, id_of(registry, here))
    assert find_session(registry, here, DESK) is None
    assert find_session(registry, there, PHONE) is not None
    assert acts(registry)[-1] == ("王录入", "sign_in.end")


def test_one_session_or_all_others_can_be_revoked(registry: Registry, member: StaffMember) -> None:
    tickets = [start(registry) for _ in range(4)]
    here, first = id_of(registry, tickets[0]), id_of(registry, tickets[1])
    revoke_session(registry, member.id, first, actor="王录入")
    assert find_session(registry, tickets[1], DESK) is None
    assert revoke_sessions(registry, member.id, actor="王录入", keep=here) == 2
    assert [session.id for session in list_sessions(registry, member.id)] == [here]
    assert acts(registry)[-2:] == [("王录入", "session.revoke")] * 2


def test_nobody_revokes_a_session_under_another_account(
    registry: Registry, member: StaffMember
) -> None:
    other = create_account(registry, "李编辑", Role.EDITOR, PASSWORD, actor="shell")
    ticket = start(registry)
    with pytest.raises(AccountError, match="没有这个登录"):
        revoke_session(registry, other.id, id_of(registry, ticket), actor="李编辑")
    assert find_session(registry, ticket, DESK) is not None


def test_sessions_long_over_are_forgotten(registry: Registry, member: StaffMember) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        start(registry)
        clock.shift(KEPT + timedelta(seconds=1))
        start(registry)
    with registry() as session:
        assert len(session.scalars(select(StaffSession)).all()) == 1
