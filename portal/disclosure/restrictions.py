"""Reading the consumption-restriction list (法释〔2015〕17号)."""

from __future__ import annotations

from sqlalchemy.orm import Session, joinedload

from portal.disclosure.lists import PublicList, by_day
from portal.disclosure.models import PublicRestriction

RESTRICTIONS = PublicList(
    PublicRestriction,
    filters={"court": PublicRestriction.court_code, "kind": PublicRestriction.kind},
    day=PublicRestriction.decided_on,
    orders=by_day(PublicRestriction.decided_on, PublicRestriction.id),
)


def read_restriction(session: Session, id_: str) -> PublicRestriction | None:
    """Read one entry, None when it is not public."""
    return session.get(PublicRestriction, id_, options=[joinedload(PublicRestriction.case)])
