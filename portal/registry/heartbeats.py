"""That a process lives, or a daily one came to its end: it writes the hour down, others look."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from portal.columns import Label
from portal.registry.base import RegistryBase


class Heartbeat(RegistryBase):
    """When a process of this name was last known to live, or was done."""

    __tablename__ = "heartbeat"

    name: Mapped[Label] = mapped_column(primary_key=True)
    at: Mapped[datetime]


def beat(registry: sessionmaker[Session], name: str, now: datetime) -> None:
    """Write down that the process lives."""
    with registry.begin() as session:
        session.merge(Heartbeat(name=name, at=now))


def last_beat(session: Session, name: str) -> datetime | None:
    """When the process was last known to live."""
    found = session.get(Heartbeat, name)
    return found.at if found else None
