"""Sessions: rows that are looked up at every request, so that ending one works at once.

A session ends after half an hour without a request, after a working day in any case, when it
is signed out or revoked, and when its account is closed or gets another password or role.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from portal.registry.audit import record_act
from portal.staff.members import AccountError, StaffMember, as_member, get_account
from portal.staff.models import Account, StaffSession

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
# Time to type a code after the password was right.
PENDING = timedelta(minutes=5)
# That somebody was seen is written down at most this often.
TOUCH = timedelta(minutes=1)
# Sessions that are over are forgotten after this; the audit log keeps who signed in when.
KEPT = timedelta(days=30)
MAX_BROWSER = 300


@dataclass(frozen=True)
class Whereabouts:
    """Where a browser asks from: its network address, and what it calls itself."""

    address: str
    browser: str


@dataclass(frozen=True)
class LiveSession:
    """A session as its owner, an administrator and the office see it."""

    id: int
    member: StaffMember
    where: Whereabouts
    started_at: datetime
    seen_at: datetime
    admitted: bool


def open_session(session: Session, account: Account, where: Whereabouts, *, admitted: bool) -> str:
    """Begin a session inside the caller's transaction; return the ticket for its cookie."""
    now = datetime.now(UTC)
    session.execute(
        delete(StaffSession).where(
            StaffSession.account_id == account.id, StaffSession.started_at < now - KEPT
        )
    )
    ticket = secrets.token_urlsafe(32)
    session.add(
        StaffSession(
            account_id=account.id,
            ticket_digest=_digest(ticket),
            address=where.address[:64],
            browser=where.browser[:MAX_BROWSER],
            started_at=now,
            seen_at=now,
            admitted_at=now if admitted else None,
        )
    )
    return ticket


def find_session(
    registry: sessionmaker[Session], ticket: str, where: Whereabouts
) -> LiveSession | None:
    """The live session of a ticket, admitted or not, or None.

    A ticket that turns up in another browser is void: copied cookies seldom bring along what
    the browser calls itself. The network address may change for honest people too.
    """
    now = datetime.now(UTC)
    with registry() as session:
        found = _find_row(session, ticket)
        if found is None or not _is_live(found, now):
            return None
        if found.browser != where.browser[:MAX_BROWSER]:
            return None
        live = _as_live(found)
    if live.admitted and now - live.seen_at > TOUCH:
        _touch(registry, live.id, now)
    return live


def admit(session: Session, ticket: str) -> str:
    """Let a session in that has passed its second factor; return its new ticket."""
    now = datetime.now(UTC)
    row = _find_row(session, ticket)
    if row is None or not _is_live(row, now):
        raise AccountError("登录已超时，请重新登录。")
    fresh = secrets.token_urlsafe(32)
    row.ticket_digest, row.admitted_at, row.seen_at = _digest(fresh), now, now
    return fresh


def list_sessions(registry: sessionmaker[Session], account_id: int) -> list[LiveSession]:
    """The live sessions of an account, the one that was seen last first."""
    query = (
        select(StaffSession)
        .where(StaffSession.account_id == account_id, StaffSession.ended_at.is_(None))
        .order_by(StaffSession.seen_at.desc(), StaffSession.id.desc())
    )
    now = datetime.now(UTC)
    with registry() as session:
        rows = [row for row in session.scalars(query) if row.admitted_at and _is_live(row, now)]
        return [_as_live(row) for row in rows]


def sign_out(registry: sessionmaker[Session], session_id: int) -> None:
    """End one session by its owner: a copied cookie is worth nothing afterwards."""
    with registry.begin() as session:
        row = session.get(StaffSession, session_id)
        if row is not None and row.ended_at is None:
            row.ended_at = datetime.now(UTC)
            record_act(session, row.account.name, "sign_in.end", row.account.name)


def revoke_session(
    registry: sessionmaker[Session], account_id: int, session_id: int, *, actor: str
) -> None:
    """End one session of an account. Raises AccountError where it has no such session."""
    with registry.begin() as session:
        row = session.get(StaffSession, session_id)
        if row is None or row.account_id != account_id:
            raise AccountError("没有这个登录。")
        if row.ended_at is None:
            row.ended_at = datetime.now(UTC)
            record_act(session, actor, "session.revoke", row.account.name, {"sessions": 1})


def revoke_sessions(
    registry: sessionmaker[Session], account_id: int, *, actor: str, keep: int | None = None
) -> int:
    """End all sessions of an account but one; return how many were live."""
    with registry.begin() as session:
        account = get_account(session, account_id)
        ended = end_sessions(session, account_id, keep=keep)
        record_act(session, actor, "session.revoke", account.name, {"sessions": ended})
        return ended


def end_sessions(session: Session, account_id: int, keep: int | None = None) -> int:
    """End all sessions of an account but one inside the caller's transaction."""
    ending = update(StaffSession).where(
        StaffSession.account_id == account_id,
        StaffSession.ended_at.is_(None),
        StaffSession.id != (keep or 0),
    )
    return session.execute(ending.values(ended_at=datetime.now(UTC))).rowcount  # type: ignore[attr-defined, no-any-return]


def _find_row(session: Session, ticket: str) -> StaffSession | None:
    return session.scalars(
        select(StaffSession).where(StaffSession.ticket_digest == _digest(ticket))
    ).one_or_none()


def _is_live(row: StaffSession, now: datetime) -> bool:
    if row.ended_at is not None or not row.account.active:
        return False
    if row.admitted_at is None:
        return now - row.started_at <= PENDING
    return now - row.seen_at <= IDLE and now - row.started_at <= LONGEST


def _touch(registry: sessionmaker[Session], session_id: int, now: datetime) -> None:
    seen = update(StaffSession).where(StaffSession.id == session_id).values(seen_at=now)
    try:
        with registry.begin() as session:
            session.execute(seen)
    except OperationalError:
        # Somebody writes for long: the next request says again that it was here.
        return


def _as_live(row: StaffSession) -> LiveSession:
    return LiveSession(
        id=row.id,
        member=as_member(row.account),
        where=Whereabouts(row.address, row.browser),
        started_at=row.started_at,
        seen_at=row.seen_at,
        admitted=row.admitted_at is not None,
    )


def _digest(ticket: str) -> str:
    return hashlib.sha256(ticket.encode()).hexdigest()
