"""Handing a letter in, and asking with receipt and PIN how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from portal.inbox.letters import Letter, pack_proof, pack_text
from portal.inbox.models import Reply, SealedProof, Submission
from portal.inbox.receipts import Receipt, hash_pin, is_right_pin
from portal.inbox.sealing import BoxLabel, key_id, seal
from portal.reference.submission_kinds import Progress, SubmissionKind


@dataclass(frozen=True)
class Concern:
    """What a submission is about, in public words: address, case and court; each may be ""."""

    about: str = ""
    case_slug: str = ""
    court_code: str = ""


@dataclass(frozen=True)
class Answer:
    """One answer of the court."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Status:
    """What the sender of a submission may know about it."""

    receipt: str
    kind: SubmissionKind
    received_at: datetime
    progress: Progress
    answers: tuple[Answer, ...]


def text_label(receipt: str, kind: str) -> BoxLabel:
    """The label of a submission's words."""
    return BoxLabel(receipt, kind)


def proof_label(receipt: str, kind: str, position: int) -> BoxLabel:
    """The label of one of its files: a box cannot change its place."""
    return BoxLabel(receipt, f"{kind}/proof/{position}")


def is_handed_in(inbox: sessionmaker[Session], receipt: Receipt) -> bool:
    """Whether this very letter has come in before."""
    with inbox() as session:
        return session.get(Submission, receipt.number) is not None


def hand_in(
    inbox: sessionmaker[Session],
    office_key: X25519PublicKey,
    receipt: Receipt,
    letter: Letter,
    concern: Concern,
    now: datetime,
) -> None:
    """Seal the letter, then keep it. A letter that is there already stays as it is."""
    number, kind = receipt.number, letter.kind.value
    submission = Submission(
        receipt=number,
        pin_hash=hash_pin(receipt.pin),
        kind=kind,
        about=concern.about,
        case_slug=concern.case_slug,
        court_code=concern.court_code,
        received_at=now,
        progress=Progress.RECEIVED.value,
        key_id=key_id(office_key),
        box=seal(office_key, pack_text(letter), text_label(number, kind)),
        proofs=[
            SealedProof(
                position=position,
                box=seal(office_key, pack_proof(proof), proof_label(number, kind, position)),
            )
            for position, proof in enumerate(letter.proofs, 1)
        ],
    )
    try:
        with inbox.begin() as session:
            session.add(submission)
    except IntegrityError:
        # The same form came twice at the same moment: the other one is kept.
        if not is_handed_in(inbox, receipt):
            raise


def read_status(inbox: sessionmaker[Session], number: str, pin: str) -> Status | None:
    """How far a submission has come; None for an unknown receipt as for a wrong PIN.

    The same work is done for both.
    """
    with inbox() as session:
        submission = session.get(Submission, number)
        replies = session.query(Reply).filter_by(receipt=number).order_by(Reply.id).all()
        if not is_right_pin(submission.pin_hash if submission else None, pin) or not submission:
            return None
        return Status(
            submission.receipt,
            SubmissionKind(submission.kind),
            submission.received_at,
            Progress(submission.progress),
            tuple(Answer(reply.at, reply.text) for reply in replies),
        )
