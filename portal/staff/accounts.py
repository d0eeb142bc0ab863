"""Accounts: making them, closing them, their roles and passwords."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.registry.audit import record_act
from portal.staff.lockout import count_failure, forget_failures, is_locked
from portal.staff.members import AccountError, StaffMember, as_member, get_account
from portal.staff.models import Account, Role
from portal.staff.passwords import (
    check_password_rules,
    hash_password,
    is_right_password,
    make_password,
)
from portal.staff.sessions import end_sessions

# Latin letters, digits, Chinese characters; long enough to mean somebody.
_NAME = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff._-]{1,31}")


def create_account(
    registry: sessionmaker[Session],
    name: str,
    role: Role,
    password: str,
    *,
    actor: str,
    provisional: bool = True,
) -> StaffMember:
    """Make an account. Raises AccountError for a bad or taken name, WeakPassword.

    A ``provisional`` password is known to whoever made the account: its owner has to change it
    before anything else. Only invented people keep theirs.
    """
    if not _NAME.fullmatch(name):
        raise AccountError("账号名须为 2 至 32 个汉字、字母或数字，可含“.”“_”“-”。")
    check_password_rules(password, name)
    password_hash = hash_password(password)
    with registry.begin() as session:
        if session.scalar(select(Account.id).where(Account.name == name)):
            raise AccountError("这个账号名已经有人使用。")
        account = Account(
            name=name,
            role=role,
            password_hash=password_hash,
            must_change_password=provisional,
            active=True,
            created_at=datetime.now(UTC),
        )
        session.add(account)
        record_act(session, actor, "account.create", name, {"role": str(role)})
        return as_member(account)


def set_active(
    registry: sessionmaker[Session], account_id: int, active: bool, *, actor: str
) -> StaffMember:
    """Close or reopen an account; closing ends its sessions. Nobody closes his own.

    Reopening one that is not closed lifts the wait after failures.
    """
    with registry.begin() as session:
        account = _another(session, account_id, actor, "不能停用或启用自己的账号。")
        if account.active != active:
            account.active = active
            end_sessions(session, account_id)
            act = "account.reopen" if active else "account.close"
            record_act(session, actor, act, account.name)
        elif active and account.failures:
            record_act(session, actor, "account.unlock", account.name)
        forget_failures(account)
        return as_member(account)


def set_role(
    registry: sessionmaker[Session], account_id: int, role: Role, *, actor: str
) -> StaffMember:
    """Give an account another role and end its sessions. Nobody changes his own."""
    with registry.begin() as session:
        account = _another(session, account_id, actor, "不能更改自己的角色。")
        if account.role != role:
            detail = {"former_role": account.role, "role": str(role)}
            account.role = role
            end_sessions(session, account_id)
            record_act(session, actor, "account.role", account.name, detail)
        return as_member(account)


def reset_password(
    registry: sessionmaker[Session], account_id: int, *, actor: str
) -> tuple[StaffMember, str]:
    """Give an account a new random password, lift its lock and end its sessions.

    The password is returned to be shown once; only its hash is kept, and its owner has to
    change it before anything else.
    """
    password = make_password()
    password_hash = hash_password(password)
    with registry.begin() as session:
        account = _another(session, account_id, actor, "自己的密码请在“我的账号”中更改。")
        account.password_hash, account.must_change_password = password_hash, True
        forget_failures(account)
        end_sessions(session, account_id)
        record_act(session, actor, "account.reset_password", account.name)
        return as_member(account), password


def change_own_password(
    registry: sessionmaker[Session],
    account_id: int,
    current: str,
    new: str,
    *,
    keep: int | None = None,
) -> StaffMember:
    """Change a password by its owner; every session but ``keep`` ends.

    Raises AccountError when the current password is wrong, which counts like a failed
    sign-in, WeakPassword for the new one.
    """
    now = datetime.now(UTC)
    with registry() as session:
        account = get_account(session, account_id)
        name, known_hash, locked = account.name, account.password_hash, is_locked(account, now)
    if locked:
        raise AccountError("多次输入错误，请稍后再试。")
    if not is_right_password(known_hash, current):
        with registry.begin() as session:
            account = get_account(session, account_id)
            count_failure(session, account, "account.refuse_password", now)
        raise AccountError("当前密码不正确。")
    if new == current:
        raise AccountError("新密码不能与当前密码相同。")
    check_password_rules(new, name)
    password_hash = hash_password(new)
    with registry.begin() as session:
        account = get_account(session, account_id)
        if account.password_hash != known_hash:
            raise AccountError("密码刚刚被更改，请重新登录。")
        account.password_hash, account.must_change_password = password_hash, False
        forget_failures(account)
        end_sessions(session, account_id, keep=keep)
        record_act(session, name, "account.change_password", name)
        return as_member(account)


def _another(session: Session, account_id: int, actor: str, refusal: str) -> Account:
    account = get_account(session, account_id)
    if account.name == actor:
        raise AccountError(refusal)
    return account
