"""Reading the consumption-restriction list (法释〔2015〕17号)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.disclosure.models import PublicRestriction
from portal.paging import NewestFirst, Slice, read_slice

ORDER = NewestFirst(PublicRestriction.decided_on, PublicRestriction.id)


def browse_restrictions(
    session: Session, *, court: str = "", kind: str = "", after: str = ""
) -> Slice[PublicRestriction]:
    """List entries by date of the order; ``kind`` is 自然人, 法人 or 其他组织."""
    query = select(PublicRestriction).options(joinedload(PublicRestriction.case))
    if court:
        query = query.where(PublicRestriction.court_code == court)
    if kind:
        query = query.where(PublicRestriction.kind == kind)
    return read_slice(session, query, ORDER, after)


def read_restrictions(
    session: Session, ids: Sequence[str], *, kind: str = ""
) -> tuple[PublicRestriction, ...]:
    """Read entries in the order of ``ids``; what is no longer public is left out."""
    query = (
        select(PublicRestriction)
        .where(PublicRestriction.id.in_(ids))
        .options(joinedload(PublicRestriction.case))
    )
    if kind:
        query = query.where(PublicRestriction.kind == kind)
    found = {entry.id: entry for entry in session.scalars(query)}
    return tuple(found[id_] for id_ in ids if id_ in found)


def read_restriction(session: Session, id_: str) -> PublicRestriction | None:
    """Read one entry, None when it is not public."""
    return session.get(PublicRestriction, id_, options=[joinedload(PublicRestriction.case)])
