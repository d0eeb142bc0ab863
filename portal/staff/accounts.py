"""Accounts: making them, closing them, and who is who for the rest of the office."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.registry.audit import record_act
from portal.staff.models import Account, Role
from portal.staff.passwords import (
    check_password_rules,
    hash_password,
    is_right_password,
    make_password,
)

# Latin letters, digits, Chinese characters; long enough to mean somebody.
_NAME = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff._-]{1,31}")


class AccountError(ValueError):
    """The account cannot be made or changed so; the message says why, in Chinese."""


@dataclass(frozen=True)
class StaffMember:
    """One account as the rest of the office sees it: no hash, no counters."""

    id: int
    name: str
    role: Role
    active: bool
    epoch: int
    locked_until: datetime | None
    created_at: datetime
    last_login_at: datetime | None


def as_member(account: Account) -> StaffMember:
    """Copy what may leave this package out of the row."""
    return StaffMember(
        id=account.id,
        name=account.name,
        role=Role(account.role),
        active=account.active,
        epoch=account.session_epoch,
        locked_until=account.locked_until,
        created_at=account.created_at,
        last_login_at=account.last_login_at,
    )


def create_account(
    registry: sessionmaker[Session], name: str, role: Role, password: str, *, actor: str
) -> StaffMember:
    """Make an account. Raises AccountError for a bad or taken name, WeakPassword."""
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
            active=True,
            session_epoch=1,
            created_at=datetime.now(UTC),
        )
        session.add(account)
        record_act(session, actor, "account.create", name, {"role": str(role)})
        return as_member(account)


def list_members(registry: sessionmaker[Session]) -> list[StaffMember]:
    """Every account, those in use first, by name."""
    query = select(Account).order_by(Account.active.desc(), Account.name)
    with registry() as session:
        return [as_member(account) for account in session.scalars(query)]


def find_signed_in(
    registry: sessionmaker[Session], account_id: int, epoch: int
) -> StaffMember | None:
    """The active account a session belongs to, or None when that session has been ended."""
    with registry() as session:
        account = session.get(Account, account_id)
        if account is None or not account.active or account.session_epoch != epoch:
            return None
        return as_member(account)


def set_active(
    registry: sessionmaker[Session], account_id: int, active: bool, *, actor: str
) -> StaffMember:
    """Close or reopen an account; closing ends its sessions. Nobody closes his own."""
    with registry.begin() as session:
        account = _get(session, account_id)
        if account.name == actor:
            raise AccountError("不能停用或启用自己的账号。")
        if account.active != active:
            account.active = active
            account.session_epoch += 1
            account.failures, account.locked_until = 0, None
            act = "account.reopen" if active else "account.close"
            record_act(session, actor, act, account.name)
        return as_member(account)


def reset_password(
    registry: sessionmaker[Session], account_id: int, *, actor: str
) -> tuple[StaffMember, str]:
    """Give an account a new random password, lift its lock and end its sessions.

    The password is returned to be shown once; only its hash is kept.
    """
    password = make_password()
    password_hash = hash_password(password)
    with registry.begin() as session:
        account = _get(session, account_id)
        if account.name == actor:
            raise AccountError("自己的密码请在“修改密码”中更改。")
        _replace_hash(account, password_hash)
        record_act(session, actor, "account.reset_password", account.name)
        return as_member(account), password


def change_own_password(
    registry: sessionmaker[Session], account_id: int, current: str, new: str
) -> StaffMember:
    """Change a password by its owner; every other session of the account ends.

    Raises AccountError when the current password is wrong, WeakPassword for the new one.
    """
    with registry() as session:
        account = _get(session, account_id)
        name, known_hash = account.name, account.password_hash
    if not is_right_password(known_hash, current):
        with registry.begin() as session:
            record_act(session, name, "account.refuse_password", name)
        raise AccountError("当前密码不正确。")
    if new == current:
        raise AccountError("新密码不能与当前密码相同。")
    check_password_rules(new, name)
    password_hash = hash_password(new)
    with registry.begin() as session:
        account = _get(session, account_id)
        if account.password_hash != known_hash:
            raise AccountError("密码刚刚被更改，请重新登录。")
        _replace_hash(account, password_hash)
        record_act(session, name, "account.change_password", name)
        return as_member(account)


def _get(session: Session, account_id: int) -> Account:
    account = session.get(Account, account_id)
    if account is None:
        raise AccountError("没有这个账号。")
    return account


def _replace_hash(account: Account, password_hash: str) -> None:
    account.password_hash = password_hash
    account.session_epoch += 1
    account.failures, account.locked_until = 0, None
