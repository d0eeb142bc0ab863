from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.registry.audit import AuditEntry, first_broken_entry
from portal.staff.accounts import (
    AccountError,
    change_own_password,
    create_account,
    reset_password,
    set_active,
    set_role,
)
from portal.staff.lockout import FREE_FAILURES
from portal.staff.members import StaffMember, find_by_name, list_members
from portal.staff.models import Account, Role
from portal.staff.passwords import WeakPassword, is_right_password, make_password
from portal.staff.sessions import LiveSession, Whereabouts, find_session
from portal.staff.sign_in import SignInRefused, authenticate, start_session

Registry = sessionmaker[Session]
PASSWORD = "lan-tian-bai-yun"
DESK = Whereabouts("10.1.2.3", "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0")


@pytest.fixture
def member(registry: Registry) -> StaffMember:
    return create_account(registry, "王录入", Role.CLERK, PASSWORD, actor="shell")


@pytest.fixture
def ticket(registry: Registry, member: StaffMember) -> str:
    """The ticket of a session of the member."""
    return start_session(registry, member.name, PASSWORD, DESK).ticket


def live(registry: Registry, ticket: str) -> LiveSession | None:
    return find_session(registry, ticket, DESK)


def acts(registry: Registry) -> list[tuple[str, str, str]]:
    with registry() as session:
        assert first_broken_entry(session) is None
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(entry.actor, entry.act, entry.subject) for entry in entries]


def test_a_new_account_can_sign_in_and_its_making_is_logged(
    registry: Registry, member: StaffMember
) -> None:
    assert authenticate(registry, "王录入", PASSWORD).role is Role.CLERK
    assert acts(registry)[0] == ("shell", "account.create", "王录入")


def test_the_password_is_kept_as_an_argon2id_hash_only(
    registry: Registry, member: StaffMember
) -> None:
    with registry() as session:
        kept = session.scalars(select(Account)).one().password_hash
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


@pytest.mark.parametrize(
    "name", ["", "a", "a b", "甲" * 33, "<b>x</b>", "-abc", "ab\n", "ab\u202e"]
)
def test_names_that_could_mislead_are_refused(registry: Registry, name: str) -> None:
    with pytest.raises(AccountError, match="账号名须为"):
        create_account(registry, name, Role.CLERK, PASSWORD, actor="shell")


def test_a_taken_name_is_refused(registry: Registry, member: StaffMember) -> None:
    with pytest.raises(AccountError, match="已经有人使用"):
        create_account(registry, "王录入", Role.EDITOR, PASSWORD, actor="shell")
    assert [(other.name, other.role) for other in list_members(registry)] == [
        ("王录入", Role.CLERK)
    ]


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short-one-1", "至少需要 12 个字符"),
        ("x" * 129, "不能超过 128 个字符"),
        ("ababababababab", "过于简单"),
        ("my-CLERK1-password", "不能包含账号名"),
    ],
)
def test_weak_passwords_are_refused(registry: Registry, password: str, reason: str) -> None:
    with pytest.raises(WeakPassword, match=reason):
        create_account(registry, "clerk1", Role.CLERK, password, actor="shell")
    assert list_members(registry) == []


def test_closing_an_account_ends_its_sessions_and_bars_the_door(
    registry: Registry, member: StaffMember, ticket: str
) -> None:
    set_active(registry, member.id, False, actor="admin")
    assert live(registry, ticket) is None
    with pytest.raises(SignInRefused):
        authenticate(registry, member.name, PASSWORD)
    set_active(registry, member.id, True, actor="admin")
    assert live(registry, ticket) is None, "the old session came back"
    assert authenticate(registry, member.name, PASSWORD).active


def test_reopening_an_open_account_lifts_the_wait_after_failures(
    registry: Registry, member: StaffMember
) -> None:
    for _ in range(FREE_FAILURES):
        with pytest.raises(SignInRefused):
            authenticate(registry, member.name, "wrong-wrong-wrong")
    with pytest.raises(SignInRefused):
        authenticate(registry, member.name, PASSWORD)
    set_active(registry, member.id, True, actor="admin")
    assert authenticate(registry, member.name, PASSWORD)
    assert ("admin", "account.unlock", member.name) in acts(registry)


