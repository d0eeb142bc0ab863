"""The envelopes of the parties, as they lie in the public store: nothing here says whose they are.

A row is found by its locator alone, which only case number, document number and query code
together give (``portal.envelope``). Rows have no other key and no order: SQLite keeps them by
locator, so not even the place in the file tells which case was published beside which envelope.
"""

from __future__ import annotations

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.columns import Label
from portal.disclosure.base import DisclosureBase
from portal.disclosure.party_view import PartyView
from portal.envelope import (
    COST,
    LOCATOR_BYTES,
    CannotOpen,
    Lock,
    new_data_key,
    seal,
    unseal,
    unwrap_key,
    wrap_key,
)


class PartyEnvelope(DisclosureBase):
    """One party's view of its case, closed. ``cost`` is what a try costs (Argon2id)."""

    __tablename__ = "party_envelope"
    __table_args__ = ({"sqlite_with_rowid": False},)

    locator: Mapped[bytes] = mapped_column(LargeBinary(LOCATOR_BYTES), primary_key=True)
    cost: Mapped[Label]
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    box: Mapped[bytes] = mapped_column(LargeBinary)


def _nobodys() -> PartyEnvelope:
    """What is opened in vain where there is nothing: as much work as the real thing."""
    lock = Lock(bytes(LOCATOR_BYTES), new_data_key())
    data_key = new_data_key()
    box = seal(data_key, lock.locator, b"")
    wrapped = wrap_key(lock, data_key)
    return PartyEnvelope(locator=lock.locator, cost=str(COST), wrapped_key=wrapped, box=box)


NOBODYS = _nobodys()


def take_key(session: Session, lock: Lock) -> bytes | None:
    """The data key behind a lock; one statement and one decryption, whatever there is."""
    found = session.get(PartyEnvelope, lock.locator)
    row = found or NOBODYS
    try:
        return unwrap_key(lock, row.wrapped_key)
    except CannotOpen:
        return None


def read_envelope(session: Session, locator: bytes, data_key: bytes) -> PartyView | None:
    """What lies in an envelope now; None where it is gone or was closed under another key."""
    row = session.get(PartyEnvelope, locator)
    if row is None:
        return None
    try:
        return PartyView.model_validate_json(unseal(data_key, locator, row.box))
    except CannotOpen:
        return None
