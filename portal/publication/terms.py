"""A reviewer has words of one case masked or kept, and takes such a word back.

The words themselves are private: the log says of which kind one was, never which. A word
to keep that is a party's name or a known private value is masked all the same, and holds
the case (``redaction``): nobody can approve a name onto a page by listing it here.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from portal.publication.errors import PublicationError, ReasonMissing
from portal.publication.gate import Gate
from portal.publication.outcomes import Outcome
from portal.publication.queue import list_terms
from portal.publication.review import waiting_review
from portal.registry.audit import record_act, wait_turn
from portal.registry.models import CaseTerm, Review, TermKind

MIN_TERM, MAX_TERM = 2, 200
_NAMES = {TermKind.HIDE: "屏蔽词", TermKind.KEEP: "不屏蔽词"}


def hide_term(gate: Gate, review_id: int, term: str, actor: str) -> Outcome:
    """Have one more word masked in this case and send the case through the gate again."""
    return _add(gate, review_id, TermKind.HIDE, term, "", actor)


def keep_term(gate: Gate, review_id: int, term: str, reason: str, actor: str) -> Outcome:
    """Have one word left as it is written, and send the case through the gate again."""
    if not reason.strip():
        raise ReasonMissing("请写明不屏蔽的理由")
    return _add(gate, review_id, TermKind.KEEP, term, reason.strip()[:500], actor)


def remove_term(gate: Gate, review_id: int, term_id: int, reason: str, actor: str) -> Outcome:
    """Take a word back and send the case through the gate again."""
    if not reason.strip():
        raise ReasonMissing("请写明撤销的理由")
    with gate.stores.registry.begin() as session:
        review = _review(session, review_id)
        term = session.get(CaseTerm, term_id)
        if term is None or term.case_id != review.case_id:
            raise PublicationError("没有这个词，可能已经撤销")
        detail = {"review": review_id, "reason": reason.strip()[:500]}
        record_act(session, actor, f"review.unset_{term.kind}", review.case.case_number, detail)
        session.delete(term)
        number = review.case.case_number
    return _again(gate, number, actor)


def _add(gate: Gate, review_id: int, kind: TermKind, term: str, reason: str, actor: str) -> Outcome:
    wanted = term.strip()
    if not MIN_TERM <= len(wanted) <= MAX_TERM:
        raise PublicationError(f"{_NAMES[kind]}应为 {MIN_TERM} 至 {MAX_TERM} 个字")
    with gate.stores.registry.begin() as session:
        review = _review(session, review_id)
        number = review.case.case_number
        known = {each.term: each for each in list_terms(session, review.case_id)}
        if wanted in known and known[wanted].kind != kind:
            raise PublicationError(f"这个词已列为{_NAMES[TermKind(known[wanted].kind)]}，请先撤销")
        if wanted not in known:
            session.add(
                CaseTerm(
                    case_id=review.case_id,
                    term=wanted,
                    kind=kind,
                    reason=reason,
                    added_by=actor,
                    added_at=datetime.now(UTC),
                )
            )
        detail = {"review": review_id} | ({"reason": reason} if reason else {})
        record_act(session, actor, f"review.{kind}_term", number, detail)
    return _again(gate, number, actor)


def _review(session: Session, review_id: int) -> Review:
    wait_turn(session)
    return waiting_review(session, review_id)


def _again(gate: Gate, case_number: str, actor: str) -> Outcome:
    outcome = gate.publish_case(case_number, actor, again=True)
    gate.settle()
    return outcome
