"""How the parties of a case stand towards their codes, and why an export's code opens nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.envelope import is_strong
from portal.publication.errors import CaseUnknown, CodeRefused
from portal.publication.party_keys import (
    SHORTEST_NUMBER,
    Desk,
    Record,
    code_digest,
    number_digest,
    party_of,
)
from portal.reference.id_numbers import plain_number
from portal.registry.models import RegistryCase
from portal.registry.party_access import PartyAccess, all_accesses, open_accesses


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


def list_parties(desk: Desk, case_number: str) -> list[PartyStanding]:
    """Every party of the newest record in its order, with its code. Raises CaseUnknown."""
    with desk.stores.registry() as session:
        case = find_case(session, case_number)
        count = len(case.content.get("parties") or [])
        return [standing_of(desk, session, case, index) for index in range(count)]


def standing_of(desk: Desk, session: Session, case: RegistryCase, index: int) -> PartyStanding:
    """One party of the newest record. Raises CodeRefused where there is none at this place."""
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
    number_known = bool(number_digest(desk, party))
    first = next(
        (
            place
            for place, other in enumerate(parties)
            if other["role"] == party["role"]
            and number_digest(desk, other) == number_digest(desk, party)
        ),
        index,
    )
    problem = "" if access else problem_of(case.content, index)
    digest = code_digest(desk, case.content, index)
    used = {one.code_digest for one in all_accesses(session, case.id)}
    if not access and not problem and digest and digest in used:
        problem = "案件数据中的查询码已失效，需要时请在这里签发"
    if number_known and first != index:
        problem = "与本案另一名当事人的身份和证件号码相同，使用同一查询码"
    can_have = number_known and first == index
    return PartyStanding(index, party["role"], party["name"], can_have, access, problem)


def problem_of(content: Record, index: int) -> str:
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


def find_case(session: Session, case_number: str) -> RegistryCase:
    """The case of this canonical number. Raises CaseUnknown."""
    case = session.scalars(select(RegistryCase).filter_by(case_number=case_number)).one_or_none()
    if case is None:
        raise CaseUnknown(f"没有案件 {case_number}")
    return case
