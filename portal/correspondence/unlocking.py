"""Unlocking the inbox's private keys with a passphrase: counted, and logged either way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy.orm import Session, sessionmaker

from portal.inbox.attempts import Attempts, in_words
from portal.inbox.keys import InboxKeyError, unlock_keys
from portal.inbox.rules import PASSPHRASE_OF_ACCOUNT
from portal.registry.audit import record_act


class PassphraseRefused(Exception):
    """No key was unlocked; the message says why, in Chinese."""


def unlock(
    registry: sessionmaker[Session],
    attempts: Attempts,
    office_dir: Path,
    passphrase: str,
    *,
    actor: str,
    now: datetime,
) -> Mapping[str, X25519PrivateKey]:
    """Every key the passphrase opens, by id. Raises PassphraseRefused, also to be waited for."""
    wait = attempts.spend(PASSPHRASE_OF_ACCOUNT, actor, now)
    if wait is not None:
        raise PassphraseRefused(f"口令错误次数过多，请在{in_words(wait)}以后再试。")
    try:
        keys = unlock_keys(office_dir, passphrase)
    except InboxKeyError as error:
        with registry.begin() as session:
            record_act(session, actor, "inbox.refuse_passphrase")
        raise PassphraseRefused(f"{error}。") from None
    attempts.clear(PASSPHRASE_OF_ACCOUNT, actor)
    with registry.begin() as session:
        for key in sorted(keys):
            record_act(session, actor, "inbox.unlock_key", key)
    return keys


def note_locking(registry: sessionmaker[Session], *, actor: str) -> None:
    """Leave the trace of somebody locking his keys by hand."""
    with registry.begin() as session:
        record_act(session, actor, "inbox.lock_keys")
