"""Cookies that only this surface can read: for what must neither be stored here nor lie open there.

A cookie is a Fernet token (AES-CBC and HMAC, with the moment it was made) under a key derived from
the surface's own secret, one key a purpose. It is HttpOnly, goes to one path, and with requests of
this site alone.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app, request

if TYPE_CHECKING:
    from werkzeug import Response


@dataclass(frozen=True)
class SealedCookie:
    """One kind of cookie. It is good for ``seconds`` from when it was last set."""

    name: str
    path: str
    seconds: int

    def read(self) -> bytes | None:
        """What this request's cookie holds; None where it is missing, old or not of ours."""
        token = request.cookies.get(self.name, "")
        try:
            return self._fernet().decrypt(token.encode("ascii", "replace"), ttl=self.seconds)
        except InvalidToken:
            return None

    def set(self, response: Response, content: bytes) -> None:
        """Give the browser a cookie with this content."""
        response.set_cookie(
            self.name,
            self._fernet().encrypt(content).decode(),
            max_age=self.seconds,
            path=self.path,
            secure=current_app.extensions["settings"].https,
            httponly=True,
            samesite="Strict",
        )

    def drop(self, response: Response) -> None:
        """Have the browser forget it."""
        response.delete_cookie(
            self.name,
            path=self.path,
            secure=current_app.extensions["settings"].https,
            httponly=True,
            samesite="Strict",
        )

    def _fernet(self) -> Fernet:
        secret = current_app.extensions["settings"].secret_key.encode()
        purpose = f"portal sealed cookie {self.name}".encode()
        key = HKDF(SHA256(), 32, salt=None, info=purpose).derive(secret)
        return Fernet(base64.urlsafe_b64encode(key))