def test_another_role_ends_the_sessions(
    registry: Registry, member: StaffMember, ticket: str
) -> None:
    assert set_role(registry, member.id, Role.EDITOR, actor="admin").role is Role.EDITOR
    assert live(registry, ticket) is None
    set_role(registry, member.id, Role.EDITOR, actor="admin")
    assert [act for _, act, _ in acts(registry)].count("account.role") == 1


def test_an_account_is_found_by_name_or_said_to_be_unknown(
    registry: Registry, member: StaffMember
) -> None:
    assert find_by_name(registry, member.name) == member
    with pytest.raises(AccountError, match="没有账号 李"):
        find_by_name(registry, "李")


def test_nobody_closes_or_resets_his_own_account(registry: Registry, member: StaffMember) -> None:
    with pytest.raises(AccountError):
        set_active(registry, member.id, False, actor=member.name)
    with pytest.raises(AccountError):
        reset_password(registry, member.id, actor=member.name)
    assert authenticate(registry, member.name, PASSWORD)


def test_a_reset_gives_a_password_that_works_and_is_logged_without_it(
    registry: Registry, member: StaffMember, ticket: str
) -> None:
    _, password = reset_password(registry, member.id, actor="admin")
    assert live(registry, ticket) is None
    assert authenticate(registry, member.name, password).must_change_password
    with registry() as session:
        logged = [str(entry.detail) for entry in session.scalars(select(AuditEntry))]
    assert not any(password in detail for detail in logged)


def test_changing_the_own_password_ends_the_other_sessions(
    registry: Registry, member: StaffMember, ticket: str
) -> None:
    here = start_session(registry, member.name, PASSWORD, DESK).ticket
    session = live(registry, here)
    assert session is not None and session.member.must_change_password
    change_own_password(registry, member.id, PASSWORD, "qing-shan-lv-shui", keep=session.id)
    assert live(registry, ticket) is None
    kept = live(registry, here)
    assert kept is not None and not kept.member.must_change_password
    assert authenticate(registry, member.name, "qing-shan-lv-shui")


def test_the_own_password_changes_only_with_the_current_one(
    registry: Registry, member: StaffMember
) -> None:
    with pytest.raises(AccountError, match="当前密码不正确"):
        change_own_password(registry, member.id, "wrong-wrong-wrong", "qing-shan-lv-shui")
    with pytest.raises(AccountError, match="不能与当前密码相同"):
        change_own_password(registry, member.id, PASSWORD, PASSWORD)
    assert acts(registry)[-1] == (member.name, "account.refuse_password", member.name)


def test_guessing_the_current_password_locks_like_a_failed_sign_in(
    registry: Registry, member: StaffMember
) -> None:
    for _ in range(FREE_FAILURES):
        with pytest.raises(AccountError, match="当前密码不正确"):
            change_own_password(registry, member.id, "wrong-wrong-wrong", "qing-shan-lv-shui")
    with pytest.raises(AccountError, match="请稍后再试"):
        change_own_password(registry, member.id, PASSWORD, "qing-shan-lv-shui")
    with pytest.raises(SignInRefused):
        authenticate(registry, member.name, PASSWORD)


def test_an_unknown_account_is_said_to_be_unknown(registry: Registry) -> None:
    with pytest.raises(AccountError, match="没有这个账号"):
        set_active(registry, 404, False, actor="admin")


def test_made_passwords_are_long_different_and_accepted(registry: Registry) -> None:
    made = {make_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(password) == 19 for password in made)


@pytest.mark.parametrize("kept", [None, "", "not a hash", "$argon2id$v=19$broken"])
def test_a_missing_or_broken_hash_matches_nothing(kept: str | None) -> None:
    assert is_right_password(kept, PASSWORD) is False
