"""Going over what is public after the rules changed: the check, its items, and the re-run.

Rows of the private store: what a page would say stands here before anybody decided on it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from portal.columns import Label
from portal.registry.audit import record_act, wait_turn
from portal.registry.base import RegistryBase
from portal.registry.leases import JobState, LeasedJob


class RuleCheck(LeasedJob):
    """One going over. ``rules`` are those it compares with; ``cursor`` the last case done.

    ``applying`` is set while chosen items are published anew; ``done`` and ``total`` then
    count these.
    """

    __tablename__ = "rule_check"

    rules: Mapped[Label]
    cursor: Mapped[Label]
    applying: Mapped[bool] = mapped_column(default=False)


class ItemState(StrEnum):
    """Whether an affected item was left as it is, asked for, or published anew."""

    LISTED = "listed"
    CHOSEN = "chosen"
    DONE = "done"


class RuleItem(RegistryBase):
    """One public item the rules affect (``publication.rule_effects.Effect``).

    ``outcome`` is what the re-run made of it, in the gate's words.
    """

    __tablename__ = "rule_item"
    __table_args__ = (
        UniqueConstraint("check_id", "kind", "key"),
        Index(None, "check_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("rule_check.id", ondelete="CASCADE"))
    kind: Mapped[Label]
    key: Mapped[str] = mapped_column(String(64))
    verdict: Mapped[Label]
    changes: Mapped[list[dict[str, Any]]]
    reasons: Mapped[list[dict[str, Any]]]
    state: Mapped[Label]
    outcome: Mapped[Label]


def start_check(registry: sessionmaker[Session], rules: str, actor: str, now: datetime) -> int:
    """Ask for a check; the one that is at work already is returned where there is one."""
    with registry.begin() as session:
        wait_turn(session)
        busy = select(RuleCheck.id).where(RuleCheck.state.in_((JobState.WAITING, JobState.RUNNING)))
        found = session.scalars(busy).first()
        if found is not None:
            return found
        # What an older check listed was compared with a state that is past.
        old = update(RuleCheck).where(RuleCheck.state == JobState.READY)
        session.execute(old.values(state=JobState.FINISHED, finished_at=now))
        check = RuleCheck(state=JobState.WAITING, rules=rules, actor=actor, created_at=now)
        session.add(check)
        session.flush()
        record_act(session, actor, "rules.check", rules)
        return check.id


def newest_check(registry: sessionmaker[Session]) -> RuleCheck | None:
    """The check that was asked for last."""
    with registry() as session:
        return session.scalars(select(RuleCheck).order_by(RuleCheck.id.desc()).limit(1)).first()


def choose_items(
    registry: sessionmaker[Session],
    check_id: int,
    chosen: Collection[int] | None,
    actor: str,
) -> int:
    """Let cases of a check that is ready be published anew; None chooses all of them.

    Returns how many were chosen; 0 where the check is not ready.
    """
    with registry.begin() as session:
        wait_turn(session)
        check = session.get_one(RuleCheck, check_id)
        if check.state != JobState.READY:
            return 0
        open_items = select(RuleItem).filter_by(
            check_id=check_id, kind="case", state=ItemState.LISTED
        )
        count = 0
        for item in session.scalars(open_items.execution_options(yield_per=500)):
            if chosen is None or item.id in chosen:
                item.state = ItemState.CHOSEN
                count += 1
        if count:
            check.state, check.applying, check.actor = JobState.WAITING, True, actor
            check.done, check.total = 0, count
            record_act(session, actor, "rules.apply", check.rules, {"items": count})
        return count


def count_items(registry: sessionmaker[Session], check_id: int) -> dict[str, int]:
    """How many items of a check have each verdict, and under ``done`` are published anew."""
    query = select(RuleItem.verdict, func.count()).filter_by(check_id=check_id)
    done = select(func.count()).select_from(RuleItem)
    with registry() as session:
        counts = dict(session.execute(query.group_by(RuleItem.verdict)).all())
        of_check = done.filter_by(check_id=check_id, state=ItemState.DONE)
        return counts | {"done": session.scalar(of_check) or 0}


def list_items(
    registry: sessionmaker[Session], check_id: int, verdict: str, *, limit: int, offset: int
) -> tuple[Sequence[RuleItem], int]:
    """Affected items, those of one verdict where it is given, and how many there are."""
    chosen = {"check_id": check_id} | ({"verdict": verdict} if verdict else {})
    query = select(RuleItem).filter_by(**chosen).order_by(RuleItem.id)
    with registry() as session:
        total = session.scalar(select(func.count()).select_from(RuleItem).filter_by(**chosen))
        return session.scalars(query.limit(limit).offset(offset)).all(), total or 0
