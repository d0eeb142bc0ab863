"""What is said when an address shows nothing: never there, or taken away."""

from __future__ import annotations

from portal.disclosure.tombstones import read_tombstone
from portal.errors import Gone, NotFound, PortalError
from portal.extensions import db


def absence(path: str, message: str) -> PortalError:
    """The error to raise for an address without a row: 410 after a withdrawal, else 404."""
    tombstone = read_tombstone(db.session(), path)
    if tombstone is None:
        return NotFound(message)
    return Gone(tombstone.notice or "这里的内容已经依法撤下，不再公开。")
