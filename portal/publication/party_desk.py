"""The office gives a party a new code, ends one, or settles what was withheld from the parties.

Each is written into the registry and the audit log first; the public store follows within the
call. Whoever dies in between leaves it to the gate's next run.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.publication.envelopes import remove_ended
from portal.publication.errors import CodeRefused, ReasonMissing
from portal.publication.gate import Gate
from portal.publication.party_codes import end_code, issue_code
from portal.publication.party_keys import Wanted
from portal.publication.turns import take_turn
from portal.registry.audit import record_act, wait_turn
from portal.registry.models import RegistryCase
from portal.registry.party_access import open_accesses
from redaction import Grade


def issue_party_code(
    gate: Gate, case_number: str, index: int, *, replaces: int, actor: str, reason: str
) -> Wanted:
    """Give the party at this place of the record a new code and close its view anew.

    The code stands in what is returned and nowhere else. Raises as ``party_codes.issue_code``.
    """
    issued = issue_code(gate.desk, case_number, index, replaces, actor, reason)
    _renew(gate, case_number, actor)
    return issued


def revoke_party_code(
    gate: Gate, case_number: str, access_id: int, *, actor: str, reason: str
) -> None:
    """End a code; its envelope leaves the public store at once."""
    end_code(gate.desk, case_number, access_id, actor, reason)
    with take_turn(gate.stores) as turn:
        remove_ended(turn, _case_id(turn.registry, case_number))
    gate.stores.scrub_disclosure()


def settle_party_views(gate: Gate, case_number: str, *, actor: str, reason: str) -> None:
    """Show the parties what was withheld for a doubt that a reviewer may settle.

    What takes a higher decision, and what belongs to somebody else, stays withheld; a newer
    record begins anew. Raises CodeRefused, ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing("请写明核对意见")
    with gate.stores.registry.begin() as session:
        wait_turn(session)
        case = session.get_one(RegistryCase, _case_id(session, case_number))
        held = [one for one in open_accesses(session, case.id) if one.withheld]
        if not held:
            raise CodeRefused("没有等待核对的内容，可能已经处理过")
        for access in held:
            access.read_revision, access.read_grade = case.revision, Grade.REVIEW
        case.views_revision = 0
        record_act(session, actor, "party.read", case_number, {"reason": reason.strip()[:500]})
    _renew(gate, case_number, actor)


def _renew(gate: Gate, case_number: str, actor: str) -> None:
    gate.publish_case(case_number, actor, renew=True)
    gate.settle()


def _case_id(session: Session, case_number: str) -> int:
    return session.scalars(select(RegistryCase.id).filter_by(case_number=case_number)).one()
