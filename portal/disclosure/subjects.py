"""What a letter to the court is about: a list, one entry of it, or a case."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.models import (
    PublicCase,
    PublicDebtor,
    PublicRestriction,
    PublicTermination,
)

LIST_NAMES = {
    "debtors": "失信被执行人名单",
    "restrictions": "限制消费人员名单",
    "terminations": "终本案件名单",
    "cases": "公开案件",
}
_ENTRIES = {
    "debtors": PublicDebtor,
    "restrictions": PublicRestriction,
    "terminations": PublicTermination,
}
_ADDRESS = re.compile(rf"/({'|'.join(LIST_NAMES)})(?:/([\w-]{{1,64}}))?")


@dataclass(frozen=True)
class Subject:
    """A public page in words. What is not public (any more) is known by its address alone."""

    address: str
    place: str
    case_number: str = ""
    case_slug: str = ""
    court_code: str = ""


def find_subject(session: Session, address: str) -> Subject | None:
    """The page at an address of ours that letters can be about; None for any other text."""
    written = _ADDRESS.fullmatch(address[:200])
    if written is None:
        return None
    section, token = written.groups()
    place = LIST_NAMES[section]
    if token is None:
        return Subject(address, place)
    query = select(PublicCase)
    if section == "cases":
        query = query.where(PublicCase.slug == token)
    else:
        entry = _ENTRIES[section]
        query = query.join(entry, entry.case_id == PublicCase.id).where(entry.id == token)
    case = session.scalars(query).one_or_none()
    if case is None:
        return Subject(address, place)
    return Subject(address, place, case.case_number, case.slug, case.court_code)
