"""The steps of a letter through the office: who has it, what checking came to, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from portal.correspondence.desk import LetterDesk
from portal.correspondence.errors import CorrespondenceError
from portal.correspondence.letter_file import LetterFile
from portal.correspondence.models import AnswerState, Handling, Outcome
from portal.correspondence.settling import changing
from portal.disclosure.subjects import find_subject
from portal.reference.submission_kinds import SubmissionKind
from portal.staff.members import list_members
from portal.staff.permissions import Permission, is_granted

OUTCOME_WORDS = {
    Outcome.UPHELD: "成立，应当更正或者移除",
    Outcome.REJECTED: "不成立，不予更正",
    Outcome.ELSEWHERE: "不属于本院办理",
    Outcome.NOTED: "线索已查证",
}
_LISTS = ("/debtors/", "/restrictions/", "/terminations/")


def outcomes_of(kind: SubmissionKind) -> tuple[Outcome, ...]:
    """What checking a letter of this kind can come to."""
    if kind.is_clue:
        return (Outcome.NOTED, Outcome.ELSEWHERE)
    return (Outcome.UPHELD, Outcome.REJECTED, Outcome.ELSEWHERE)


def list_handlers(desk: LetterDesk) -> Sequence[str]:
    """Everybody a letter can be given to."""
    return [
        member.name
        for member in list_members(desk.registry)
        if member.active and is_granted(member.role, Permission.HANDLE_LETTERS)
    ]


def list_former_handlers(desk: LetterDesk) -> Sequence[str]:
    """Everybody a letter was given to who can be given none any more, by name."""
    query = select(Handling.handler).where(Handling.handler != "").distinct()
    with desk.registry() as session:
        return sorted(set(session.scalars(query)) - set(list_handlers(desk)))


def still_public(desk: LetterDesk, file: LetterFile) -> bool | None:
    """Whether the list entry a letter is about can still be read; None where it is about none."""
    if not file.about.startswith(_LISTS):
        return None
    with desk.gate.stores.disclosure() as public:
        subject = find_subject(public, file.about)
    return bool(subject and subject.address == file.about and subject.is_public)


def assign(desk: LetterDesk, file: LetterFile, handler: str, *, revision: int, actor: str) -> None:
    """Give a letter to a person, or take it oneself."""
    if handler not in list_handlers(desk):
        raise CorrespondenceError("请从名单中选择承办人。", "handler")
    detail = {"handler": handler}
    with changing(
        desk, file.receipt, "inbox.assign", revision=revision, actor=actor, detail=detail
    ) as (_, handling):
        _refuse_closed(handling)
        handling.handler = handler


def conclude(
    desk: LetterDesk,
    file: LetterFile,
    outcome: Outcome,
    *,
    revision: int,
    actor: str,
    today: date,
) -> None:
    """Write down what checking came to; it can be changed until it was acted on."""
    if outcome not in outcomes_of(file.kind):
        raise CorrespondenceError("请选择核查结果。", "outcome")
    detail = {"outcome": OUTCOME_WORDS[outcome]}
    with changing(
        desk, file.receipt, "inbox.conclude", revision=revision, actor=actor, detail=detail
    ) as (_, handling):
        _refuse_closed(handling)
        if not handling.handler:
            raise CorrespondenceError("请先指定承办人。", "handler")
        if handling.fixed_on or handling.answered_on:
            raise CorrespondenceError("已经按核查结果更正或者答复，不能再改。", "outcome")
        handling.outcome, handling.checked_on = outcome, today


def record_fix(
    desk: LetterDesk, file: LetterFile, *, revision: int, actor: str, today: date
) -> None:
    """Note that what was wrong is right; a wrong entry has to be off its list first."""
    with changing(desk, file.receipt, "inbox.fix", revision=revision, actor=actor) as (_, handling):
        _refuse_closed(handling)
        if handling.outcome != Outcome.UPHELD or handling.fixed_on:
            raise CorrespondenceError("只有认定成立、尚未更正的，才能登记更正。", "fix")
        if file.kind is SubmissionKind.OBJECTION and still_public(desk, file):
            raise CorrespondenceError(
                f"这条名单记录仍在公开（{file.about}）。请先在案件页面撤回，或者在名单期限中移除。",
                "fix",
            )
        handling.fixed_on = today


def close(desk: LetterDesk, file: LetterFile, *, revision: int, actor: str, today: date) -> None:
    """End the work on a letter. Raises CorrespondenceError naming what is still to be done."""
    with changing(desk, file.receipt, "inbox.close", revision=revision, actor=actor) as (_, mine):
        _refuse_closed(mine)
        for missing, words in (
            (not mine.outcome, "还没有写明核查结果。"),
            (mine.outcome == Outcome.UPHELD and not mine.fixed_on, "认定成立，还没有更正。"),
            (not file.kind.is_clue and not mine.answered_on, "还没有答复。"),
            (file.unsigned is AnswerState.SUBMITTED, "有一份答复正在等待签发。"),
            (mine.review_received_on and not mine.review_decided_on, "复核还没有结论。"),
            (mine.review_upheld and not mine.review_fixed_on, "复核认定成立，还没有更正。"),
        ):
            if missing:
                raise CorrespondenceError(f"不能办结：{words}", "close")
        mine.closed_on = today


def reopen(desk: LetterDesk, file: LetterFile, *, revision: int, actor: str) -> None:
    """Take a closed letter up again."""
    with changing(desk, file.receipt, "inbox.reopen", revision=revision, actor=actor) as (_, mine):
        if not mine.closed_on:
            raise CorrespondenceError("这一件没有办结。", "close")
        mine.closed_on = None


def _refuse_closed(handling: Handling) -> None:
    if handling.closed_on:
        raise CorrespondenceError("这一件已经办结。要继续办理，请先重新打开。")
