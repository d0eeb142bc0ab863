"""A reviewer marks words of one case: masked, left as written, shown as a person; and takes back.

The machine's findings stay as they are; marks lie on top of them. Every change of the marks is
drafted and checked before it counts, written together with what then speaks against the item,
and starts its reading again. A mark releases nothing: that is a decision of its own
(``review``). The words are private: the log says what was done, why and by whom, never to which.

Words to keep that are a party's name or a known private value are masked all the same and hold
the case (``redaction``); letting them stand takes two people (``overrides``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.publication.errors import MarkRefused, ReasonMissing
from portal.publication.gate import Gate
from portal.publication.mark_rows import as_mark, list_marks, list_overrides, read_marks
from portal.publication.preview import Preview, preview_marked
from portal.publication.queue import write_holds
from portal.publication.review import LONGEST_REASON, note_change, waiting_review
from portal.registry.audit import wait_turn
from portal.registry.marks import CaseMark, OverrideState
from portal.registry.models import Review
from redaction import REVIEWER, FieldFinding, Grade, Mark, MarkAct, Policy

SHORTEST, LONGEST = 2, 200


def add_mark(
    gate: Gate, review_id: int, mark: Mark, actor: str, *, seen: int, reason: str = ""
) -> None:
    """Put one more mark on the words of a case.

    ``seen`` is the edition of the item the reviewer had before him. Raises MarkRefused,
    ReasonMissing and whatever ``waiting_review`` does.
    """
    check_mark(mark, gate.redactor.policy)
    if mark.act is MarkAct.KEEP and not reason.strip():
        raise ReasonMissing("请写明不屏蔽的理由")
    with gate.stores.registry() as session:
        review = waiting_review(session, review_id, seen, actor)
        _refuse_repetition(session, review, mark)
        marks = read_marks(session, review.case_id, review.revision)
        before = preview_marked(gate, session, review.case, marks)
        after = preview_marked(gate, session, review.case, (*marks, mark))
    effect = effect_of(before.findings, after.findings)
    if not effect and not _is_refused(before, after):
        raise MarkRefused(_NOTHING[mark.act])
    with gate.stores.registry.begin() as session:
        wait_turn(session)
        review = waiting_review(session, review_id, seen, actor)
        session.add(
            CaseMark(
                case_id=review.case_id,
                revision=review.revision,
                act=mark.act,
                text=mark.text,
                path=mark.path,
                start=mark.start,
                kind=mark.kind,
                mask=mark.mask,
                same_as=mark.same_as,
                reason=reason.strip()[:LONGEST_REASON],
                effect=effect,
                added_by=actor,
                added_at=datetime.now(UTC),
            )
        )
        renew(session, review, after, actor, f"review.{mark.act}_term", reason)


def remove_mark(
    gate: Gate, review_id: int, mark_id: int, actor: str, *, seen: int, reason: str
) -> None:
    """Take a mark back; the row stays, with who took it back and why."""
    if not reason.strip():
        raise ReasonMissing("请写明撤销的理由")
    with gate.stores.registry() as session:
        review = waiting_review(session, review_id, seen, actor)
        row = _mark_in_force(session, review, mark_id)
        gone = as_mark(row)
        marks = list(read_marks(session, review.case_id, review.revision))
        marks.remove(gone)
        after = preview_marked(gate, session, review.case, tuple(marks))
    with gate.stores.registry.begin() as session:
        wait_turn(session)
        review = waiting_review(session, review_id, seen, actor)
        row = _mark_in_force(session, review, mark_id)
        row.removed_by = actor
        row.removed_at = datetime.now(UTC)
        row.removal_reason = reason.strip()[:LONGEST_REASON]
        renew(session, review, after, actor, f"review.unset_{row.act}", reason)


def renew(
    session: Session, review: Review, after: Preview, actor: str, act: str, reason: str
) -> None:
    """Write what now speaks against an item; who read it first read something else."""
    pending = any(
        row.state == OverrideState.ASKED and row.revision == review.revision
        for row in list_overrides(session, review.case_id)
    )
    write_holds(review, after.holds, after.leaks, pending=pending)
    review.first_read_by = review.first_reason = ""
    review.first_read_at = None
    note_change(session, review, actor, act, reason=reason.strip()[:LONGEST_REASON])


def check_mark(mark: Mark, policy: Policy) -> None:
    """Raise MarkRefused where the words or the mask make no sense to the policy."""
    if not SHORTEST <= len(mark.text) <= LONGEST:
        raise MarkRefused(f"文字应为 {SHORTEST} 至 {LONGEST} 个字")
    if mark.act is MarkAct.HIDE and mark.mask not in policy.kinds[mark.kind].masks:
        title = policy.kinds[mark.kind].title
        raise MarkRefused(f"“{title}”不能用这种方式屏蔽，请另选", "mask")
    if mark.act is MarkAct.LINK:
        if not SHORTEST <= len(mark.same_as) <= LONGEST:
            raise MarkRefused("请选择或者写出是本案中的哪一个人", "same_as")
        if mark.same_as == mark.text:
            raise MarkRefused("这就是同一个称呼，不需要合并", "same_as")


_NOTHING = {
    MarkAct.HIDE: "本案公开的文字中没有这段文字，或者已经这样屏蔽；请从左栏选取",
    MarkAct.KEEP: "这段文字没有被屏蔽，不需要登记保留",
    MarkAct.LINK: "本案公开的文字中没有这个称呼，或者已经这样显示",
}


def _refuse_repetition(session: Session, review: Review, mark: Mark) -> None:
    """Refuse to hide and keep the same words in the same place: one of them is a slip."""
    for row in list_marks(session, review.case_id):
        if row.text != mark.text or {row.act, mark.act} != {MarkAct.HIDE, MarkAct.KEEP}:
            continue
        if (row.path, row.start) == (mark.path, mark.start):
            word = "屏蔽" if row.act == MarkAct.HIDE else "不屏蔽"
            raise MarkRefused(f"这段文字已由 {row.added_by} 标为{word}，请先撤销那一条")


def _is_refused(before: Preview, after: Preview) -> bool:
    """Whether all that came of a mark is a new reason to hold the case."""
    refused = {hold for hold in after.holds if hold.grade is Grade.LEAK}
    return bool(refused - set(before.holds))


def _mark_in_force(session: Session, review: Review, mark_id: int) -> CaseMark:
    row = session.get(CaseMark, mark_id)
    if row is None or row.case_id != review.case_id or row.removed_at is not None:
        raise MarkRefused("没有这条标记，可能已经撤销", "removed")
    return row


def effect_of(
    before: Sequence[FieldFinding], after: Sequence[FieldFinding]
) -> list[dict[str, Any]]:
    """What a mark changed of what was masked, counted.

    ``over``: a finding that is masked no more; ``changed``: one that is masked otherwise;
    ``under``: words that are masked now and were not.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    for found in before:
        now = [each for each in after if _overlap(found, each)]
        if not now:
            counts["over", found.finding.recogniser, found.finding.kind] += 1
        elif all(each.finding != found.finding for each in now):
            counts["changed", found.finding.recogniser, found.finding.kind] += 1
    for found in after:
        if found.finding.recogniser == REVIEWER and not any(
            _overlap(found, each) for each in before
        ):
            counts["under", "", found.finding.kind] += 1
    return [
        {"change": change, "recogniser": recogniser, "kind": str(kind), "count": count}
        for (change, recogniser, kind), count in sorted(counts.items())
    ]


def _overlap(one: FieldFinding, other: FieldFinding) -> bool:
    return (
        one.path == other.path
        and one.finding.start < other.finding.end
        and other.finding.start < one.finding.end
    )
