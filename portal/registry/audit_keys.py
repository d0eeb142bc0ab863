"""The key pairs that sign heads of the audit log.

The private half (PEM, mode 0600) lies in the office's folder, so that a nightly run can sign; the
public half beside it is to be copied to wherever heads are verified. Several live side by side:
the newest signs, every older one still verifies.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

FOLDER = "audit-keys"
_PRIVATE = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{16}\.pem")


class AuditKeyError(Exception):
    """A key cannot be read; the message says why, in Chinese."""


def key_id(key: Ed25519PublicKey) -> str:
    """Sixteen hexadecimal digits that name a key."""
    raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def make_key(office_dir: Path, now: datetime) -> Path:
    """Make a key pair that signs from ``now`` (aware) on; return the public half's file."""
    key = Ed25519PrivateKey.generate()
    folder = office_dir / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{now.astimezone(UTC):%Y%m%dT%H%M%S%f}Z-{key_id(key.public_key())}"
    public = folder / f"{name}.pub"
    public_pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    # The public half first: what was signed can always be verified.
    _write(public, public_pem, 0o644)
    private_pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write(folder / f"{name}.pem", private_pem, 0o600)
    return public


def signing_key(office_dir: Path) -> Ed25519PrivateKey:
    """The newest private key. Raises AuditKeyError."""
    files = sorted(
        path for path in (office_dir / FOLDER).glob("*.pem") if _PRIVATE.fullmatch(path.name)
    )
    if not files:
        raise AuditKeyError("尚未生成日志签名密钥，请先运行 portal audit keygen")
    try:
        key = load_pem_private_key(files[-1].read_bytes(), None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise AuditKeyError(f"{files[-1].name} 不是日志签名的私钥")
    return key


def verifying_keys(office_dir: Path) -> dict[str, Ed25519PublicKey]:
    """The public halves that lie beside the private ones, by id. Raises AuditKeyError."""
    keys = [read_public_key(path) for path in sorted((office_dir / FOLDER).glob("*.pub"))]
    return {key_id(key): key for key in keys}


def read_public_key(path: Path) -> Ed25519PublicKey:
    """A public half from a file. Raises AuditKeyError."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise AuditKeyError(f"{path.name} 不是日志签名的公钥")
    return key


def _write(path: Path, content: bytes, mode: int) -> None:
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
        os.fchmod(handle.fileno(), mode)
    Path(draft).rename(path)
