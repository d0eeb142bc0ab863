"""Acts that take two people: asked for by one with a reason, in force when another agrees.

The two are different people, whatever their roles, and at least one of them is senior (a chief
reviewer). Of one case at most one act waits; asking for the opposite drops what waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from portal.columns import Label, Line
from portal.registry.base import RegistryBase

MAX_REASON = 500


class JointKind(StrEnum):
    """What two people do together."""

    WITHDRAW = "withdraw"
    RESTORE = "restore"


class JointState(StrEnum):
    """Where such an act stands."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class JointAct(RegistryBase):
    """One act on one case: who asked and why, who settled it and what he said to it."""

    __tablename__ = "joint_act"
    __table_args__ = (Index(None, "state", "asked_at"), Index(None, "case_number", "state"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Label]
    case_number: Mapped[Label]
    state: Mapped[Label]
    asked_by: Mapped[Label]
    asked_by_senior: Mapped[bool]
    asked_at: Mapped[datetime]
    reason: Mapped[Line]
    settled_by: Mapped[Label]
    settled_at: Mapped[datetime | None]
    comment: Mapped[Line]

    def may_be_confirmed_by(self, person: Person) -> bool:
        """Whether this person can be the second of the two."""
        other = self.asked_by != person.name
        return other and (self.asked_by_senior or person.senior)


@dataclass(frozen=True)
class Person:
    """Who asks or agrees; ``senior`` is what makes a pair complete."""

    name: str
    senior: bool = False


class JointActRefused(Exception):
    """The act cannot be settled so; the message says why, in Chinese."""


def ask(
    session: Session, kind: JointKind, case_number: str, person: Person, reason: str
) -> JointAct:
    """Write down that somebody wants this done; what waited of the case is dropped."""
    waiting = find_waiting(session, case_number)
    if waiting is not None:
        if waiting.kind == kind:
            raise JointActRefused(f"已由 {waiting.asked_by} 提出，正在等待另一人确认。")
        _settle(waiting, JointState.DROPPED, person, "另行提出了相反的处理")
    act = JointAct(
        kind=kind,
        case_number=case_number,
        state=JointState.WAITING,
        asked_by=person.name,
        asked_by_senior=person.senior,
        asked_at=datetime.now(UTC),
        reason=reason.strip()[:MAX_REASON],
        settled_by="",
        comment="",
    )
    session.add(act)
    session.flush()
    return act


def confirm(session: Session, act_id: int, kind: JointKind, person: Person) -> JointAct:
    """Agree to an act as the second person. Raises JointActRefused."""
    act = _waiting(session, act_id, kind)
    if act.asked_by == person.name:
        raise JointActRefused("提出人不能自己确认，请由另一人办理。")
    if not act.may_be_confirmed_by(person):
        raise JointActRefused("两人中至少一人须为审核负责人，请由审核负责人确认。")
    _settle(act, JointState.CONFIRMED, person, "")
    return act


def drop(session: Session, act_id: int, kind: JointKind, person: Person, comment: str) -> JointAct:
    """Turn an act down, or take one's own back. Raises JointActRefused."""
    act = _waiting(session, act_id, kind)
    _settle(act, JointState.DROPPED, person, comment)
    return act


def find_waiting(session: Session, case_number: str) -> JointAct | None:
    """What waits of a case for a second person."""
    return session.scalars(
        select(JointAct).filter_by(case_number=case_number, state=JointState.WAITING)
    ).one_or_none()


def waiting_of(registry: sessionmaker[Session], case_number: str) -> JointAct | None:
    """What waits of a case for a second person, read on its own."""
    with registry() as session:
        return find_waiting(session, case_number)


def list_joint_acts(
    registry: sessionmaker[Session], state: JointState, *, limit: int, offset: int = 0
) -> tuple[Sequence[JointAct], int]:
    """The acts in a state, newest first, and how many there are."""
    query = select(JointAct).filter_by(state=state)
    newest = query.order_by(JointAct.asked_at.desc(), JointAct.id.desc())
    with registry() as session:
        total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        return session.scalars(newest.limit(limit).offset(offset)).all(), total


def _waiting(session: Session, act_id: int, kind: JointKind) -> JointAct:
    act = session.get(JointAct, act_id, populate_existing=True)
    if act is None or act.kind != kind:
        raise JointActRefused("没有这项申请。")
    if act.state != JointState.WAITING:
        raise JointActRefused(f"这项申请已由 {act.settled_by} 处理。")
    return act


def _settle(act: JointAct, state: JointState, person: Person, comment: str) -> None:
    act.state, act.settled_by, act.settled_at = state, person.name, datetime.now(UTC)
    act.comment = comment.strip()[:MAX_REASON]
