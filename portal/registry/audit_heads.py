"""Signed heads of the audit log: what the log was at a moment, in a form to be kept elsewhere.

Whoever can write to the store can rewrite the log from some entry on and compute every digest
anew, head row and all. What he cannot make is a signature (Ed25519) over the head that stood
there before, and he cannot reach the copies that are kept on another machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.registry.audit import (
    AuditEntry,
    AuditHead,
    Fault,
    Flaw,
    find_fault,
    record_act,
    wait_turn,
)
from portal.registry.audit_keys import key_id
from portal.registry.base import RegistryBase

FORMAT = "portal-audit-head/1"
MAX_HEAD = 4096


class HeadUnreadable(Exception):
    """A file holds no signed head; the message says why, in Chinese."""


class AuditSignature(RegistryBase):
    """One signed head, kept beside the log; triggers refuse to change or remove it."""

    __tablename__ = "audit_signature"

    id: Mapped[int] = mapped_column(primary_key=True)
    length: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime]
    key: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(128))


@dataclass(frozen=True)
class SignedHead:
    """After ``length`` entries the newest digest was ``digest``; moments are ISO 8601, UTC."""

    length: int
    digest: str
    signed_at: str
    key: str
    signature: str
    format: str = FORMAT

    def content(self) -> bytes:
        """The bytes that are signed."""
        facts = {name: value for name, value in asdict(self).items() if name != "signature"}
        return json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()

    def text(self) -> str:
        """The file that is kept elsewhere: one JSON object on one line."""
        return json.dumps(asdict(self), sort_keys=True) + "\n"

    def is_signed_by(self, keys: Mapping[str, Ed25519PublicKey]) -> bool:
        """Whether one of these keys, by id, made the signature."""
        key = keys.get(self.key)
        try:
            if key is not None:
                key.verify(bytes.fromhex(self.signature), self.content())
                return True
        except (InvalidSignature, ValueError):
            pass
        return False


def read_head(text: str) -> SignedHead:
    """Read a kept head back. Raises HeadUnreadable."""
    try:
        facts = json.loads(text[:MAX_HEAD])
        head = SignedHead(**facts)
    except (ValueError, TypeError):
        raise HeadUnreadable("不是日志头签名文件") from None
    types = {field.name: int if field.name == "length" else str for field in fields(SignedHead)}
    if any(type(getattr(head, name)) is not kind for name, kind in types.items()):
        raise HeadUnreadable("日志头签名文件的内容不完整")
    if head.format != FORMAT:
        raise HeadUnreadable("日志头签名文件的版本不认识")
    return head


def sign_head(session: Session, key: Ed25519PrivateKey, actor: str) -> SignedHead:
    """Sign the log as it stands, then log that it was signed.

    Raises BrokenLog where the log is not whole: a signature must not bless what is broken.
    """
    wait_turn(session)
    fault = find_fault(session)
    if fault is not None:
        raise BrokenLog(fault)
    head = session.get_one(AuditHead, 1, populate_existing=True)
    now, identity = datetime.now(UTC), key_id(key.public_key())
    unsigned = SignedHead(head.length, head.digest, now.isoformat(), identity, "")
    signature = key.sign(unsigned.content()).hex()
    session.add(
        AuditSignature(
            length=head.length,
            digest=head.digest,
            signed_at=now,
            key=identity,
            signature=signature,
        )
    )
    record_act(session, actor, "audit.sign", identity, {"entries": unsigned.length})
    return SignedHead(unsigned.length, unsigned.digest, unsigned.signed_at, identity, signature)


class BrokenLog(Exception):
    """The log is not what was written."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"the log is broken at entry {fault.entry}: {fault.flaw}")
        self.fault = fault


def kept_heads(session: Session) -> list[SignedHead]:
    """The heads that were signed and are kept beside the log, oldest first."""
    rows = session.scalars(select(AuditSignature).order_by(AuditSignature.id))
    return [
        SignedHead(row.length, row.digest, row.signed_at.isoformat(), row.key, row.signature)
        for row in rows
    ]


def last_signed(session: Session) -> datetime | None:
    """When the log was signed last."""
    return session.scalar(select(func.max(AuditSignature.signed_at)))


def verify_log(
    session: Session,
    keys: Mapping[str, Ed25519PublicKey],
    elsewhere: Iterable[SignedHead] = (),
) -> Fault | None:
    """Walk the log and hold it against every signed head, kept here or ``elsewhere``.

    The first fault found, or None: entries changed, removed or added; a tail cut off; a log
    that was written anew with digests of its own; heads that are missing or were not signed by
    these keys.
    """
    fault = find_fault(session)
    if fault is not None:
        return fault
    here = kept_heads(session)
    signed = session.scalar(select(func.count(AuditEntry.id)).where(AuditEntry.act == "audit.sign"))
    if signed != len(here):
        return Fault(here[-1].length if here else 0, Flaw.UNSIGNED)
    for head in [*here, *elsewhere]:
        fault = _head_fault(session, head, keys)
        if fault is not None:
            return fault
    return None


def _head_fault(
    session: Session, head: SignedHead, keys: Mapping[str, Ed25519PublicKey]
) -> Fault | None:
    if not head.is_signed_by(keys):
        return Fault(head.length, Flaw.FORGED)
    if head.length == 0:
        return None
    digest = session.scalar(select(AuditEntry.digest).where(AuditEntry.id == head.length))
    if digest is None:
        length = session.scalar(select(func.max(AuditEntry.id))) or 0
        return Fault(length + 1, Flaw.MISSING)
    return None if digest == head.digest else Fault(head.length, Flaw.REWRITTEN)
