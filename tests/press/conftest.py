"""A registry on a real SQLite file, made by the migrations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from portal.extensions import configure_sqlite
from portal.migrations.runner import Store, upgrade


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[sessionmaker[Session]]:
    engine = create_engine(f"sqlite:///{tmp_path}/registry.db")
    configure_sqlite(engine, read_only=False)
    upgrade(engine, Store.REGISTRY)
    yield sessionmaker(engine)
    engine.dispose()
