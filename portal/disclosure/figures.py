"""How much is public: counts for the home page and the 执行不能 page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.disclosure.base import DisclosureBase
from portal.disclosure.models import (
    PublicAuction,
    PublicCase,
    PublicDebtor,
    PublicRestriction,
    PublicTermination,
)


@dataclass(frozen=True)
class Figures:
    """Entries of each public list at this moment."""

    cases: int
    closed_cases: int
    debtors: int
    restrictions: int
    terminations: int
    auctions: int
    unpaid_after_termination: Decimal
    """Yuan still owed in the cases of the 终本 list, where the amount is known."""


def read_figures(session: Session) -> Figures:
    """Count every list."""
    return Figures(
        cases=_count(session, PublicCase),
        closed_cases=session.scalar(
            select(func.count()).select_from(PublicCase).where(PublicCase.closed_on.is_not(None))
        )
        or 0,
        debtors=_count(session, PublicDebtor),
        restrictions=_count(session, PublicRestriction),
        terminations=_count(session, PublicTermination),
        auctions=_count(session, PublicAuction),
        unpaid_after_termination=session.scalar(select(func.sum(PublicTermination.amount_unpaid)))
        or Decimal(0),
    )


def is_readable(session: Session) -> bool:
    """Whether the store answers; raises the database's own error when it does not."""
    session.execute(select(PublicCase.id).limit(1))
    return True


def _count(session: Session, model: type[DisclosureBase]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0
