"""Sealed boxes: what a person sends is readable by the office alone.

The public process makes an ephemeral X25519 key for every box, agrees on a secret with the
office's public key, and forgets its half. It cannot open its own boxes afterwards.

Layout: version (1 byte), key id (8), ephemeral public key (32), ChaCha20-Poly1305 ciphertext
with its tag (16). Key and nonce come out of HKDF-SHA256 over the agreed secret, salted with
both public keys; the secret is used once, so the nonce never repeats under a key. The header
and the label of the box are authenticated with the text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = 1
KEY_ID_BYTES = 8
_HEADER_BYTES = 1 + KEY_ID_BYTES + 32
_TAG_BYTES = 16
_CIPHER_KEY_BYTES, _NONCE_BYTES = 32, 12
_PURPOSE = b"portal inbox sealed box 1"


class CannotOpen(Exception):
    """The box is damaged, belongs elsewhere, or was sealed to a key that is not at hand."""


@dataclass(frozen=True)
class BoxLabel:
    """Where a box belongs; a box moved to another submission or kind does not open."""

    receipt: str
    kind: str

    def encoded(self) -> bytes:
        """Both parts, each behind its length, so that no two labels look alike."""
        parts = (self.receipt.encode(), self.kind.encode())
        return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def key_id(public_key: X25519PublicKey) -> str:
    """The name of an office key: 16 hexadecimal digits of the SHA-256 of its public half."""
    return hashlib.sha256(public_key.public_bytes_raw()).digest()[:KEY_ID_BYTES].hex()


def seal(public_key: X25519PublicKey, text: bytes, label: BoxLabel) -> bytes:
    """Close ``text`` so that only the private half of ``public_key`` opens it again."""
    ephemeral = X25519PrivateKey.generate()
    own_half = ephemeral.public_key().public_bytes_raw()
    header = bytes([VERSION]) + bytes.fromhex(key_id(public_key)) + own_half
    key, nonce = _derive(ephemeral.exchange(public_key), own_half, public_key)
    return header + ChaCha20Poly1305(key).encrypt(nonce, text, header + label.encoded())


def sealed_to(box: bytes) -> str:
    """The id of the key ``box`` was sealed to; raises CannotOpen when it is not a box."""
    if len(box) < _HEADER_BYTES + _TAG_BYTES:
        raise CannotOpen("密封内容不完整")
    if box[0] != VERSION:
        raise CannotOpen(f"密封格式的版本 {box[0]} 不认识")
    return box[1 : 1 + KEY_ID_BYTES].hex()


def open_box(keys: Mapping[str, X25519PrivateKey], box: bytes, label: BoxLabel) -> bytes:
    """Open ``box`` with the one of ``keys`` (by key id) it was sealed to.

    Raises CannotOpen when that key is missing, a byte was changed, or the label is another.
    """
    wanted = sealed_to(box)
    if wanted not in keys:
        raise CannotOpen(f"打开这一件需要密钥 {wanted}，现在没有")
    private_key = keys[wanted]
    header, own_half = box[:_HEADER_BYTES], box[1 + KEY_ID_BYTES : _HEADER_BYTES]
    try:
        shared = private_key.exchange(X25519PublicKey.from_public_bytes(own_half))
        key, nonce = _derive(shared, own_half, private_key.public_key())
        sealed = box[_HEADER_BYTES:]
        return ChaCha20Poly1305(key).decrypt(nonce, sealed, header + label.encoded())
    # ValueError: a forged half that would make the agreed secret zero.
    except (InvalidTag, ValueError):
        raise CannotOpen("密封内容已被改动，或不属于这一件") from None


def _derive(shared: bytes, own_half: bytes, public_key: X25519PublicKey) -> tuple[bytes, bytes]:
    salt = own_half + public_key.public_bytes_raw()
    length = _CIPHER_KEY_BYTES + _NONCE_BYTES
    derived = HKDF(algorithm=SHA256(), length=length, salt=salt, info=_PURPOSE).derive(shared)
    return derived[:_CIPHER_KEY_BYTES], derived[_CIPHER_KEY_BYTES:]
