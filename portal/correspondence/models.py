"""What the office does with a letter: who handles it, its steps, the answers being written.

The letter itself stays sealed in the inbox; nothing of what it says is ever copied here.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import Label, Line
from portal.registry.base import RegistryBase


class Outcome(StrEnum):
    """What checking a letter came to."""

    UPHELD = "upheld"
    REJECTED = "rejected"
    ELSEWHERE = "elsewhere"
    NOTED = "noted"


class AnswerState(StrEnum):
    """Draft → handed to the signer → signed and public; a signed one can be taken back."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


# Of these a letter has at most one.
UNSIGNED = (AnswerState.DRAFT, AnswerState.SUBMITTED)


class Handling(RegistryBase):
    """The office's side of one letter; ``revision`` counts its changes, for optimistic locking.

    Days are those of Beijing. The review days belong to the review by the next court (复核).
    """

    __tablename__ = "letter_handling"

    receipt: Mapped[str] = mapped_column(String(16), primary_key=True)
    revision: Mapped[int] = mapped_column(default=0)
    handler: Mapped[Label]
    outcome: Mapped[Label]
    checked_on: Mapped[date | None]
    fixed_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    closed_on: Mapped[date | None] = mapped_column(index=True)
    review_received_on: Mapped[date | None]
    review_forwarded_on: Mapped[date | None]
    review_reported_on: Mapped[date | None]
    review_decided_on: Mapped[date | None]
    review_upheld: Mapped[bool] = mapped_column(default=False)
    review_fixed_on: Mapped[date | None]


class WrittenAnswer(RegistryBase):
    """One answer as the office wrote it; only a signed one stands in the inbox as well."""

    __tablename__ = "letter_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt: Mapped[str] = mapped_column(String(16), index=True)
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(64), index=True)
    author: Mapped[Label]
    written_at: Mapped[datetime]
    signer: Mapped[Label]
    signed_at: Mapped[datetime | None]
    # why it was returned to its author, or taken back
    comment: Mapped[Line]
