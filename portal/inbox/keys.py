"""The office's key pairs: the public half lies where the public process reads it.

Each half is a PEM file named ``<moment>-<key id>.pem``. The private one is PKCS8 under a key
that Argon2id makes of the passphrase (PKCS8's own derivation is too quick to stand guessing),
with the salt in a line before it; it never leaves the office's folder. Several keys live side by
side: the newest seals, every older one still opens what was sealed to it.
"""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from portal.inbox.sealing import key_id

FOLDER = "inbox-keys"
MIN_PASSPHRASE = 16
_FILE_NAME = re.compile(r"\d{8}T\d{12}Z-([0-9a-f]{16})\.pem")
_PRIVATE_FILE = re.compile(
    rb"Argon2id-Salt: ([0-9a-f]{32})\n(-----BEGIN ENCRYPTED PRIVATE KEY-----\n.+)", re.DOTALL
)
_SALT_BYTES = 16
# The second recommended choice of RFC 9106; a file keeps its salt, the costs are these.
_COSTS = {"time_cost": 3, "memory_cost": 64 * 1024, "parallelism": 4, "hash_len": 32}


class InboxKeyError(Exception):
    """A key cannot be made, read or unlocked; the message says why, in Chinese."""


def make_key(public_dir: Path, office_dir: Path, passphrase: str, now: datetime) -> str:
    """Make a key pair that seals from ``now`` (aware) on; return its id.

    The private half is written first: a key that seals can always be opened. Raises
    InboxKeyError when the passphrase is too short.
    """
    if len(passphrase) < MIN_PASSPHRASE:
        raise InboxKeyError(f"口令至少需要 {MIN_PASSPHRASE} 个字符")
    private_key = X25519PrivateKey.generate()
    identity = key_id(private_key.public_key())
    name = f"{now.astimezone(UTC):%Y%m%dT%H%M%S%f}Z-{identity}.pem"
    salt = secrets.token_bytes(_SALT_BYTES)
    encryption = BestAvailableEncryption(_stretch(passphrase, salt))
    private_pem = private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
    private_file = b"Argon2id-Salt: " + salt.hex().encode() + b"\n" + private_pem
    public_pem = private_key.public_key().public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    _write(office_dir / FOLDER / name, private_file, folder_mode=0o700, mode=0o600)
    _write(public_dir / FOLDER / name, public_pem, folder_mode=0o755, mode=0o644)
    return identity


def sealing_key(public_dir: Path) -> X25519PublicKey | None:
    """The newest public key, or None when none was ever installed.

    Raises InboxKeyError when the newest file holds no such key, or not the one it is named
    after: sealing to a key nobody has would lose what people send.
    """
    files = _key_files(public_dir)
    if not files:
        return None
    newest = files[-1]
    try:
        key = load_pem_public_key(newest.read_bytes())
    except ValueError:
        raise InboxKeyError(f"{newest.name} 不是公钥文件") from None
    if not isinstance(key, X25519PublicKey) or key_id(key) != _id_in_name(newest):
        raise InboxKeyError(f"{newest.name} 中的公钥与文件名不符")
    return key


def unlock_keys(office_dir: Path, passphrase: str) -> dict[str, X25519PrivateKey]:
    """Every private key that ``passphrase`` opens, by key id; at least one.

    Keys of other passphrases are passed over. Raises InboxKeyError when there is no key at
    all, a file is no private key under a passphrase, or the passphrase opens none.
    """
    files = _key_files(office_dir)
    if not files:
        raise InboxKeyError("尚未生成密钥，请先运行 portal inbox keygen")
    keys = {}
    for path in files:
        parts = _PRIVATE_FILE.fullmatch(path.read_bytes())
        if parts is None:
            raise InboxKeyError(f"{path.name} 不是受口令保护的私钥文件")
        salt, pem = bytes.fromhex(parts[1].decode()), parts[2]
        try:
            key = load_pem_private_key(pem, _stretch(passphrase, salt))
        except ValueError:
            continue
        if not isinstance(key, X25519PrivateKey):
            raise InboxKeyError(f"{path.name} 不是收件箱的私钥")
        keys[key_id(key.public_key())] = key
    if not keys:
        raise InboxKeyError("口令不正确")
    return keys


def kept_keys(office_dir: Path) -> tuple[str, ...]:
    """The ids of the private keys that lie in the office's folder, the oldest first."""
    return tuple(_id_in_name(path) for path in _key_files(office_dir))


def _stretch(passphrase: str, salt: bytes) -> bytes:
    """The passphrase as PKCS8 gets it: Argon2id, in hexadecimal digits."""
    return hash_secret_raw(passphrase.encode(), salt, type=Type.ID, **_COSTS).hex().encode()


def _key_files(folder: Path) -> list[Path]:
    # Sorted by name, which begins with the moment: the newest is the last.
    found = (folder / FOLDER).glob("*.pem")
    return sorted(path for path in found if _FILE_NAME.fullmatch(path.name))


def _id_in_name(path: Path) -> str:
    return path.stem.rpartition("-")[2]


def _write(path: Path, content: bytes, folder_mode: int, mode: int) -> None:
    path.parent.mkdir(mode=folder_mode, parents=True, exist_ok=True)
    # Under a name that is no key's until it is whole: the public process may read right now.
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
        os.fchmod(handle.fileno(), mode)
    Path(draft).rename(path)
