"""Who an account is for the rest of the office: no hash, no secret, no counters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.staff.models import Account, Role


class AccountError(ValueError):
    """The account cannot be made or changed so; the message says why, in Chinese."""


@dataclass(frozen=True)
class StaffMember:
    """One account as others see it; ``second_factor_since`` is None without one."""

    id: int
    name: str
    role: Role
    active: bool
    must_change_password: bool
    second_factor_since: datetime | None
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
        must_change_password=account.must_change_password,
        second_factor_since=account.totp_since if account.totp_secret else None,
        locked_until=account.locked_until,
        created_at=account.created_at,
        last_login_at=account.last_login_at,
    )


def get_account(session: Session, account_id: int) -> Account:
    """The row of an account. Raises AccountError where there is none."""
    account = session.get(Account, account_id)
    if account is None:
        raise AccountError("没有这个账号。")
    return account


def list_members(registry: sessionmaker[Session]) -> list[StaffMember]:
    """Every account, those in use first, by name."""
    query = select(Account).order_by(Account.active.desc(), Account.name)
    with registry() as session:
        return [as_member(account) for account in session.scalars(query)]


def find_member(registry: sessionmaker[Session], account_id: int) -> StaffMember:
    """One account by its number. Raises AccountError."""
    with registry() as session:
        return as_member(get_account(session, account_id))


def find_by_name(registry: sessionmaker[Session], name: str) -> StaffMember:
    """One account by its name. Raises AccountError."""
    with registry() as session:
        account = session.scalar(select(Account).where(Account.name == name))
        if account is None:
            raise AccountError(f"没有账号 {name}。")
        return as_member(account)
