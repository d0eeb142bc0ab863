"""Reading the dishonest-debtor list (法释〔2017〕7号)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.disclosure.models import PublicDebtor
from portal.paging import NewestFirst, Slice, read_slice

ORDER = NewestFirst(PublicDebtor.published_on, PublicDebtor.id)
MAX_NAMESAKES = 20


@dataclass(frozen=True)
class DebtorRecord:
    """One entry, and the other entries under the same name so that nobody is mistaken."""

    debtor: PublicDebtor
    namesakes: tuple[PublicDebtor, ...]


def browse_debtors(
    session: Session, *, court: str = "", behaviour: str = "", after: str = ""
) -> Slice[PublicDebtor]:
    """List entries by date of publication."""
    query = select(PublicDebtor).options(joinedload(PublicDebtor.case))
    if court:
        query = query.where(PublicDebtor.court_code == court)
    if behaviour:
        query = query.where(PublicDebtor.behaviour == behaviour)
    return read_slice(session, query, ORDER, after)


def read_debtors(
    session: Session, ids: Sequence[str], *, behaviour: str = ""
) -> tuple[PublicDebtor, ...]:
    """Read entries in the order of ``ids``; what is no longer public is left out."""
    query = (
        select(PublicDebtor).where(PublicDebtor.id.in_(ids)).options(joinedload(PublicDebtor.case))
    )
    if behaviour:
        query = query.where(PublicDebtor.behaviour == behaviour)
    found = {debtor.id: debtor for debtor in session.scalars(query)}
    return tuple(found[id_] for id_ in ids if id_ in found)


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
