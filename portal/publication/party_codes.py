"""Query codes: taken over from the export, given out anew by the office, and ended.

A code is used once, to close the envelope's key, and then forgotten (the record keeps what the
export brought; a code of the office's own stands on its printed notice and nowhere else). To close
an envelope takes as long as to try one, so it is done outside of every turn of the gate.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.envelope import (
    COST,
    derive_lock,
    is_strong,
    keep_key,
    new_code,
    new_data_key,
    office_key,
    plain_code,
    wrap_key,
)
from portal.publication.errors import CaseUnknown, CodeRefused, ReasonMissing
from portal.reference import case_numbers
from portal.reference.id_numbers import plain_number
from portal.registry.audit import record_act, wait_turn
from portal.registry.models import RegistryCase
from portal.registry.party_access import PartyAccess, all_accesses, open_accesses
from portal.stores import Stores

Record = Mapping[str, Any]

_REPLACED = "已有新的查询码"
_CHANGED = "案件数据中该当事人的证件号码或者身份已变更"
SHORTEST_NUMBER = 5


@dataclass(frozen=True)
class Desk:
    """Where codes are handled: both stores and the office's secret."""

    stores: Stores
    key: bytes = field(repr=False)

    def digest(self, *parts: str) -> str:
        """A keyed hash of something the registry should not hold a second time in clear."""
        message = "\x1f".join(("party access", *parts)).encode()
        return hmac.new(self.key, message, hashlib.sha256).hexdigest()

    def make_access(self, case_number: str, wanted: Wanted) -> PartyAccess:
        """A row for a code; slow, because it goes through Argon2id."""
        lock = derive_lock(lock_number(case_number), wanted.number, wanted.code)
        data_key = new_data_key()
        return PartyAccess(
            role=wanted.role,
            party=wanted.party,
            number_digest=self.digest("number", wanted.number),
            code_digest=wanted.code_digest,
            from_record=wanted.from_record,
            locator=lock.locator,
            cost=str(COST),
            wrapped_key=wrap_key(lock, data_key),
            kept_key=keep_key(office_key(self.key), lock.locator, data_key),
            issued_at=datetime.now(UTC),
        )


@dataclass(frozen=True)
class Wanted:
    """A code that is to open the view of a party; ``number`` is the party's document number."""

    role: str
    party: str
    number: str = field(repr=False)
    code: str = field(repr=False)
    code_digest: str
    from_record: bool


@dataclass(frozen=True)
class PartyStanding:
    """How one party of a case stands: its place in the record, its code, what is amiss.

    ``problem`` says why the export's code does not open a view, or why none can be given out.
    """

    index: int
    role: str
    party: str
    can_have_code: bool
    access: PartyAccess | None
    problem: str = ""


def lock_number(case_number: str) -> str:
    """The number that goes into the lock: later documents (之一) are of the same case."""
    return case_numbers.parse(case_number).without_suffix.canonical


def enrol_parties(desk: Desk, case_number: str) -> None:
    """Take over the codes of the newest record, and end those it no longer supports.

    Nothing is done where nothing changed. A code that was ended stays so, whoever sends it again.
    """
    with desk.stores.registry() as session:
        case = _case(session, case_number)
        known = all_accesses(session, case.id)
        revision = case.revision
        wanted = list(_new_codes(desk, case.content, known))
        gone = [one.id for one in known if one.ended_at is None and not _is_party(desk, case, one)]
    if not wanted and not gone:
        return
    made = [desk.make_access(case_number, one) for one in wanted]
    with desk.stores.registry.begin() as session:
        wait_turn(session)
        case = _case(session, case_number)
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
        case = _case(session, case_number)
        revision, standing = case.revision, _standing(desk, session, case, index)
        number = plain_number(case.content["parties"][index].get("id_number") or "")
        digest = _code_digest(desk, case.content, index)
    if not standing.can_have_code:
        raise CodeRefused(standing.problem or "这名当事人没有登记证件号码，不能签发查询码")
    code = new_code()
    wanted = Wanted(standing.role, standing.party, number, code, digest, from_record=False)
    access = desk.make_access(case_number, wanted)
    with desk.stores.registry.begin() as session:
        wait_turn(session)
        case = _case(session, case_number)
        current = _standing(desk, session, case, index).access
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
        case = _case(session, case_number)
        found = [one for one in open_accesses(session, case.id) if one.id == access_id]
        if not found:
            raise CodeRefused("这个查询码已经失效，请刷新后核对")
        found[0].end(datetime.now(UTC), actor, reason.strip()[:500])
        detail = {"role": found[0].role, "reason": found[0].end_reason}
        record_act(session, actor, "party.revoke", case_number, detail)


