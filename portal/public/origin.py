"""Forms that another site must not send in a visitor's name."""

from __future__ import annotations

from flask import request

from portal.errors import Forbidden


def refuse_other_sites(sentence: str) -> None:
    """Raise Forbidden where the browser says that another site asked (Fetch Metadata)."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden(sentence)
