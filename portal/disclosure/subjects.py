"""What a letter to the court is about: a list, one entry of it, a case, or a notice.

The address is kept in clear beside the sealed letter, so it is never one that a visitor made
up: what stands at it is public, or was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.disclosure.articles import PublicNotice
from portal.disclosure.models import (
    PublicAuction,
    PublicCase,
    PublicDebtor,
    PublicRestriction,
    PublicTermination,
)
from portal.disclosure.tombstones import read_tombstone

LIST_NAMES = {
    "debtors": "失信被执行人名单",
    "restrictions": "限制消费人员名单",
    "terminations": "终本案件名单",
    "auctions": "司法拍卖",
    "cases": "公开案件",
    "notices": "公告",
}
_ENTRIES = {
    "debtors": PublicDebtor,
    "restrictions": PublicRestriction,
    "terminations": PublicTermination,
    "auctions": PublicAuction,
}
_ADDRESS = re.compile(rf"/({'|'.join(LIST_NAMES)})(?:/([\w-]{{1,64}}))?")


@dataclass(frozen=True)
class Subject:
    """A page in public words. What is no longer public is known by its address alone."""

    address: str
    place: str
    case_number: str = ""
    case_slug: str = ""
    court_code: str = ""
    is_public: bool = True


def find_subject(session: Session, address: str) -> Subject | None:
    """The page at an address of ours that letters can be about; None for any other text.

    An address nothing ever stood at is taken for its list.
    """
    written = _ADDRESS.fullmatch(address[:200])
    if written is None:
        return None
    section, token = written.groups()
    place = LIST_NAMES[section]
    if token is None:
        return Subject(address, place)
    if section == "notices":
        notice = session.scalars(select(PublicNotice).where(PublicNotice.slug == token)).first()
        if notice is not None:
            return Subject(address, f"{place}：{notice.title}")
    else:
        case = session.scalars(_case_at(section, token)).one_or_none()
        if case is not None:
            return Subject(address, place, case.case_number, case.slug, case.court_code)
    if read_tombstone(session, address) is not None:
        return Subject(address, place, is_public=False)
    return Subject(f"/{section}", place)


def _case_at(section: str, token: str) -> Select[tuple[PublicCase]]:
    query = select(PublicCase)
    if section == "cases":
        return query.where(PublicCase.slug == token)
    entry = _ENTRIES[section]
    return query.join(entry, entry.case_id == PublicCase.id).where(entry.id == token)
