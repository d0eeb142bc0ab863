"""The office over two real stores, one account a role, and a client that signs in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from portal import create_app
from portal.migrations.runner import Store, upgrade
from portal.publication.gate import Gate
from portal.registry.audit import AuditEntry, first_broken_entry
from portal.settings import Settings, Surface, read_settings
from portal.staff.accounts import create_account
from portal.staff.models import Account, Role
from tests.conftest import CheckedClient
from tests.invented import Record, encoded

PASSWORD = "lan-tian-bai-yun"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def office_settings(home: Path) -> Settings:
    return read_settings({"PORTAL_HOME": str(home)}, Surface.OFFICE)


@pytest.fixture(scope="session")
def furnished_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with both stores migrated and one account a role: hashing is slow by design."""
    home = tmp_path_factory.mktemp("office") / "instance"
    settings = office_settings(home)
    for url, store in (
        (settings.disclosure_url, Store.DISCLOSURE),
        (settings.registry_url, Store.REGISTRY),
    ):
        assert url is not None
        engine = create_engine(url)
        upgrade(engine, store)
        if store is Store.REGISTRY:
            for role in Role:
                create_account(
                    sessionmaker(engine),
                    f"{role}1",
                    role,
                    PASSWORD,
                    actor="shell",
                    provisional=False,
                )
        engine.dispose()
    return home


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Templates are compiled once, not once a test."""
    return tmp_path_factory.mktemp("templates")


@pytest.fixture
def office_app(furnished_home: Path, home: Path, compiled_templates: Path) -> Flask:
    """The office surface of this test's own home."""
    shutil.copytree(furnished_home, home)
    app = create_app(office_settings(home))
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled_templates))
    app.testing = True
    app.test_client_class = OfficeClient
    return app


@pytest.fixture
def gate(office_app: Flask) -> Gate:
    """The gate the office works with."""
    found: Gate = office_app.extensions["gate"]
    return found


@pytest.fixture
def registry(gate: Gate) -> sessionmaker[Session]:
    """The private store of the office."""
    return gate.stores.registry


class OfficeClient(CheckedClient):
    """A person at a browser of the office: fills in forms with the token they carry."""

    allowed_cookies = frozenset({"office_session", "display"})

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if "/static/" not in response.request.path:
            assert response.headers["Cache-Control"] == "no-store"
        return response

    def submit(self, address: str, page: str = "/password", **fields: Any) -> TestResponse:
        """POST fields together with the token found on ``page``."""
        token = TOKEN.search(self.get(page).text)
        assert token is not None, f"no form on {page}"
        return self.post(address, data={"csrf_token": token[1], **fields})

    def sign_in(self, name: str, password: str = PASSWORD, next_: str = "") -> TestResponse:
        fields = {"name": name, "password": password, "next": next_}
        return self.submit("/sign-in", "/sign-in", **fields)

    def upload(self, *lines: Record | bytes, name: str = "export.jsonl") -> TestResponse:
        """Send an exchange file as the clerk's form does."""
        content = b"\n".join(encoded(line) for line in lines)
        answer = self.submit("/imports", "/imports", file=(BytesIO(content), name))
        self.application.extensions["worker"].work_off()
        return answer


@pytest.fixture
def stranger(office_app: Flask) -> OfficeClient:
    """Somebody who has not signed in."""
    client = office_app.test_client()
    assert isinstance(client, OfficeClient)
    return client


@pytest.fixture
def person(office_app: Flask) -> Callable[..., OfficeClient]:
    """Signs in the person of a role in a browser of its own."""

    def sign_in(role: Role) -> OfficeClient:
        client = office_app.test_client()
        assert isinstance(client, OfficeClient)
        assert client.sign_in(f"{role}1").status_code == 303
        return client

    return sign_in


@pytest.fixture
def bring_in(gate: Gate, send: Callable[..., None]) -> Callable[..., None]:
    """Import records for a clerk and bring them through the gate."""

    def take(*records: Record) -> None:
        send(gate.stores.registry, *records, actor="clerk1")
        for record in records:
            gate.publish_case(record["case_number"], "clerk1")

    return take


@pytest.fixture
def acts(registry: sessionmaker[Session]) -> Callable[..., list[tuple[str, str, str]]]:
    """The audit log as (actor, act, subject), oldest first; its chain must hold."""

    def read(prefix: str = "") -> list[tuple[str, str, str]]:
        with registry() as session:
            assert first_broken_entry(session) is None
            entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
            found = [(entry.actor, entry.act, entry.subject) for entry in entries]
        return [entry for entry in found if entry[1].startswith(prefix)]

    return read


@pytest.fixture
def account_id(registry: sessionmaker[Session]) -> Callable[[str], int]:
    """Id of the account with a name."""

    def find(name: str) -> int:
        with registry() as session:
            return session.scalars(select(Account.id).where(Account.name == name)).one()

    return find
