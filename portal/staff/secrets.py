"""What the registry keeps of second factors: sealed or hashed under a key of the office.

The key lies in the office's folder, apart from the store: who copies the registry can make no
codes and try no recovery codes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken


class SecretUnreadable(Exception):
    """Something sealed cannot be opened: another key, another account, damaged, too old."""


@dataclass(frozen=True)
class SecretBox:
    """Seals and hashes under the key of the office (any number of bytes, 32 or more)."""

    key: bytes = field(repr=False)

    def seal(self, account_id: int, secret: str) -> str:
        """Encrypt a secret for one account (Fernet: AES-128-CBC with HMAC-SHA256)."""
        content = json.dumps([account_id, secret]).encode()
        return self._fernet.encrypt(content).decode("ascii")

    def unseal(self, account_id: int, sealed: str, max_age: timedelta | None = None) -> str:
        """Give back what was sealed for this account, if it is no older than ``max_age``.

        Raises SecretUnreadable.
        """
        seconds = int(max_age.total_seconds()) if max_age else None
        try:
            owner, secret = json.loads(self._fernet.decrypt(sealed.encode(), ttl=seconds))
        except (InvalidToken, ValueError, TypeError):
            raise SecretUnreadable from None
        if owner != account_id:
            raise SecretUnreadable
        return str(secret)

    def digest(self, account_id: int, code: str) -> str:
        """HMAC-SHA256 of a recovery code, different for every account."""
        content = f"recovery code {account_id} {code}".encode()
        return hmac.new(self.key, content, hashlib.sha256).hexdigest()

    @property
    def _fernet(self) -> Fernet:
        derived = hmac.new(self.key, b"second factor", hashlib.sha256).digest()
        return Fernet(base64.urlsafe_b64encode(derived))
