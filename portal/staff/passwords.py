"""Passwords: what is accepted, how it is kept, and how it is compared (argon2id)."""

from __future__ import annotations

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 12
MAX_LENGTH = 128
MIN_DISTINCT = 6

_HASHER = PasswordHasher()

# Readable aloud and not mistaken for one another: no 0 O 1 l I.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class WeakPassword(ValueError):
    """The password breaks a rule; the message says which one, in Chinese."""


def check_password_rules(password: str, account_name: str) -> None:
    """Raise WeakPassword unless the password is long, varied and free of the account name.

    Length counts more than kinds of characters, so none are prescribed.
    """
    if len(password) < MIN_LENGTH:
        raise WeakPassword(f"密码至少需要 {MIN_LENGTH} 个字符。")
    if len(password) > MAX_LENGTH:
        raise WeakPassword(f"密码不能超过 {MAX_LENGTH} 个字符。")
    if len(set(password)) < MIN_DISTINCT:
        raise WeakPassword(f"密码过于简单，至少要有 {MIN_DISTINCT} 个不同的字符。")
    if account_name.casefold() in password.casefold():
        raise WeakPassword("密码中不能包含账号名。")


def hash_password(password: str) -> str:
    """Hash with argon2id and the library's current parameters."""
    return _HASHER.hash(password)


def is_right_password(password_hash: str | None, password: str) -> bool:
    """Compare in constant work; None stands for an account that does not exist."""
    # Asked for whoever it is, so that the one who comes first waits no differently either.
    nobody = _nobody()
    try:
        return _HASHER.verify(password_hash or nobody, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)


def make_password() -> str:
    """A random first password (about 79 bits), in groups that can be read out."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


@cache
def _nobody() -> str:
    """A hash of nothing: an unknown name is made to wait as long as a known one."""
    return _HASHER.hash(secrets.token_urlsafe(32))
