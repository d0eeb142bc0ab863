"""Brings a store to the newest schema, or says that it is not there yet."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

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
    """Run the migrations that are missing, in one transaction where the database can."""
    config = alembic_config(store)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(engine: Engine, store: Store) -> bool:
    """Whether the store has every migration of this version of the code."""
    head = ScriptDirectory.from_config(alembic_config(store)).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head
