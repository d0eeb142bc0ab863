"""Opening letters with the office's private keys; every opening is logged before it happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select

from portal.correspondence.desk import LetterDesk
from portal.correspondence.letter_file import LetterFile
from portal.inbox.letters import Letter, unpack
from portal.inbox.models import SealedProof, Submission
from portal.inbox.proofs import Proof
from portal.inbox.sealing import CannotOpen, open_box
from portal.inbox.submissions import proof_label, text_label
from portal.registry.audit import record_act

Keys = Mapping[str, X25519PrivateKey]


@dataclass(frozen=True)
class ProofNote:
    """One proof as the letter's page lists it: its place, its sender's name for it, its format."""

    position: int
    name: str
    suffix: str
    size: int


def open_letter(desk: LetterDesk, file: LetterFile, keys: Keys, *, actor: str) -> Letter:
    """The letter with its proofs in clear, in memory only. Raises CannotOpen."""
    _note(desk, file, actor, "inbox.open")
    return read_letter(desk, file, keys)


def read_letter(desk: LetterDesk, file: LetterFile, keys: Keys) -> Letter:
    """The same where the caller has noted the opening already. Raises CannotOpen."""
    with desk.inbox() as session:
        box = session.scalars(select(Submission.box).filter_by(receipt=file.receipt)).one()
        query = select(SealedProof).filter_by(receipt=file.receipt).order_by(SealedProof.position)
        boxes = [(proof.position, proof.box) for proof in session.scalars(query)]
    kind = file.kind.value
    text = open_box(keys, box, text_label(file.receipt, kind))
    proofs = [
        open_box(keys, sealed, proof_label(file.receipt, kind, position))
        for position, sealed in boxes
    ]
    try:
        return unpack(file.kind, text, proofs)
    except (ValueError, TypeError, AttributeError, RecursionError):
        # Sealed by whoever holds the public half, and by no version of ours.
        raise CannotOpen("密封内容的格式不认识") from None


def open_proof(
    desk: LetterDesk, file: LetterFile, position: int, keys: Keys, *, actor: str
) -> Proof | None:
    """One proof of a letter; None where there is no such. Raises CannotOpen."""
    if not 1 <= position <= file.proofs:
        return None
    _note(desk, file, actor, "inbox.open_proof", {"position": position})
    return read_letter(desk, file, keys).proofs[position - 1]


def proof_notes(letter: Letter) -> list[ProofNote]:
    """The proofs of an opened letter without their bytes."""
    return [
        ProofNote(position, proof.name, proof.suffix, len(proof.data))
        for position, proof in enumerate(letter.proofs, 1)
    ]


def _note(
    desk: LetterDesk,
    file: LetterFile,
    actor: str,
    act: str,
    detail: Mapping[str, int] | None = None,
) -> None:
    with desk.registry.begin() as session:
        record_act(session, actor, act, file.receipt, {"key": file.key_id, **(detail or {})})
