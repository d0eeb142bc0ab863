"""Signing in: the password, then the code where the account has a second factor.

A wrong name, a wrong password, a closed and a locked account get the same message
after the same work, so that nobody learns from outside which accounts exist.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.registry.audit import record_act
from portal.staff.lockout import count_failure, forget_failures, is_locked
from portal.staff.members import StaffMember, as_member
from portal.staff.models import Account
from portal.staff.passwords import MAX_LENGTH, hash_password, is_outdated, is_right_password
from portal.staff.sessions import Whereabouts, open_session

REFUSAL = "账号或密码不正确，或者该账号暂时不能登录。多次失败后须等待一段时间再试。"
UNKNOWN = "（未知账号）"
T = TypeVar("T")


class SignInRefused(Exception):
    """The only answer there is to an attempt that fails, whatever the cause."""

    def __init__(self) -> None:
        super().__init__(REFUSAL)


@dataclass(frozen=True)
class Started:
    """A session that began: its ticket, and whether a code has to follow before it is let in."""

    ticket: str
    awaits_code: bool


def authenticate(registry: sessionmaker[Session], name: str, password: str) -> StaffMember:
    """The member with this name and password. Raises SignInRefused.

    Attempts on a locked account are refused without being counted, so that a
    stranger cannot keep an account locked for ever.
    """
    return _try_password(registry, name, password, lambda _session, account: as_member(account))


def start_session(
    registry: sessionmaker[Session], name: str, password: str, where: Whereabouts
) -> Started:
    """Begin a session for whoever knows this name and password. Raises SignInRefused."""

    def start(session: Session, account: Account) -> Started:
        awaits_code = bool(account.totp_secret)
        ticket = open_session(session, account, where, admitted=not awaits_code)
        return Started(ticket, awaits_code)

    return _try_password(registry, name, password, start)


def _try_password(
    registry: sessionmaker[Session],
    name: str,
    password: str,
    welcome: Callable[[Session, Account], T],
) -> T:
    with registry() as session:
        account = session.scalar(select(Account).where(Account.name == name))
        known_hash = account.password_hash if account else None
    # The hashing stands outside the transaction: it takes far longer than the writing.
    right = len(password) <= MAX_LENGTH and is_right_password(known_hash, password)
    with registry.begin() as session:
        account = _settle(session, name, known_hash, right, password)
        if account is not None:
            return welcome(session, account)
    raise SignInRefused


def _settle(
    session: Session, name: str, known_hash: str | None, right: bool, password: str
) -> Account | None:
    account = session.scalar(select(Account).where(Account.name == name).with_for_update())
    if account is None:
        # What was typed may be a password in the wrong box: the log does not keep it.
        record_act(session, UNKNOWN, "sign_in.failure")
        return None
    now = datetime.now(UTC)
    if is_locked(account, now):
        record_act(session, name, "sign_in.locked", name)
        return None
    if not right or not account.active or account.password_hash != known_hash:
        count_failure(session, account, "sign_in.failure", now)
        return None
    if is_outdated(account.password_hash):
        account.password_hash = hash_password(password)
    if account.totp_secret:
        # The failures stand until the code is right as well: the password alone must not
        # give whoever knows it a new set of guesses.
        record_act(session, name, "sign_in.password", name)
    else:
        forget_failures(account)
        account.last_login_at = now
        record_act(session, name, "sign_in.success", name)
    return account
