"""The Flask extensions, made once and bound to an app by ``create_app``."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session, sessionmaker

from portal.inbox.base import INBOX_BIND
from portal.inbox.rights import refuse_what_is_not_granted
from portal.settings import Settings, Surface
from portal.stores import REGISTRY_BIND, Stores

# The models are plain SQLAlchemy (the domain knows nothing of Flask); the session
# routes each of them by the bind key its metadata carries.
db = SQLAlchemy()


def init_database(app: Any, settings: Settings) -> None:
    """Bind the stores this surface may see; the public surface has no registry bind."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.disclosure_url
    urls = {INBOX_BIND: settings.inbox_url}
    if settings.registry_url:
        urls[REGISTRY_BIND] = settings.registry_url
    # Chinese as it is: escaped, a record would take twice its room on disk.
    options = {"json_serializer": write_json}
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    app.config["SQLALCHEMY_BINDS"] = {bind: {"url": url} | options for bind, url in urls.items()}
    db.init_app(app)
    with app.app_context():
        for bind, engine in db.engines.items():
            is_public = settings.surface is Surface.PUBLIC
            configure_sqlite(
                engine,
                read_only=is_public and bind != INBOX_BIND,
                authorizer=refuse_what_is_not_granted if is_public and bind == INBOX_BIND else None,
            )


def write_json(value: Any) -> str:
    """A value as the stores keep it."""
    return json.dumps(value, ensure_ascii=False)


def configure_sqlite(
    engine: Engine, *, read_only: bool, authorizer: Callable[..., int] | None = None
) -> None:
    """Set the pragmas every SQLite connection of the portal needs.

    ``secure_delete`` overwrites withdrawn rows: a deleted name must not stay in
    the free pages of a file that leaves the building as a backup. A reader cannot
    ATTACH a second file: that is the one way to a file which no audit hook sees. An
    ``authorizer`` says what else a connection may do.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 10000")
        cursor.execute("PRAGMA foreign_keys = ON")
        if read_only:
            cursor.execute("PRAGMA query_only = ON")
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        else:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = NORMAL")
            cursor.execute("PRAGMA secure_delete = ON")
        cursor.close()
        if authorizer is not None:
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            connection.set_authorizer(authorizer)


def open_inbox() -> sessionmaker[Session]:
    """The inbox of the current app, on either surface."""
    return sessionmaker(db.engines[INBOX_BIND])


def open_stores() -> Stores:
    """Both stores of the current office app; the services own the transactions."""
    return Stores(
        registry=sessionmaker(db.engines[REGISTRY_BIND]),
        disclosure=sessionmaker(db.engines[None]),
    )
