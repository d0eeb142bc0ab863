"""Signing in and out, and the lock that slows guessing down.

A wrong name, a wrong password, a closed and a locked account get the same message
after the same work, so that nobody learns from outside which accounts exist.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from portal.registry.audit import record_act
from portal.staff.accounts import StaffMember, as_member
from portal.staff.models import Account
from portal.staff.passwords import MAX_LENGTH, hash_password, is_outdated, is_right_password

FREE_FAILURES = 5
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=1)

REFUSAL = "账号或密码不正确，或者该账号暂时不能登录。多次失败后须等待一段时间再试。"
UNKNOWN = "（未知账号）"


class SignInRefused(Exception):
    """The only answer there is to an attempt that fails, whatever the cause."""

    def __init__(self) -> None:
        super().__init__(REFUSAL)


def lock_delay(failures: int) -> timedelta:
    """How long an account stays locked after this many failures in a row.

    Nothing before the fifth, then 30 s, doubling with each failure up to an hour.
    """
    if failures < FREE_FAILURES:
        return timedelta(0)
    return min(FIRST_DELAY * (1 << min(failures - FREE_FAILURES, 16)), LONGEST_DELAY)


def authenticate(registry: sessionmaker[Session], name: str, password: str) -> StaffMember:
    """The member with this name and password. Raises SignInRefused.

    Attempts on a locked account are refused without being counted, so that a
    stranger cannot keep an account locked for ever.
    """
    with registry() as session:
        account = session.scalar(select(Account).where(Account.name == name))
        known_hash = account.password_hash if account else None
    # The hashing stands outside the transaction: it takes far longer than the writing.
    right = len(password) <= MAX_LENGTH and is_right_password(known_hash, password)
    with registry.begin() as session:
        member = _settle(session, name, known_hash, right, password)
    if member is None:
        raise SignInRefused
    return member


def _settle(
    session: Session, name: str, known_hash: str | None, right: bool, password: str
) -> StaffMember | None:
    account = session.scalar(select(Account).where(Account.name == name).with_for_update())
    if account is None:
        # What was typed may be a password in the wrong box: the log does not keep it.
        record_act(session, UNKNOWN, "sign_in.failure")
        return None
    now = datetime.now(UTC)
    if account.locked_until and account.locked_until > now:
        record_act(session, name, "sign_in.locked", name)
        return None
    if not right or not account.active or account.password_hash != known_hash:
        _count_failure(session, account, now)
        return None
    account.failures, account.locked_until, account.last_login_at = 0, None, now
    if is_outdated(account.password_hash):
        account.password_hash = hash_password(password)
    record_act(session, name, "sign_in.success", name)
    return as_member(account)


def _count_failure(session: Session, account: Account, now: datetime) -> None:
    # Counted by the database: two attempts at once are two failures.
    session.execute(
        update(Account).where(Account.id == account.id).values(failures=Account.failures + 1)
    )
    session.refresh(account)
    delay = lock_delay(account.failures)
    account.locked_until = now + delay if delay else None
    record_act(
        session,
        account.name,
        "sign_in.failure",
        account.name,
        {"failures": account.failures, "locked_seconds": int(delay.total_seconds())},
    )


def sign_out(registry: sessionmaker[Session], account_id: int) -> None:
    """End every session of the account: a copied cookie is worth nothing afterwards."""
    with registry.begin() as session:
        account = session.get(Account, account_id)
        if account is not None:
            account.session_epoch += 1
            record_act(session, account.name, "sign_in.end", account.name)
