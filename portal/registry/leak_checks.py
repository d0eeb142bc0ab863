"""What ``portal verify`` found, run by run: the office shows last night's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from portal.columns import Label
from portal.registry.audit import record_act
from portal.registry.base import RegistryBase

# Places listed with a run; beyond that their number says enough.
MOST_LISTED = 200


class LeakCheck(RegistryBase):
    """One run over all that is public; one without ``finished_at`` was cut off.

    ``found`` is [{"item", "path", "reason"}], never the value itself. ``leaks`` and ``faults``
    (pages that could not be read) count all of them, listed or not.
    """

    __tablename__ = "leak_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    actor: Mapped[Label]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    scanned: Mapped[int] = mapped_column(default=0)
    leaks: Mapped[int] = mapped_column(default=0)
    faults: Mapped[int] = mapped_column(default=0)
    found: Mapped[list[dict[str, Any]]] = mapped_column(default=list)


def begin_check(registry: sessionmaker[Session], actor: str) -> int:
    """Write down that a run begins; return its id."""
    with registry.begin() as session:
        check = LeakCheck(actor=actor, started_at=datetime.now(UTC))
        session.add(check)
        session.flush()
        return check.id


def finish_check(
    registry: sessionmaker[Session],
    check_id: int,
    *,
    scanned: int,
    leaks: Sequence[dict[str, Any]],
    faults: Sequence[dict[str, Any]],
) -> None:
    """Write down what a run found, beside it in the audit log."""
    with registry.begin() as session:
        check = session.get_one(LeakCheck, check_id)
        check.finished_at, check.scanned = datetime.now(UTC), scanned
        check.leaks, check.faults = len(leaks), len(faults)
        check.found = [*leaks, *faults][:MOST_LISTED]
        detail = {"scanned": scanned, "leaks": len(leaks), "faults": len(faults)}
        record_act(session, check.actor, "publish.verify", detail=detail)


def newest_checks(session: Session, limit: int) -> Sequence[LeakCheck]:
    """The runs that were begun last, newest first."""
    return session.scalars(select(LeakCheck).order_by(LeakCheck.id.desc()).limit(limit)).all()


def last_finished(session: Session) -> LeakCheck | None:
    """The newest run that came to its end."""
    finished = select(LeakCheck).where(LeakCheck.finished_at.is_not(None))
    return session.scalars(finished.order_by(LeakCheck.id.desc()).limit(1)).first()
