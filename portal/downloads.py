"""Files to be kept, under names that people can read."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import quote

from flask import Response, make_response

PDF = "application/pdf"
# What a name may hold unquoted (RFC 8187).
_PLAIN = "!#$&+-.^_`|~"


def download(data: bytes, kind: str, name: str) -> Response:
    """A file that the browser keeps and never shows; ``name`` may be Chinese (RFC 6266).

    Programs that do not know the second form of a name get one that says nothing.
    """
    response = make_response(data)
    response.content_type = kind
    bare = name if name.isascii() else f"file{PurePosixPath(name).suffix}"
    second = {} if name.isascii() else {"filename*": f"UTF-8''{quote(name, safe=_PLAIN)}"}
    response.headers.set("Content-Disposition", "attachment", filename=bare, **second)
    return response
