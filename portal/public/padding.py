"""Answers whose length says nothing."""

from __future__ import annotations

import secrets

from flask import Response

ROUND_TO = 16 * 1024
_COMMENT = ("<!--", "-->")


def padded(response: Response) -> Response:
    """Fill the answer up to a multiple of 16 KB, with noise that does not compress.

    Who watches the line sees only lengths; they must not tell one answer from another.
    """
    body = response.get_data()
    room = -(len(body) + sum(map(len, _COMMENT))) % ROUND_TO
    noise = secrets.token_hex(room // 2 + 1)[:room]
    response.set_data(body + f"{_COMMENT[0]}{noise}{_COMMENT[1]}".encode())
    return response
