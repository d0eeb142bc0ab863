"""Who may open the party's view of which case: the office's side of every envelope.

A row is one code that was given out, and stays when the code is no longer good: the same code in
a later export must not come back to life. The code itself is never kept; what is kept closes the
envelope anew (the data key, under a key of the office) and leads to it in the public store.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.columns import Label, Line
from portal.registry.base import RegistryBase


class PartyAccess(RegistryBase):
    """One code of one party in one case.

    ``number_digest`` and ``code_digest`` are keyed hashes of the party's document number and of
    the code that the export gave the party when the row was made ("" for none). ``kept_key`` is
    the data key, closed. ``holds`` are why parts of the view are withheld, as in a review, and
    ``withheld`` is how many;
    ``read_grade`` is how far a reviewer has read revision ``read_revision``.
    """

    __tablename__ = "party_access"
    __table_args__ = (Index(None, "case_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("registry_case.id", ondelete="CASCADE"))
    role: Mapped[Label]
    party: Mapped[Line]
    number_digest: Mapped[str] = mapped_column(String(64))
    code_digest: Mapped[str] = mapped_column(String(64), default="")
    from_record: Mapped[bool]
    locator: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    cost: Mapped[Label]
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    kept_key: Mapped[bytes] = mapped_column(LargeBinary)
    issued_at: Mapped[datetime]
    issued_by: Mapped[Label]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[Label] = mapped_column(default="")
    end_reason: Mapped[Line] = mapped_column(default="")
    sealed_at: Mapped[datetime | None]
    sealed_revision: Mapped[int] = mapped_column(default=0)
    withheld: Mapped[int] = mapped_column(default=0)
    read_revision: Mapped[int] = mapped_column(default=0)
    read_grade: Mapped[Label] = mapped_column(default="")
    holds: Mapped[list[dict[str, Any]]] = mapped_column(default=list)

    def end(self, at: datetime, by: str, reason: str) -> None:
        """The code is no longer good."""
        self.ended_at, self.ended_by, self.end_reason = at, by, reason


def all_accesses(session: Session, case_id: int) -> Sequence[PartyAccess]:
    """Every code that was ever given out in a case, oldest first."""
    query = select(PartyAccess).filter_by(case_id=case_id).order_by(PartyAccess.id)
    return session.scalars(query).all()


def open_accesses(session: Session, case_id: int) -> list[PartyAccess]:
    """The codes that are good, oldest first."""
    return [access for access in all_accesses(session, case_id) if access.ended_at is None]
