"""Keeps what people upload in memory: a file of theirs must not lie on the public machine.

The framework would write larger files into the machine's temporary folder before they are
sealed; the server in front of it is told the same (portal.serving).
"""

from __future__ import annotations

from io import BytesIO
from typing import IO, TYPE_CHECKING

from flask import Request

if TYPE_CHECKING:
    from flask import Flask


class PublicRequest(Request):
    """A request whose files never touch a disk."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


def init_uploads(app: Flask) -> None:
    """Have every request of the app keep its files in memory."""
    app.request_class = PublicRequest
