"""The lock that slows guessing down: one count for passwords and codes of an account."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.registry.audit import record_act
from portal.staff.models import Account

FREE_FAILURES = 5
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=1)


def lock_delay(failures: int) -> timedelta:
    """How long an account stays locked after this many failures in a row.

    Nothing before the fifth, then 30 s, doubling with each failure up to an hour.
    """
    if failures < FREE_FAILURES:
        return timedelta(0)
    return min(FIRST_DELAY * (1 << min(failures - FREE_FAILURES, 16)), LONGEST_DELAY)


def is_locked(account: Account, now: datetime) -> bool:
    """Whether the account waits because of failures."""
    return account.locked_until is not None and account.locked_until > now


def count_failure(session: Session, account: Account, act: str, now: datetime) -> None:
    """Count one failure, lock the account where it is one too many, and log it as ``act``."""
    # Counted by the database: two attempts at once are two failures.
    session.execute(
        update(Account).where(Account.id == account.id).values(failures=Account.failures + 1)
    )
    session.refresh(account)
    delay = lock_delay(account.failures)
    account.locked_until = now + delay if delay else None
    detail = {"failures": account.failures, "locked_seconds": int(delay.total_seconds())}
    record_act(session, account.name, act, account.name, detail)


def forget_failures(account: Account) -> None:
    """Lift the lock."""
    account.failures, account.locked_until = 0, None
