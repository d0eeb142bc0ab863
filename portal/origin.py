"""Forms that another site must not send in a visitor's name."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

from portal.errors import Forbidden


def refuse_other_sites(sentence: str, title: str | None = None) -> None:
    """Raise Forbidden where the browser says that another site asked for this request.

    Fetch Metadata says so; browsers that do not send it yet (Safari before 16.4) name the origin.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is None:
        origin = request.headers.get("Origin")
        foreign = origin is not None and urlsplit(origin).netloc != request.host
    else:
        foreign = site not in {"same-origin", "none"}
    if foreign:
        raise Forbidden(sentence, title)
