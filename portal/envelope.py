"""Envelopes: a party's own view of a case, closed so that only what the party holds opens it.

Case number, document number and query code go through Argon2id. HKDF-SHA256 makes two things of
what comes out: the *locator*, under which the envelope lies in the public store, and the key that
unwraps the envelope's random data key. The content is closed under the data key alone, so the
office can close it anew for as long as it keeps that key, without ever seeing the code again.

Nothing in the store leads from a case or a person to an envelope, and a wrong guess costs the same
whatever it got wrong: there is no row under its locator. Everything is authenticated with the
locator; an envelope put in the place of another does not open.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
import zlib
from dataclasses import dataclass, field
from math import log2

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

KEY_BYTES = 32
LOCATOR_BYTES = 32
_NONCE_BYTES, _TAG_BYTES = 12, 16
WRAPPED_BYTES = _NONCE_BYTES + KEY_BYTES + _TAG_BYTES
PAGE = 2048
"""Contents are filled up to a multiple of this many bytes: lengths say little."""
_LENGTH_BYTES = 4
LARGEST = 8 * 1024 * 1024
_PURPOSE = b"portal party envelope 1"

CODE_MARKS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""What a code of ours is made of: read aloud and not mistaken for one another."""
CODE_LENGTH = 12
LEAST_BITS = 40


class CannotOpen(Exception):
    """The envelope is damaged, belongs elsewhere, or the key is another."""


@dataclass(frozen=True)
class Cost:
    """Parameters of Argon2id (RFC 9106): memory in KiB, passes over it, lanes."""

    memory: int
    passes: int
    lanes: int

    def __str__(self) -> str:
        """The form that stands beside an envelope."""
        return f"m={self.memory},t={self.passes},p={self.lanes}"


COST = Cost(memory=19 * 1024, passes=2, lanes=1)
"""What every envelope costs to try (the least that OWASP recommends for Argon2id).

A code has some fifty bits, so the bits carry the weight and the cost only adds to it. More memory
would be paid by the public server, which does this work for anybody who asks.
"""


@dataclass(frozen=True)
class Lock:
    """What case number, document number and code come to: where to look, and with which key."""

    locator: bytes
    key: bytes = field(repr=False)


def derive_lock(case_number: str, number: str, code: str) -> Lock:
    """The lock of a canonical case number, a normal document number and a plain code.

    The case number salts: one try is one try at one case.
    """
    parts = (number.encode(), plain_code(code).encode())
    secret = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    root = hash_secret_raw(
        secret,
        hashlib.sha256(_PURPOSE + case_number.encode()).digest()[:16],
        time_cost=COST.passes,
        memory_cost=COST.memory,
        parallelism=COST.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
    halves = HKDFExpand(SHA256(), LOCATOR_BYTES + KEY_BYTES, _PURPOSE).derive(root)
    return Lock(halves[:LOCATOR_BYTES], halves[LOCATOR_BYTES:])


def new_data_key() -> bytes:
    """A random key for the contents of one envelope."""
    return secrets.token_bytes(KEY_BYTES)


def wrap_key(lock: Lock, data_key: bytes) -> bytes:
    """The data key, closed so that the lock opens it."""
    return _close(lock.key, data_key, b"key" + lock.locator)


def unwrap_key(lock: Lock, wrapped: bytes) -> bytes:
    """The data key again. Raises CannotOpen."""
    return _open(lock.key, wrapped, b"key" + lock.locator)


def seal(data_key: bytes, locator: bytes, content: bytes) -> bytes:
    """Contents packed, filled up and closed. Raises ValueError for contents beyond all measure."""
    if len(content) > LARGEST:
        raise ValueError("an envelope holds at most 8 MB")
    packed = zlib.compress(content, 9)
    packed = len(packed).to_bytes(_LENGTH_BYTES, "big") + packed
    return _close(data_key, packed + bytes(-len(packed) % PAGE), b"content" + locator)


def unseal(data_key: bytes, locator: bytes, box: bytes) -> bytes:
    """Contents again. Raises CannotOpen."""
    packed = _open(data_key, box, b"content" + locator)
    end = _LENGTH_BYTES + int.from_bytes(packed[:_LENGTH_BYTES], "big")
    unpacking = zlib.decompressobj()
    return unpacking.decompress(packed[_LENGTH_BYTES:end], LARGEST)


def is_well_formed(wrapped: bytes, box: bytes) -> bool:
    """Whether two columns have the shape of a wrapped key and of sealed contents."""
    filled = len(box) - _NONCE_BYTES - _TAG_BYTES
    return len(wrapped) == WRAPPED_BYTES and filled > 0 and filled % PAGE == 0


def office_key(secret: bytes) -> bytes:
    """The key under which the office keeps data keys, made from a secret of its own."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=_PURPOSE + b" office").derive(secret)


def keep_key(own_key: bytes, locator: bytes, data_key: bytes) -> bytes:
    """A data key as the office keeps it."""
    return _close(own_key, data_key, b"office" + locator)


def kept_key(own_key: bytes, locator: bytes, kept: bytes) -> bytes:
    """A data key the office kept. Raises CannotOpen."""
    return _open(own_key, kept, b"office" + locator)


def new_code() -> str:
    """A code for a printed notice, some 59 bits."""
    return "".join(secrets.choice(CODE_MARKS) for _ in range(CODE_LENGTH))


def grouped(code: str) -> str:
    """A code as it is printed: in fours."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def plain_code(typed: str) -> str:
    """A code without width, case, blanks and hyphens."""
    folded = unicodedata.normalize("NFKC", typed[:200]).upper()
    return "".join(char for char in folded if char.isalnum())


def is_strong(code: str) -> bool:
    """Whether a code is worth guessing at least 2**40 times: short ones protect nothing."""
    plain = plain_code(code)
    kinds = 10 * any(char.isdecimal() for char in plain) + 26 * any(
        char.isalpha() for char in plain
    )
    repeats_itself = len(set(plain)) < min(5, len(plain))
    return bool(kinds) and not repeats_itself and len(plain) * log2(kinds) >= LEAST_BITS


def _close(key: bytes, content: bytes, place: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, _PURPOSE + place)


def _open(key: bytes, closed: bytes, place: bytes) -> bytes:
    if len(closed) < _NONCE_BYTES + _TAG_BYTES:
        raise CannotOpen("信封内容不完整")
    try:
        return AESGCM(key).decrypt(closed[:_NONCE_BYTES], closed[_NONCE_BYTES:], _PURPOSE + place)
    except InvalidTag:
        raise CannotOpen("信封已被改动，或者不属于这里") from None