def list_parties(desk: Desk, case_number: str) -> list[PartyStanding]:
    """Every party of the newest record in its order, with its code. Raises CaseUnknown."""
    with desk.stores.registry() as session:
        case = _case(session, case_number)
        count = len(case.content.get("parties") or [])
        return [_standing(desk, session, case, index) for index in range(count)]


def party_of(desk: Desk, content: Record, access: PartyAccess) -> int | None:
    """The place of the party an access is for in a record, None where it is not there."""
    for index, party in enumerate(content.get("parties") or []):
        if (party["role"], _number_digest(desk, party)) == (access.role, access.number_digest):
            return index
    return None


def _standing(desk: Desk, session: Session, case: RegistryCase, index: int) -> PartyStanding:
    parties = case.content.get("parties") or []
    if not 0 <= index < len(parties):
        raise CodeRefused("案件中没有这名当事人")
    party = parties[index]
    access = next(
        (
            one
            for one in open_accesses(session, case.id)
            if party_of(desk, case.content, one) == index
        ),
        None,
    )
    number_known = bool(_number_digest(desk, party))
    first = next(
        (
            place
            for place, other in enumerate(parties)
            if other["role"] == party["role"]
            and _number_digest(desk, other) == _number_digest(desk, party)
        ),
        index,
    )
    problem = "" if access else _problem(case.content, index)
    if number_known and first != index:
        problem = "与本案另一名当事人的身份和证件号码相同，使用同一查询码"
    can_have = number_known and first == index
    return PartyStanding(index, party["role"], party["name"], can_have, access, problem)


def _problem(content: Record, index: int) -> str:
    """Why the export's code opens nothing for this party; "" where it brought none."""
    party = content["parties"][index]
    if len(plain_number(party.get("id_number") or "")) < SHORTEST_NUMBER:
        return "案件数据中没有可用的证件号码，不能查询"
    codes = [code for code in content.get("query_codes") or [] if code["party"] == party["name"]]
    if not codes:
        return ""
    if len([other for other in content["parties"] if other["name"] == party["name"]]) > 1:
        return "本案有同名当事人，案件数据中的查询码无法确定属于谁，请在这里签发"
    if len(codes) > 1:
        return "案件数据中有多个查询码，请在这里签发"
    return "" if is_strong(codes[0]["code"]) else "案件数据中的查询码过于简单，请在这里签发"


def _new_codes(desk: Desk, content: Record, known: Sequence[PartyAccess]) -> Iterator[Wanted]:
    """Codes of the record that open nothing yet and never did."""
    for index, party in enumerate(content.get("parties") or []):
        digest = _code_digest(desk, content, index)
        number = _number_digest(desk, party)
        seen = {
            one.code_digest
            for one in known
            if (one.role, one.number_digest) == (party["role"], number)
        }
        if not digest or digest in seen or _problem(content, index):
            continue
        (code,) = (c["code"] for c in content["query_codes"] if c["party"] == party["name"])
        plain = plain_number(party["id_number"])
        yield Wanted(party["role"], party["name"], plain, code, digest, from_record=True)


def _code_digest(desk: Desk, content: Record, index: int) -> str:
    """The keyed hash of the code the record gives a party, "" for none or an unclear one."""
    name = content["parties"][index]["name"]
    codes = [code["code"] for code in content.get("query_codes") or [] if code["party"] == name]
    return desk.digest("code", plain_code(codes[0])) if len(codes) == 1 else ""


def _number_digest(desk: Desk, party: Record) -> str:
    number = plain_number(party.get("id_number") or "")
    return desk.digest("number", number) if len(number) >= SHORTEST_NUMBER else ""


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


def _case(session: Session, case_number: str) -> RegistryCase:
    case = session.scalars(select(RegistryCase).filter_by(case_number=case_number)).one_or_none()
    if case is None:
        raise CaseUnknown(f"没有案件 {case_number}")
    return case
