"""Brings a store to the newest schema, or says that it is not there yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

HERE = Path(__file__).parent


class Store(StrEnum):
    """The store whose migrations are meant; each has its own version folder."""

    DISCLOSURE = "disclosure"
    REGISTRY = "registry"
    INBOX = "inbox"


def alembic_config(store: Store) -> Config:
    """Configuration without an ini file: everything is known from the code."""
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("version_locations", str(HERE / store).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["store"] = store
    return config


def upgrade(engine: Engine, store: Store) -> None:
    """Run the migrations that are missing, in one transaction where the database can.

    SQLite changes a table by making it anew and dropping the old one, and with foreign keys
    enforced a dropped table takes along what hangs on it by ON DELETE CASCADE. They are switched
    off meanwhile, which only works outside a transaction.
    """
    config = alembic_config(store)
    with engine.connect() as connection, _unenforced(connection), connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _unenforced(connection: Connection) -> Iterator[None]:
    """Leave SQLite's foreign keys unenforced, and as they were afterwards."""
    if connection.dialect.name != "sqlite":
        yield
        return
    enforced = connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one()
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.commit()
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA foreign_keys = {enforced}")
        connection.commit()


def is_current(engine: Engine, store: Store) -> bool:
    """Whether the store has every migration of this version of the code."""
    head = ScriptDirectory.from_config(alembic_config(store)).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head
