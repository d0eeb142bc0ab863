"""Reading the dishonest-debtor list (法释〔2017〕7号)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.disclosure.lists import PublicList, by_day
from portal.disclosure.models import PublicDebtor

DEBTORS = PublicList(
    PublicDebtor,
    filters={
        "court": PublicDebtor.court_code,
        "kind": PublicDebtor.kind,
        "behaviour": PublicDebtor.behaviour,
    },
    day=PublicDebtor.published_on,
    orders=by_day(PublicDebtor.published_on, PublicDebtor.id),
)
MAX_NAMESAKES = 20


@dataclass(frozen=True)
class DebtorRecord:
    """One entry, and the other entries under the same name so that nobody is mistaken."""

    debtor: PublicDebtor
    namesakes: tuple[PublicDebtor, ...]


def read_debtor(session: Session, id_: str) -> DebtorRecord | None:
    """Read one entry with its namesakes, None when it is not public."""
    debtor = session.get(PublicDebtor, id_, options=[joinedload(PublicDebtor.case)])
    if debtor is None:
        return None
    others = session.scalars(
        select(PublicDebtor)
        .where(PublicDebtor.name == debtor.name, PublicDebtor.id != debtor.id)
        .order_by(PublicDebtor.published_on.desc(), PublicDebtor.id.desc())
        .limit(MAX_NAMESAKES)
    )
    return DebtorRecord(debtor, tuple(others))
