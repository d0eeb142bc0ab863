from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.registry.audit import AuditEntry, first_broken_entry
from portal.staff import passwords
from portal.staff.accounts import create_account, set_active
from portal.staff.lockout import LONGEST_DELAY, lock_delay
from portal.staff.members import StaffMember
from portal.staff.models import Account, Role
from portal.staff.sign_in import REFUSAL, SignInRefused, authenticate

Registry = sessionmaker[Session]
PASSWORD = "lan-tian-bai-yun"
NOON = datetime(2018, 4, 8, 12, 0, tzinfo=UTC)


@pytest.fixture
def member(registry: Registry) -> StaffMember:
    return create_account(registry, "王录入", Role.CLERK, PASSWORD, actor="shell")


def fail(registry: Registry, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            authenticate(registry, "王录入", "wrong-wrong-wrong")


def log(registry: Registry) -> list[tuple[str, str]]:
    with registry() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(entry.actor, entry.act) for entry in entries]


@pytest.mark.parametrize(
    ("failures", "delay"),
    [
        (0, timedelta(0)),
        (4, timedelta(0)),
        (5, timedelta(seconds=30)),
        (6, timedelta(minutes=1)),
        (9, timedelta(minutes=8)),
        (12, LONGEST_DELAY),
        (10_000, LONGEST_DELAY),
    ],
)
def test_the_delay_doubles_from_the_fifth_failure_up_to_an_hour(
    failures: int, delay: timedelta
) -> None:
    assert lock_delay(failures) == delay


def test_four_failures_do_not_lock(registry: Registry, member: StaffMember) -> None:
    fail(registry, 4)
    assert authenticate(registry, "王录入", PASSWORD)


def test_the_fifth_failure_locks_even_the_right_password_out_for_a_while(
    registry: Registry, member: StaffMember
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        fail(registry, 5)
        clock.shift(29)
        with pytest.raises(SignInRefused):
            authenticate(registry, "王录入", PASSWORD)
        clock.shift(2)
        assert authenticate(registry, "王录入", PASSWORD)


def test_attempts_on_a_locked_account_do_not_lengthen_the_lock(
    registry: Registry, member: StaffMember
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        fail(registry, 8)
        with registry() as session:
            account = session.scalars(select(Account)).one()
            assert (account.failures, account.locked_until) == (5, NOON + timedelta(seconds=30))
        clock.shift(31)
        fail(registry)
        clock.shift(31)
        with pytest.raises(SignInRefused):
            authenticate(registry, "王录入", PASSWORD)
        clock.shift(30)
        assert authenticate(registry, "王录入", PASSWORD)


def test_success_forgets_the_failures(registry: Registry, member: StaffMember) -> None:
    fail(registry, 4)
    authenticate(registry, "王录入", PASSWORD)
    fail(registry, 4)
    assert authenticate(registry, "王录入", PASSWORD)


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("王录入", "wrong-wrong-wrong"),
        ("无此人", PASSWORD),
        ("", ""),
        ("王录入", "x" * 100_000),
        ("王录入' OR '1'='1", PASSWORD),
    ],
)
def test_every_refusal_reads_the_same(
    registry: Registry, member: StaffMember, name: str, password: str
) -> None:
    with pytest.raises(SignInRefused) as refused:
        authenticate(registry, name, password)
    assert str(refused.value) == REFUSAL


def test_a_closed_account_is_refused_in_the_same_words(
    registry: Registry, member: StaffMember
) -> None:
    set_active(registry, member.id, False, actor="admin")
    with pytest.raises(SignInRefused) as refused:
        authenticate(registry, "王录入", PASSWORD)
    assert str(refused.value) == REFUSAL


def test_every_attempt_is_logged_but_never_what_was_typed(
    registry: Registry, member: StaffMember
) -> None:
    fail(registry, 6)
    with pytest.raises(SignInRefused):
        authenticate(registry, "my-password-in-the-wrong-box", "x")
    assert [act for _, act in log(registry)] == [
        "account.create",
        *["sign_in.failure"] * 5,
        "sign_in.locked",
        "sign_in.failure",
    ]
    with registry() as session:
        kept = [str(entry.__dict__) for entry in session.scalars(select(AuditEntry))]
    assert not any("wrong-box" in entry or "wrong-wrong" in entry for entry in kept)


def test_attempts_at_once_are_all_counted_and_all_logged(
    registry: Registry, member: StaffMember
) -> None:
    failures: list[BaseException] = []

    def attempt() -> None:
        try:
            authenticate(registry, "王录入", "wrong-wrong-wrong")
        except SignInRefused:
            pass
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=attempt) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with registry() as session:
        assert session.scalars(select(Account)).one().failures == 4
        assert first_broken_entry(session) is None
    assert [act for _, act in log(registry)].count("sign_in.failure") == 4


def test_a_hash_of_another_cost_is_made_anew_at_the_next_sign_in(
    registry: Registry, member: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept() -> str:
        with registry() as session:
            return session.scalars(select(Account)).one().password_hash

    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(2, 16, 1))
    authenticate(registry, "王录入", PASSWORD)
    assert "m=16,t=2" in kept()
    renewed = kept()
    authenticate(registry, "王录入", PASSWORD)
    assert kept() == renewed
