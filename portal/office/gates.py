"""The gate and the stores of the running office app."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, sessionmaker

    from portal.publication.gate import Gate


def current_gate() -> Gate:
    """The one gate of this process."""
    return cast("Gate", current_app.extensions["gate"])


def current_registry() -> sessionmaker[Session]:
    """The private store."""
    return current_gate().stores.registry
