"""Requests of signed-in people that were refused: who, where, and for want of what.

The same refusal again within an hour is counted and written down at the second, fourth, eighth
time and so on, so that nobody can flood the log by asking. An address stands there as its
pattern: what somebody put into it may be private.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from portal.registry.audit import record_act, wait_turn
from portal.registry.base import RegistryBase
from portal.staff.permissions import Permission

WINDOW = timedelta(hours=1)
_CONVERTER = re.compile(r"<[^<>:]+:")


class RefusalKind(StrEnum):
    """Why a request went no further; the value is its act in the log."""

    PERMISSION = "refusal.permission"
    OTHER_SITE = "refusal.other_site"
    STALE_FORM = "refusal.stale_form"


@dataclass(frozen=True)
class Refusal:
    """One refused request: ``rule`` is the pattern of its address, never the address.

    ``permission`` is what the page asks for, None where it names nothing and is shut to all.
    """

    kind: RefusalKind
    method: str
    rule: str
    permission: Permission | None = None


class RefusalCount(RegistryBase):
    """How often one person was refused the same since the hour began."""

    __tablename__ = "refusal_count"

    actor: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(64), primary_key=True)
    method: Mapped[str] = mapped_column(String(64), primary_key=True)
    rule: Mapped[str] = mapped_column(String(200), primary_key=True)
    since: Mapped[datetime]
    times: Mapped[int]


def note_refusal(
    registry: sessionmaker[Session], refusal: Refusal, *, actor: str, now: datetime
) -> None:
    """Count a refusal, and write it into the log when its count is a power of two."""
    rule = _CONVERTER.sub("<", refusal.rule)
    with registry.begin() as session:
        wait_turn(session)
        key = (actor, refusal.kind, refusal.method, rule)
        count = session.get(RefusalCount, key)
        if count is None:
            count = RefusalCount(actor=actor, kind=refusal.kind, method=refusal.method, rule=rule)
            count.since, count.times = now, 0
            session.add(count)
        if now - count.since >= WINDOW:
            count.since, count.times = now, 0
        count.times += 1
        if count.times & (count.times - 1) == 0:
            detail: dict[str, str | int] = {"method": refusal.method}
            if refusal.permission is not None:
                detail["permission"] = refusal.permission.name
            if count.times > 1:
                detail["times"] = count.times
            record_act(session, actor, refusal.kind, rule, detail)
