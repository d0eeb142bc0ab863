"""One change of a letter at a time, and bringing what its sender may see into the inbox.

The registry is told first, together with the audit log; the inbox follows from it alone. A
process that died in between leaves nothing to guess: settling again ends in the same place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.correspondence.desk import LetterDesk
from portal.correspondence.errors import CorrespondenceError
from portal.correspondence.letter_file import untouched
from portal.correspondence.models import AnswerState, Handling, Outcome, WrittenAnswer
from portal.inbox.models import Reply, Submission
from portal.reference.submission_kinds import Progress
from portal.registry.audit import record_act, wait_turn


@contextmanager
def changing(
    desk: LetterDesk,
    receipt: str,
    act: str,
    *,
    revision: int,
    actor: str,
    detail: Mapping[str, Any] | None = None,
) -> Iterator[tuple[Session, Handling]]:
    """A transaction over one letter as its reader saw it, logged as ``act``, settled after it.

    Raises CorrespondenceError where the letter is not there or has been changed since
    ``revision``.
    """
    with desk.inbox() as session:
        if session.get(Submission, receipt) is None:
            raise CorrespondenceError("收件箱中没有这一件。")
    with desk.registry.begin() as session:
        wait_turn(session)
        handling = session.get(Handling, receipt)
        if handling is None:
            handling = untouched(receipt)
            session.add(handling)
        if handling.revision != revision:
            raise CorrespondenceError("这一件刚刚被别人处理过。请核对最新情况后再提交。")
        yield session, handling
        handling.revision += 1
        record_act(session, actor, act, receipt, detail)
    settle(desk, receipt)


def settle(desk: LetterDesk, receipt: str) -> None:
    """Write progress and signed answers of one letter into the inbox, and take others out."""
    with desk.inbox.begin() as inbox:
        # Takes the row: what is read from the registry after it is newer than any other settling.
        inbox.execute(
            update(Submission).filter_by(receipt=receipt).values(progress=Submission.progress)
        )
        with desk.registry() as session:
            handling = session.get(Handling, receipt) or untouched(receipt)
            signed = select(WrittenAnswer).filter_by(receipt=receipt, state=AnswerState.SIGNED)
            answers = {answer.signed_at: answer.text for answer in session.scalars(signed)}
        inbox.execute(
            update(Submission).filter_by(receipt=receipt).values(progress=progress_of(handling))
        )
        replies = inbox.scalars(select(Reply).filter_by(receipt=receipt)).all()
        gone = [reply for reply in replies if answers.pop(reply.at, None) != reply.text]
        for reply in gone:
            inbox.delete(reply)
        for signed_at, text in answers.items():
            inbox.add(Reply(receipt=receipt, at=signed_at, text=text))
    if gone:
        scrub_inbox(desk)


def scrub_inbox(desk: LetterDesk) -> None:
    """Have SQLite write deletions through to its file: until then the words lie in its log."""
    with desk.inbox() as session:
        if session.get_bind().dialect.name == "sqlite":
            session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def settle_all(desk: LetterDesk) -> int:
    """Settle every letter somebody has taken up; return how many. For the daily run."""
    with desk.registry() as session:
        receipts = session.scalars(select(Handling.receipt)).all()
    for receipt in receipts:
        settle(desk, receipt)
    return len(receipts)


def progress_of(handling: Handling) -> Progress:
    """What the sender of a letter may know of its handling."""
    if handling.closed_on:
        return Progress.CLOSED
    if handling.review_received_on and not handling.review_decided_on:
        return Progress.IN_REVIEW
    if handling.fixed_on:
        return Progress.CORRECTED
    if handling.answered_on:
        is_rejected = handling.outcome == Outcome.REJECTED
        return Progress.REJECTED if is_rejected else Progress.ANSWERED
    return Progress.IN_HAND if handling.handler else Progress.RECEIVED
