"""``verify`` for envelopes: locked as they should be, whose they should be, and clean inside.

From outside: the columns have the shape of closed things and the cost the policy asks for, and a
good code of a case that is not withdrawn stands behind each. From inside, with the key the office
keeps: what the party reads holds nothing private of anybody else. No code is needed, or known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.envelopes import PartyEnvelope
from portal.disclosure.party_view import PartyView
from portal.envelope import COST, CannotOpen, is_well_formed, kept_key, office_key, unseal
from portal.publication.party_keys import Desk, party_of
from portal.publication.party_views import find_view_leaks
from portal.registry.models import CaseRevision, RegistryCase
from portal.registry.party_access import PartyAccess, open_accesses
from redaction import PrivateValue, reader_of

Found = tuple[str, str]


def sealed_revisions(session: Session, case: RegistryCase) -> set[int]:
    """The revisions that the views of a case were made of."""
    return {one.sealed_revision for one in open_accesses(session, case.id)} - {0}


class ViewInspector:
    """Reads the envelopes of one case after the other, and says at the end what is wrong.

    Envelopes are read in every run, also where a bookmark passes over the case: a code can be
    given out or ended without the case being changed.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._found: list[tuple[str, str, str]] = []
        self.seen: set[bytes] = set()

    def read(
        self,
        session: Session,
        public: Session,
        case: RegistryCase,
        private: tuple[PrivateValue, ...],
    ) -> None:
        """Read the envelopes of a case.

        ``private`` are its private values by every revision that is shown somewhere.
        """
        accesses = [] if case.withdrawn_reason else open_accesses(session, case.id)
        for access in accesses:
            row = public.get(PartyEnvelope, access.locator)
            if row is None:
                continue
            self.seen.add(access.locator)
            for where, why in _inspect(self._desk, session, access, row, private):
                self._found.append((case.case_number, f"envelope[{access.id}]{where}", why))

    def finish(self, public: Session) -> list[tuple[str, str, str]]:
        """(item, path, reason) of all that is wrong; an envelope that is nobody's among it."""
        stored = public.scalars(select(PartyEnvelope.locator))
        strays = sum(locator not in self.seen for locator in stored)
        return self._found + [("当事人信封", "", "没有有效的查询码与之对应")] * strays


def _inspect(
    desk: Desk,
    session: Session,
    access: PartyAccess,
    row: PartyEnvelope,
    private: tuple[PrivateValue, ...],
) -> Iterator[Found]:
    if row.cost != str(COST):
        yield ".cost", "密钥推导参数与规定不符"
    if not is_well_formed(row.wrapped_key, row.box) or row.wrapped_key != access.wrapped_key:
        yield ".wrapped_key", "信封格式不正确，或者密钥不是登记的那一个"
        return
    try:
        data_key = kept_key(office_key(desk.key), access.locator, access.kept_key)
        view = PartyView.model_validate_json(unseal(data_key, access.locator, row.box))
    except (CannotOpen, ValidationError):
        yield ".box", "信封内容无法核验"
        return
    content = _sealed_record(session, access)
    party = party_of(desk, content, access)
    if party is None or view.name != content["parties"][party]["name"]:
        yield ".box", "信封内容不属于这名当事人"
        return
    for leak in find_view_leaks(view, reader_of(content, party).closed(private)):
        yield f".{leak.path}", leak.reason


def _sealed_record(session: Session, access: PartyAccess) -> Mapping[str, Any]:
    sealed = {"case_id": access.case_id, "revision": access.sealed_revision}
    content: Mapping[str, Any] = session.scalars(
        select(CaseRevision.content).filter_by(**sealed)
    ).one()
    return content
