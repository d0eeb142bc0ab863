"""The two stores, as session factories handed to the services that own the transactions."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session, sessionmaker

REGISTRY_BIND = "registry"


@dataclass(frozen=True)
class Stores:
    """The private registry and the public disclosure store of one office process."""

    registry: sessionmaker[Session]
    disclosure: sessionmaker[Session]
