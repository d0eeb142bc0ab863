"""Addresses whose content was taken away; they name nobody."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.ledger import Tombstone


def read_tombstone(session: Session, path: str) -> Tombstone | None:
    """The tombstone at this path, None when nothing was ever taken away here."""
    return session.get(Tombstone, path)


def gone_among(session: Session, paths: Collection[str]) -> frozenset[str]:
    """Which of these paths are gone: a reader with an old index must not show them."""
    return frozenset(session.scalars(select(Tombstone.path).where(Tombstone.path.in_(paths))))
