"""The office over two real stores, one account a role, and a client that signs in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from portal import create_app
from portal.inbox import keys
from portal.inbox.keys import make_key, sealing_key
from portal.inbox.letters import Letter
from portal.inbox.receipts import Receipt
from portal.inbox.submissions import Concern, hand_in
from portal.migrations.runner import Store, upgrade
from portal.publication.gate import Gate
from portal.reference.submission_kinds import SubmissionKind
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
    """A home with all stores migrated and one account a role."""
    home = tmp_path_factory.mktemp("office") / "instance"
    settings = office_settings(home)
    for url, store in (
        (settings.disclosure_url, Store.DISCLOSURE),
        (settings.registry_url, Store.REGISTRY),
        (settings.inbox_url, Store.INBOX),
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


@pytest.fixture
def office_app(furnished_home: Path, home: Path) -> Flask:
    """The office surface of this test's own home."""
    shutil.copytree(furnished_home, home)
    app = create_app(office_settings(home))
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

    allowed_cookies = frozenset({"office_session", "display", "party_notice"})

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


INBOX_PASSPHRASE = "sixteen characters and more"


@pytest.fixture(scope="module", autouse=True)
def passphrases_cost_little() -> Iterator[None]:
    """They are stretched by design; see ``test_costs`` for how far."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(keys._COSTS, "time_cost", 1)
        patched.setitem(keys._COSTS, "memory_cost", 32)
        yield


@pytest.fixture(scope="module")
def kept_key(passphrases_cost_little: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one key pair of the inbox."""
    home = tmp_path_factory.mktemp("inbox-key")
    moment = datetime(2018, 5, 2, tzinfo=UTC)
    make_key(home / "public", home / "office", INBOX_PASSPHRASE, moment)
    return home


@pytest.fixture
def post_letter(office_app: Flask, home: Path, kept_key: Path) -> Callable[..., str]:
    """Hand a letter in as the public process does; returns its receipt."""
    shutil.copytree(kept_key, home, dirs_exist_ok=True)
    engine = create_engine(f"sqlite:///{home}/inbox/inbox.db")
    marks = iter("ABCDEFGHJKMNPQRSTUVWXYZ23456789")

    def post(
        kind: SubmissionKind = SubmissionKind.CORRECTION,
        *,
        at: datetime | None = None,
        concern: Concern | None = None,
        key: X25519PublicKey | None = None,
        **fields: Any,
    ) -> str:
        receipt = Receipt(f"ABCD-EFGH-JKM{next(marks)}", "12345678")
        letter = {
            "statement": "名单上的年龄有误，请核对户口簿后更正。",
            "name": "秦椒榕",
            "contact": "13904170001",
        } | fields
        hand_in(
            sessionmaker(engine),
            key or sealing_key(home / "public"),  # type: ignore[arg-type]
            receipt,
            Letter(kind, **letter),
            concern or Concern(court_code="辽0803"),
            at or datetime.now(UTC),
        )
        return receipt.number

    yield post
    engine.dispose()


def step(client: Any, receipt: str, act: str, **fields: Any) -> Any:
    """One act on a letter as its page stands now."""
    page = client.get(f"/inbox/{receipt}").text
    token, revision = TOKEN.search(page), re.search(r'name="revision" value="(\d+)"', page)
    assert token is not None
    known = {"csrf_token": token[1], "revision": revision[1] if revision else 0}
    return client.post(f"/inbox/{receipt}/{act}", data=known | fields)


def progress(home: Path, receipt: str) -> str:
    """How far a letter has come, as its sender is told."""
    engine = create_engine(f"sqlite:///{home}/inbox/inbox.db")
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT progress FROM submission WHERE receipt = :receipt"), {"receipt": receipt}
        ).scalar_one()
    engine.dispose()
    return str(found)


@pytest.fixture
def unlocked(person: Callable[..., OfficeClient], post_letter: object) -> Callable[..., Any]:
    """Signs in the person of a role and types the passphrase."""

    def open_desk(role: Role) -> OfficeClient:
        client = person(role)
        answer = client.submit("/inbox/keys", "/inbox/keys", passphrase=INBOX_PASSPHRASE)
        assert answer.status_code == 303
        return client

    return open_desk
