"""Two people let private words stand in one field of one revision, each for a written reason.

One asks, somebody else who may decide says yes or no. What was granted counts for the exact
words in that field of that revision and nowhere else: a record that is sent again is asked about
again. What identifies or reaches a person, opens an account, tells of health or names a child
nobody can let stand (``overridable`` in the policy).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.publication.errors import OverrideRefused, ReasonMissing
from portal.publication.gate import Gate
from portal.publication.mark_rows import as_grant, list_overrides, read_marks
from portal.publication.marks import LONGEST, SHORTEST, renew
from portal.publication.minors import is_minor
from portal.publication.preview import preview_marked
from portal.publication.review import LONGEST_REASON, waiting_review
from portal.reference.clock import today_in_beijing
from portal.registry.audit import wait_turn
from portal.registry.marks import LeakOverride, OverrideState
from portal.registry.models import RegistryCase, Review
from redaction import Kind, PrivateValue, RecordRedactor, touched

_QUERY_CODES = "query_codes"


def ask_override(
    gate: Gate,
    review_id: int,
    path: str,
    text: str,
    actor: str,
    *,
    seen: int,
    reason: str,
) -> None:
    """Ask that private words may stand in a field. Raises OverrideRefused, ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing("请写明申请保留的理由")
    if not SHORTEST <= len(text) <= LONGEST:
        raise OverrideRefused(f"文字应为 {SHORTEST} 至 {LONGEST} 个字")
    with gate.stores.registry() as session:
        review = waiting_review(session, review_id, seen, actor)
        kinds = _overridable_kinds(gate, session, review, path, text)
        for row in list_overrides(session, review.case_id):
            same = (row.revision, row.path, row.text) == (review.revision, path, text)
            if same and row.state != OverrideState.REFUSED:
                raise OverrideRefused("这段文字已经申请过，不需要再次申请")
        marks = read_marks(session, review.case_id, review.revision)
        after = preview_marked(gate, session, review.case, marks)
    with gate.stores.registry.begin() as session:
        wait_turn(session)
        review = waiting_review(session, review_id, seen, actor)
        session.add(
            LeakOverride(
                case_id=review.case_id,
                revision=review.revision,
                path=path,
                text=text,
                kinds=kinds,
                state=OverrideState.ASKED,
                asked_by=actor,
                asked_reason=reason.strip()[:LONGEST_REASON],
                asked_at=datetime.now(UTC),
                digests=[],
            )
        )
        session.flush()
        renew(session, review, after, actor, "review.ask_override", reason)


def decide_override(
    gate: Gate,
    review_id: int,
    override_id: int,
    actor: str,
    *,
    granted: bool,
    seen: int,
    reason: str,
    decider: bool = False,
) -> None:
    """Say yes or no to a request of somebody else, as one who may be the ``decider``.

    Raises OverrideRefused, ReasonMissing.
    """
    if not decider:
        raise OverrideRefused("须由审核负责人批准或者不批准", "decision_reason")
    if not reason.strip():
        raise ReasonMissing("请写明批准或者不批准的理由")
    with gate.stores.registry() as session:
        review = waiting_review(session, review_id, seen, actor)
        row = _asked(session, review, override_id, actor)
        marks = read_marks(session, review.case_id, review.revision)
        if granted:
            # What was known when it was asked may be less than what is known now.
            _overridable_kinds(gate, session, review, row.path, row.text)
            marks = (*marks, as_grant(row))
        after = preview_marked(gate, session, review.case, marks)
    with gate.stores.registry.begin() as session:
        wait_turn(session)
        review = waiting_review(session, review_id, seen, actor)
        row = _asked(session, review, override_id, actor)
        row.state = OverrideState.GRANTED if granted else OverrideState.REFUSED
        row.decided_by = actor
        row.decided_reason = reason.strip()[:LONGEST_REASON]
        row.decided_at = datetime.now(UTC)
        session.flush()
        act = "review.grant_override" if granted else "review.refuse_override"
        renew(session, review, after, actor, act, reason)


def _asked(session: Session, review: Review, override_id: int, actor: str) -> LeakOverride:
    row = session.scalars(
        select(LeakOverride).filter_by(
            id=override_id, case_id=review.case_id, revision=review.revision
        )
    ).one_or_none()
    if row is None or row.state != OverrideState.ASKED:
        raise OverrideRefused("没有这项申请，或者已经决定", "decision_reason")
    if row.asked_by == actor:
        raise OverrideRefused("申请人不能自己批准，须由另一名审核负责人决定", "decision_reason")
    return row


def _overridable_kinds(
    gate: Gate, session: Session, review: Review, path: str, text: str
) -> list[str]:
    """Kinds of the private values the words touch; refuses what nobody may let stand."""
    marks = read_marks(session, review.case_id, review.revision)
    by_case = gate.redactor.for_record(review.case.content, marks)
    if text not in (by_case.text_at(path) or ""):
        raise OverrideRefused("该字段的原文中没有这段文字，请从左栏原样选取")
    kinds = gate.redactor.policy.kinds
    values = list(_touched(by_case, review.case, text))
    if not values:
        raise OverrideRefused("这段文字不是本案已知的私密内容，直接登记为不屏蔽即可")
    for value in values:
        if value.path.startswith(_QUERY_CODES) or not kinds[value.kind].overridable:
            title = "查询码" if value.path.startswith(_QUERY_CODES) else kinds[value.kind].title
            raise OverrideRefused(f"其中含有{title}，任何人都不能批准公开")
    return sorted({str(value.kind) for value in values})


def _touched(by_case: RecordRedactor, case: RegistryCase, text: str) -> Iterator[PrivateValue]:
    """The private values of a case that words touch; names of minors as such, however known."""
    children = {
        name
        for party in case.content.get("parties") or []
        if is_minor(party, today_in_beijing()) or is_minor(party, case.filed_on)
        for name in (party["name"], *(party.get("former_names") or ()))
    }
    for value in touched(text, by_case.known, by_case.private):
        is_child = value.kind is Kind.PERSON and value.value in children
        yield PrivateValue(value.value, Kind.MINOR, value.path) if is_child else value
