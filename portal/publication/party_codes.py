"""Query codes: taken over from the export, given out anew by the office, and ended.

A code is used once, to close the envelope's key, and then forgotten (the record keeps what the
export brought; a code of the office's own stands on its printed notice and nowhere else). To close
an envelope takes as long as to try one, so it is done outside of every turn of the gate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.envelope import new_code
from portal.publication.errors import CodeRefused, ReasonMissing
from portal.publication.party_keys import (
    Desk,
    Record,
    Wanted,
    code_digest,
    number_digest,
    party_of,
)
from portal.publication.party_standing import find_case, problem_of, standing_of
from portal.reference.id_numbers import plain_number
from portal.registry.audit import record_act, wait_turn
from portal.registry.models import RegistryCase
from portal.registry.party_access import PartyAccess, all_accesses, open_accesses

_REPLACED = "已有新的查询码"
_CHANGED = "案件数据中该当事人的证件号码或者身份已变更"


def enrol_parties(desk: Desk, case_number: str) -> None:
    """Take over the codes of the newest record, and end those it no longer supports.

    Nothing is done where nothing changed. A code that was ended stays so, whoever sends it again.
    """
    with desk.stores.registry() as session:
        case = find_case(session, case_number)
        known = all_accesses(session, case.id)
        revision = case.revision
        wanted = list(_new_codes(desk, case.content, known))
        gone = [one.id for one in known if one.ended_at is None and not _is_party(desk, case, one)]
    if not wanted and not gone:
        return
    made = [desk.make_access(case_number, one) for one in wanted]
    with desk.stores.registry.begin() as session:
        wait_turn(session)
        case = find_case(session, case_number)
        if case.revision != revision:
            # Sent again meanwhile: the gate looks at the newer record next.
            return
        now = datetime.now(UTC)
        for access in open_accesses(session, case.id):
            if access.id in gone:
                access.end(now, "", _CHANGED)
        taken = set(session.scalars(_locators(made)))
        for access in made:
            if access.locator not in taken:
                _replace(session, case, access, now, "")


def issue_code(
    desk: Desk, case_number: str, index: int, replaces: int, actor: str, reason: str
) -> Wanted:
    """Give a party a new code, which ends the one it had; return it.

    ``replaces`` is the id of the code the officer saw (0 for none): of two requests for one party
    the second is refused. The code is not kept: who loses it is given another. Raises
    CodeRefused, ReasonMissing, CaseUnknown.
    """
    if not reason.strip():
        raise ReasonMissing("请写明签发理由")
    with desk.stores.registry() as session:
        case = find_case(session, case_number)
        revision, standing = case.revision, standing_of(desk, session, case, index)
        number = plain_number(case.content["parties"][index].get("id_number") or "")
        digest = code_digest(desk, case.content, index)
    if not standing.can_have_code:
        raise CodeRefused(standing.problem or "这名当事人没有登记证件号码，不能签发查询码")
    code = new_code()
    wanted = Wanted(standing.role, standing.party, number, code, digest, from_record=False)
    access = desk.make_access(case_number, wanted)
    with desk.stores.registry.begin() as session:
        wait_turn(session)
        case = find_case(session, case_number)
        current = standing_of(desk, session, case, index).access
        if case.revision != revision or (current.id if current else 0) != replaces:
            raise CodeRefused("案件数据或者查询码刚刚有变化，请核对后重新操作")
        if case.withdrawn_reason:
            raise CodeRefused("案件已撤回，不能签发查询码")
        _replace(session, case, access, datetime.now(UTC), actor)
        # The views are due again: should this process die, the gate's next run makes them.
        case.views_revision = 0
        detail = {"role": access.role, "reason": reason.strip()[:500]}
        record_act(session, actor, "party.issue", case_number, detail)
    return wanted


def end_code(desk: Desk, case_number: str, access_id: int, actor: str, reason: str) -> None:
    """End a code. The envelope goes with the next turn of the gate, which the caller takes.

    Raises CodeRefused, ReasonMissing, CaseUnknown.
    """
    if not reason.strip():
        raise ReasonMissing("请写明撤销理由")
    with desk.stores.registry.begin() as session:
        wait_turn(session)
        case = find_case(session, case_number)
        found = [one for one in open_accesses(session, case.id) if one.id == access_id]
        if not found:
            raise CodeRefused("这个查询码已经失效，请刷新后核对")
        found[0].end(datetime.now(UTC), actor, reason.strip()[:500])
        detail = {"role": found[0].role, "reason": found[0].end_reason}
        record_act(session, actor, "party.revoke", case_number, detail)


def _new_codes(desk: Desk, content: Record, known: Sequence[PartyAccess]) -> Iterator[Wanted]:
    """Codes of the record that open nothing yet and never did."""
    for index, party in enumerate(content.get("parties") or []):
        digest = code_digest(desk, content, index)
        number = number_digest(desk, party)
        seen = {
            one.code_digest
            for one in known
            if (one.role, one.number_digest) == (party["role"], number)
        }
        if not digest or digest in seen or problem_of(content, index):
            continue
        (code,) = (c["code"] for c in content["query_codes"] if c["party"] == party["name"])
        plain = plain_number(party["id_number"])
        yield Wanted(party["role"], party["name"], plain, code, digest, from_record=True)


def _is_party(desk: Desk, case: RegistryCase, access: PartyAccess) -> bool:
    return party_of(desk, case.content, access) is not None


def _replace(
    session: Session, case: RegistryCase, access: PartyAccess, now: datetime, actor: str
) -> None:
    """Add a row and end what the same party had."""
    for older in open_accesses(session, case.id):
        if (older.role, older.number_digest) == (access.role, access.number_digest):
            older.end(now, actor, _REPLACED)
    access.case_id, access.issued_by = case.id, actor
    session.add(access)
    session.flush()


def _locators(made: Sequence[PartyAccess]) -> Any:
    return select(PartyAccess.locator).where(PartyAccess.locator.in_([a.locator for a in made]))
