"""Receipt numbers and PINs: made of the form's token and the letter, so that sending twice is once.

The token is random, stands in the form alone and is kept nowhere. Whoever sends the same form
with the same words again gets the same receipt and the same PIN; other words are another letter.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.inbox.letters import Letter, pack_proof, pack_text

# Read aloud and not mistaken for one another: no 0 O 1 I L.
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_RECEIPT_MARKS, _GROUP = 12, 4
PIN_DIGITS = 8
_TOKEN = re.compile(r"[0-9a-f]{32}")
_HASHER = PasswordHasher()


@dataclass(frozen=True)
class Receipt:
    """What the sender keeps: ``number`` like ``ABCD-EFGH-JKMN``, and eight digits."""

    number: str
    pin: str


def new_token() -> str:
    """The token of one empty form."""
    return secrets.token_hex(16)


def is_token(written: str) -> bool:
    """Whether a form brought a token of ours back."""
    return bool(_TOKEN.fullmatch(written))


def make_receipt(key: bytes, token: str, letter: Letter, about: str) -> Receipt:
    """The receipt of this letter from this form. ``key`` is the public surface's own."""
    parts = [letter.kind.value.encode(), about.encode(), pack_text(letter)]
    parts += [pack_proof(proof) for proof in letter.proofs]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    message = token.encode() + digest.digest()
    number = hmac.digest(key, b"submission receipt" + message, "sha256")
    return _receipt(number, hmac.digest(key, b"submission pin" + message, "sha256"))


def new_receipt() -> Receipt:
    """A receipt of no form: for a letter that was not typed into one."""
    return _receipt(secrets.token_bytes(32), secrets.token_bytes(32))


def _receipt(number: bytes, pin: bytes) -> Receipt:
    left, marks = int.from_bytes(number, "big"), ""
    for _ in range(_RECEIPT_MARKS):
        left, mark = divmod(left, len(_ALPHABET))
        marks += _ALPHABET[mark]
    digits = int.from_bytes(pin, "big") % 10**PIN_DIGITS
    return Receipt(_grouped(marks), f"{digits:0{PIN_DIGITS}d}")


def read_number(written: str) -> str:
    """A receipt number as somebody typed it, in its one form; "" where it is none."""
    marks = re.sub(r"[\s\-—－]", "", written[:64]).upper()
    if len(marks) != _RECEIPT_MARKS or not set(marks) <= set(_ALPHABET):
        return ""
    return _grouped(marks)


def hash_pin(pin: str) -> str:
    """The PIN as it is kept (Argon2id)."""
    return _HASHER.hash(pin)


def is_right_pin(pin_hash: str | None, pin: str) -> bool:
    """Compare in constant work; None stands for a receipt nobody has."""
    # Asked for whoever it is, so that the one who comes first waits no differently either.
    nobody = _nobody()
    try:
        return _HASHER.verify(pin_hash or nobody, pin[:64]) and pin_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def _grouped(marks: str) -> str:
    return "-".join(marks[at : at + _GROUP] for at in range(0, len(marks), _GROUP))


@cache
def _nobody() -> str:
    return _HASHER.hash(secrets.token_urlsafe(32))
