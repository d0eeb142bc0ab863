"""Counts tries at something that must not be guessed, and makes who tries too often wait.

What is counted (an address, a case) is kept only as a keyed hash. The counters stand in a
database, so that every process of the public surface sees the same ones.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Index, String, delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from portal.inbox.base import InboxBase

_MOST_DOUBLINGS = 20


class Attempt(InboxBase):
    """The tries of one subject in one scope."""

    __tablename__ = "attempt"
    __table_args__ = (Index(None, "scope", "last_at"),)

    scope: Mapped[str] = mapped_column(String(32), primary_key=True)
    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]


@dataclass(frozen=True)
class Patience:
    """How many tries are free, and how the wait after each further one grows.

    The wait is ``first`` after the last free try and doubles with every try up to ``longest``.
    A subject that did not try for ``window`` starts anew; a window no longer than the longest
    wait would make the free tries come back with every wait.
    """

    scope: str
    free: int
    first: timedelta
    longest: timedelta
    window: timedelta

    def __post_init__(self) -> None:
        if self.window <= self.longest:
            raise ValueError("the window must be longer than the longest wait")

    def wait_after(self, count: int) -> timedelta:
        """The wait after this many tries; zero while they are free."""
        over = count - self.free
        if over < 0:
            return timedelta(0)
        return min(self.first * 2 ** min(over, _MOST_DOUBLINGS), self.longest)


@dataclass(frozen=True)
class Attempts:
    """The counters, as one process of either surface works with them."""

    inbox: sessionmaker[Session]
    key: bytes

    def spend(self, patience: Patience, subject: str, now: datetime) -> timedelta | None:
        """Count one try. None where it may be made, else how long it has to wait.

        A try that has to wait is not made and not counted. Tries at the same moment are
        counted one after the other: the first statement takes the row.
        """
        while True:
            try:
                with self.inbox.begin() as session:
                    return self._spend(session, patience, self._digest(patience, subject), now)
            except IntegrityError:
                # Another process was the first to count this subject; now there is a row.
                continue

    def give_back(self, patience: Patience, subject: str) -> None:
        """Take back the count of one try that was right, and the wait it caused; keep the others.

        Whoever holds one right answer must not be able to clear away his wrong ones with it.
        """
        mine = {"scope": patience.scope, "subject": self._digest(patience, subject)}
        with self.inbox.begin() as session:
            session.execute(
                update(Attempt)
                .filter_by(**mine)
                .where(Attempt.count > 0)
                .values(count=Attempt.count - 1, blocked_until=None)
            )

    def clear(self, patience: Patience, subject: str) -> None:
        """Forget the tries of somebody who got it right."""
        with self.inbox.begin() as session:
            session.execute(
                delete(Attempt).filter_by(
                    scope=patience.scope, subject=self._digest(patience, subject)
                )
            )

    def _spend(
        self, session: Session, patience: Patience, subject: str, now: datetime
    ) -> timedelta | None:
        mine = {"scope": patience.scope, "subject": subject}
        counted = session.execute(
            update(Attempt)
            .filter_by(**mine)
            .values(count=Attempt.count + 1)
            .execution_options(synchronize_session=False)
        )
        if not counted.rowcount:  # type: ignore[attr-defined]
            wait = patience.wait_after(1)
            session.add(
                Attempt(**mine, count=1, last_at=now, blocked_until=now + wait if wait else None)
            )
            return None
        row = session.get_one(Attempt, tuple(mine.values()))
        if row.blocked_until is not None and now < row.blocked_until:
            row.count -= 1
            return row.blocked_until - now
        if now - row.last_at >= patience.window:
            row.count = 1
        row.last_at = now
        wait = patience.wait_after(row.count)
        row.blocked_until = now + wait if wait else None
        return None

    def _digest(self, patience: Patience, subject: str) -> str:
        message = f"{patience.scope}\x1f{subject}".encode()
        return hmac.new(self.key, message, hashlib.sha256).hexdigest()


def in_words(wait: timedelta) -> str:
    """How long somebody has to wait, as he reads it."""
    minutes = int(wait.total_seconds() + 59) // 60
    if minutes <= 90:
        return f"约 {minutes} 分钟"
    hours = (minutes + 59) // 60
    return f"约 {hours} 小时" if hours <= 48 else f"约 {(hours + 23) // 24} 天"


def forget_old(inbox: sessionmaker[Session], rules: Iterable[Patience], now: datetime) -> int:
    """Delete counters whose window is over; return how many."""
    forgotten = 0
    with inbox.begin() as session:
        for patience in rules:
            gone = session.execute(
                delete(Attempt).where(
                    Attempt.scope == patience.scope, Attempt.last_at < now - patience.window
                )
            )
            forgotten += gone.rowcount  # type: ignore[attr-defined]
    return forgotten
