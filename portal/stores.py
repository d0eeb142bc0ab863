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

    def scrub_disclosure(self) -> None:
        """Have SQLite write deletions through to its file and empty its log.

        Deleted rows are overwritten (``secure_delete``), but only when the log is copied
        back; until then a withdrawn name would still lie in the file. A reader in the
        middle of a page may delay it to the next call.
        """
        with self.disclosure() as session:
            if session.get_bind().dialect.name == "sqlite":
                session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
