"""Deleting letters that were closed long enough ago, from both stores and from their files."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import delete, select

from portal.correspondence.desk import LetterDesk
from portal.correspondence.models import Handling, WrittenAnswer
from portal.correspondence.settling import scrub_inbox, settle_all
from portal.inbox.models import Reply, SealedProof, Submission
from portal.registry.audit import record_act


def purge_closed(desk: LetterDesk, today: date, kept_days: int, *, actor: str) -> int:
    """Delete every letter closed more than ``kept_days`` before ``today``; return how many.

    The inbox goes first: whoever died in between finds the same letters again by what the
    registry still knows of them.
    """
    settle_all(desk)
    with desk.registry() as session:
        query = select(Handling.receipt).where(
            Handling.closed_on < today - timedelta(days=kept_days)
        )
        receipts = session.scalars(query).all()
    for receipt in receipts:
        with desk.inbox.begin() as inbox:
            for table in (Reply, SealedProof, Submission):
                inbox.execute(delete(table).filter_by(receipt=receipt))
        with desk.registry.begin() as session:
            session.execute(delete(WrittenAnswer).filter_by(receipt=receipt))
            session.execute(delete(Handling).filter_by(receipt=receipt))
            record_act(session, actor, "inbox.purge", receipt, {"kept_days": kept_days})
    if receipts:
        scrub_inbox(desk)
    return len(receipts)
