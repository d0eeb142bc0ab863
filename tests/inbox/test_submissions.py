"""Two requests that bring the same letter at the same moment keep it once."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import create_engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from portal.inbox.letters import Letter
from portal.inbox.models import SealedProof, Submission
from portal.inbox.proofs import Proof
from portal.inbox.receipts import new_receipt
from portal.inbox.submissions import Concern, hand_in
from portal.migrations.runner import Store
from portal.reference.submission_kinds import SubmissionKind

NOW = datetime(2018, 5, 2, tzinfo=UTC)


@pytest.fixture
def inbox(tmp_path: Path, empty_stores: Path) -> sessionmaker[Session]:
    shutil.copy(empty_stores / f"{Store.INBOX}.db", tmp_path / "inbox.db")
    return sessionmaker(create_engine(f"sqlite:///{tmp_path}/inbox.db"))


def test_the_second_of_two_is_the_first(inbox: sessionmaker[Session]) -> None:
    key, receipt = X25519PrivateKey.generate().public_key(), new_receipt()
    proofs = (Proof("a.pdf", b"a"), Proof("b.pdf", b"b"))
    letter = Letter(SubmissionKind.PROPERTY, "车库里有一辆汽车。", proofs=proofs)
    for _ in range(2):
        hand_in(inbox, key, receipt, letter, Concern(court_code="辽0803"), NOW)
    with inbox() as session:
        assert session.scalar(select(func.count(Submission.receipt))) == 1
        assert session.scalar(select(func.count(SealedProof.position))) == 2


def test_a_letter_that_could_not_be_kept_is_not_called_kept(inbox: sessionmaker[Session]) -> None:
    key, receipt = X25519PrivateKey.generate().public_key(), new_receipt()
    # Something of its number is in the way, but not the letter itself.
    with inbox.begin() as session:
        session.add(SealedProof(receipt=receipt.number, position=1, box=b""))
    letter = Letter(SubmissionKind.PROPERTY, "一辆汽车。", proofs=(Proof("a.pdf", b"a"),))
    with pytest.raises(IntegrityError):
        hand_in(inbox, key, receipt, letter, Concern(), NOW)
