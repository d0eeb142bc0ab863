"""Submissions as the inbox keeps them: sealed boxes, and the little that has to be readable."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.columns import Label
from portal.inbox.base import InboxBase
from portal.reference.submission_kinds import Progress


class Reply(InboxBase):
    """An answer of the court, checked to hold nobody's data: the only text kept in clear."""

    __tablename__ = "reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt: Mapped[str] = mapped_column(ForeignKey("submission.receipt"), index=True)
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)


class SealedProof(InboxBase):
    """One uploaded file with its name, sealed. ``position`` counts from 1."""

    __tablename__ = "sealed_proof"

    receipt: Mapped[str] = mapped_column(ForeignKey("submission.receipt"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)


class Submission(InboxBase):
    """One submission. ``about`` is the public address it is about, ``case_slug`` its case.

    Who sent it and what it says is in ``box`` and nowhere else. The PIN is kept as an
    Argon2id hash.
    """

    __tablename__ = "submission"

    receipt: Mapped[str] = mapped_column(String(16), primary_key=True)
    pin_hash: Mapped[str] = mapped_column(String(200))
    kind: Mapped[Label]
    about: Mapped[str] = mapped_column(String(200), default="")
    case_slug: Mapped[Label] = mapped_column(index=True)
    court_code: Mapped[Label]
    received_at: Mapped[datetime] = mapped_column(index=True)
    progress: Mapped[Label] = mapped_column(default=Progress.RECEIVED.value)
    key_id: Mapped[str] = mapped_column(String(16))
    box: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    proofs: Mapped[list[SealedProof]] = relationship(order_by=SealedProof.position)
    replies: Mapped[list[Reply]] = relationship(order_by=Reply.id)
