"""Answers of the court: written, checked for anybody's data, signed by somebody else.

Whoever has receipt and PIN reads an answer, so it holds nothing that a story might not hold, and
nothing of the letter it answers. A finding blocks; there is no letting it stand: the words have
to be changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.correspondence.desk import LetterDesk
from portal.correspondence.errors import CorrespondenceError
from portal.correspondence.letter_file import LetterFile, number_of
from portal.correspondence.models import UNSIGNED, AnswerState, Handling, WrittenAnswer
from portal.correspondence.settling import changing
from portal.inbox.letters import Letter, clean
from portal.inbox.models import Reply, Submission
from portal.publication.compose import KIND_LABELS
from portal.publication.inspection import Inspection, PublicLeak
from portal.publication.mark_rows import read_marks
from portal.publication.story_lint import lint_texts
from portal.registry.audit import AuditEntry
from portal.registry.models import RegistryCase
from redaction import Kind, PrivateValue, verify

MIN_ANSWER, MAX_ANSWER = 5, 2000
MAX_COMMENT = 500
_PLACE = "答复"
_WRITING = ("inbox.write_answer", "inbox.submit_answer")


def answer_findings(desk: LetterDesk, file: LetterFile, text: str, letter: Letter) -> list[str]:
    """What keeps a text from being an answer, in sentences that do not repeat it."""
    found = [str(each) for each in lint_texts(desk.gate.redactor, {_PLACE: text})]
    for origin, private in (
        ("来信", _told(desk, letter)),
        ("案件", _known(desk, file.case_number)),
    ):
        leaks = verify([(_PLACE, text)], private)
        found += [f"{_PLACE}：{origin}中的私密内容（{KIND_LABELS[leak.kind]}）" for leak in leaks]
    return list(dict.fromkeys(found))


def inspect_answers(desk: LetterDesk) -> Inspection:
    """Whatever should not stand in an answer people can read, by today's rules and records.

    Without the letters, which nobody opens for it.
    """
    with desk.inbox() as session:
        query = select(Reply.receipt, Reply.text, Submission.case_slug).join(
            Submission, Submission.receipt == Reply.receipt
        )
        replies = session.execute(query).all()
    leaks: list[PublicLeak] = []
    for receipt, text, case_slug in replies:
        reasons = [str(each) for each in lint_texts(desk.gate.redactor, {_PLACE: text})]
        known = verify([(_PLACE, text)], _known(desk, number_of(case_slug)))
        reasons += [f"{_PLACE}：案件中的私密内容（{KIND_LABELS[leak.kind]}）" for leak in known]
        leaks += [PublicLeak(receipt, "reply", "other", reason) for reason in reasons]
    return Inspection(len(replies), tuple(leaks))


def write_answer(
    desk: LetterDesk,
    file: LetterFile,
    text: str,
    letter: Letter,
    *,
    submit: bool,
    revision: int,
    actor: str,
) -> None:
    """Keep the one unsigned answer of a letter, and hand it to a signer when asked.

    ``letter`` is the opened letter: whoever has not read it cannot answer it. Raises
    CorrespondenceError for a text that is too short, too long, or holds anybody's data.
    """
    text = clean(text)
    if not MIN_ANSWER <= len(text) <= MAX_ANSWER:
        raise CorrespondenceError(f"答复应为 {MIN_ANSWER} 至 {MAX_ANSWER} 字。", "text")
    _refuse_findings(desk, file, text, letter)
    act = "inbox.submit_answer" if submit else "inbox.write_answer"
    with changing(desk, file.receipt, act, revision=revision, actor=actor) as (session, handling):
        if handling.closed_on:
            raise CorrespondenceError("这一件已经办结。要再答复，请先重新打开。", "text")
        if not handling.handler:
            raise CorrespondenceError("请先指定承办人。", "handler")
        if not handling.outcome:
            raise CorrespondenceError("请先写明核查结果，再起草答复。", "outcome")
        answer = _unsigned(session, file.receipt)
        if answer is None:
            answer = WrittenAnswer(receipt=file.receipt, signer="", comment="")
            session.add(answer)
        answer.text, answer.author = text, actor
        answer.written_at = datetime.now(UTC)
        answer.state = AnswerState.SUBMITTED if submit else AnswerState.DRAFT


def sign_answer(
    desk: LetterDesk,
    file: LetterFile,
    letter: Letter,
    *,
    revision: int,
    actor: str,
    today: date,
    signer: bool = False,
) -> None:
    """Sign the submitted answer: from now on it stands on the status page.

    Not by its author, nor by anybody who may not be a ``signer``.
    """
    _refuse_others(signer, "sign")
    with changing(desk, file.receipt, "inbox.sign_answer", revision=revision, actor=actor) as (
        session,
        handling,
    ):
        answer = _submitted(session, file.receipt)
        if actor in _writers(session, file.receipt):
            raise CorrespondenceError("答复须由起草人以外的人签发。", "sign")
        # Record and rules may have changed since it was written.
        _refuse_findings(desk, file, answer.text, letter)
        answer.state, answer.signer = AnswerState.SIGNED, actor
        answer.signed_at = datetime.now(UTC)
        handling.answered_on = handling.answered_on or today


def return_answer(
    desk: LetterDesk,
    file: LetterFile,
    comment: str,
    *,
    revision: int,
    actor: str,
    signer: bool = False,
) -> None:
    """Give the submitted answer back to be written anew, with a comment; a ``signer`` does."""
    _refuse_others(signer, "reason")
    comment = _reason(comment)
    with changing(desk, file.receipt, "inbox.return_answer", revision=revision, actor=actor) as (
        session,
        _,
    ):
        answer = _submitted(session, file.receipt)
        answer.state, answer.comment = AnswerState.DRAFT, comment


def withdraw_answer(
    desk: LetterDesk,
    file: LetterFile,
    answer_id: int,
    reason: str,
    *,
    revision: int,
    actor: str,
    signer: bool = False,
) -> None:
    """Take a signed answer off the status page; it stays in the office's own record.

    Whoever may be a ``signer`` does it, and nobody else.
    """
    _refuse_others(signer, "reason")
    reason = _reason(reason)
    with changing(desk, file.receipt, "inbox.withdraw_answer", revision=revision, actor=actor) as (
        session,
        handling,
    ):
        answer = session.get(WrittenAnswer, answer_id)
        if answer is None or answer.receipt != file.receipt or answer.state != AnswerState.SIGNED:
            raise CorrespondenceError("没有这份已签发的答复。", "reason")
        answer.state, answer.comment = AnswerState.WITHDRAWN, reason
        session.flush()
        _forget_answering(session, handling)


def _refuse_others(signer: bool, field: str) -> None:
    if not signer:
        raise CorrespondenceError("须由审核负责人签发、退回或者撤回答复。", field)


def _forget_answering(session: Session, handling: Handling) -> None:
    query = select(WrittenAnswer.id).filter_by(receipt=handling.receipt, state=AnswerState.SIGNED)
    if session.scalars(query).first() is None:
        handling.answered_on = handling.closed_on = None


def _refuse_findings(desk: LetterDesk, file: LetterFile, text: str, letter: Letter) -> None:
    found = answer_findings(desk, file, text, letter)
    if found:
        raise CorrespondenceError(
            "答复会显示在公开网站的查询页上，不能含有个人信息，请改写：" + "；".join(found), "text"
        )


def _told(desk: LetterDesk, letter: Letter) -> Iterator[PrivateValue]:
    """What the letter itself gives away: its sender, and everything redaction finds in it."""
    for whole in (letter.name, letter.contact):
        yield PrivateValue(whole, Kind.OTHER)
    if letter.name:
        yield PrivateValue(letter.name, Kind.PERSON)
    for text in (letter.statement, letter.contact):
        for found in desk.gate.redactor.redact(text).findings:
            yield PrivateValue(text[found.start : found.end], found.kind)


def _known(desk: LetterDesk, case_number: str) -> tuple[PrivateValue, ...]:
    """What is private in the case a letter is about."""
    query = select(RegistryCase).filter_by(case_number=case_number)
    with desk.registry() as session:
        case = session.scalars(query).one_or_none()
        if case is None:
            return ()
        marks = read_marks(session, case.id, case.revision)
        record = desk.gate.redactor.for_record(case.content, marks)
        return tuple(record.private)


def _writers(session: Session, receipt: str) -> set[str]:
    """Everybody who had a hand in the answer that waits: its words may be those of any of them."""
    acts = select(AuditEntry).filter_by(subject=receipt)
    signed = acts.filter_by(act="inbox.sign_answer").order_by(AuditEntry.id.desc()).limit(1)
    last = session.scalars(signed).first()
    written = acts.where(AuditEntry.act.in_(_WRITING), AuditEntry.id > (last.id if last else 0))
    return {entry.actor for entry in session.scalars(written)}


def _unsigned(session: Session, receipt: str) -> WrittenAnswer | None:
    query = select(WrittenAnswer).filter_by(receipt=receipt)
    return session.scalars(query.where(WrittenAnswer.state.in_(UNSIGNED))).one_or_none()


def _submitted(session: Session, receipt: str) -> WrittenAnswer:
    answer = _unsigned(session, receipt)
    if answer is None or answer.state != AnswerState.SUBMITTED:
        raise CorrespondenceError("没有等待签发的答复。", "sign")
    return answer


def _reason(written: str) -> str:
    reason = clean(written).replace("\n", " ")[:MAX_COMMENT]
    if not reason:
        raise CorrespondenceError("请写明理由。", "reason")
    return reason
