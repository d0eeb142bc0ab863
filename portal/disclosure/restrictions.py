"""Reading the consumption-restriction list (法释〔2015〕17号)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session, joinedload

from portal.disclosure.lists import PublicList, by_day
from portal.disclosure.models import PublicRestriction
from portal.disclosure.namesakes import Named, listed_elsewhere, others_restricted

RESTRICTIONS = PublicList(
    PublicRestriction,
    filters={"court": PublicRestriction.court_code, "kind": PublicRestriction.kind},
    day=PublicRestriction.decided_on,
    orders=by_day(PublicRestriction.decided_on, PublicRestriction.id),
)


@dataclass(frozen=True)
class RestrictionRecord:
    """One entry, and the others under the same name, on this list and on the debtors'."""

    entry: PublicRestriction
    namesakes: tuple[PublicRestriction, ...]
    elsewhere: tuple[Named, ...]


def read_restriction(session: Session, id_: str) -> PublicRestriction | None:
    """Read one entry, None when it is not public."""
    return session.get(PublicRestriction, id_, options=[joinedload(PublicRestriction.case)])


def read_record(session: Session, id_: str) -> RestrictionRecord | None:
    """Read one entry with the others under its name, None when it is not public."""
    entry = read_restriction(session, id_)
    if entry is None:
        return None
    return RestrictionRecord(
        entry, others_restricted(session, entry), listed_elsewhere(session, entry)
    )
