"""Fixtures shared by all tests: stores in a temporary home, rows in them, a checking client."""

from __future__ import annotations

import copy
import os
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import Pool
from werkzeug.test import TestResponse
from xdist.scheduler import LoadFileScheduling

from portal import create_app
from portal.disclosure.articles import PublicGuide, PublicStory
from portal.disclosure.ledger import Tombstone
from portal.disclosure.models import (
    PublicAuction,
    PublicCase,
    PublicDebtor,
    PublicEvent,
    PublicLink,
    PublicNote,
    PublicRestriction,
    PublicTermination,
)
from portal.extensions import configure_sqlite
from portal.migrations.runner import Store, upgrade
from portal.publication.documents import all_documents
from portal.reference import case_numbers
from portal.reference.courts import court_name
from portal.registry.intake import import_file
from portal.security import HEADERS
from portal.settings import Settings, Surface, read_settings
from portal.stores import Stores
from search_index import WhooshIndex
from tests.invented import CASE, Record, encoded

# A busy machine is no defect of what is tested.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

RELEASED_AT = datetime(2018, 5, 2, 1, 30, tzinfo=UTC)
BROWSER = "tests/e2e/"


class FilesAndTheBrowser(LoadFileScheduling):
    """A worker gets whole files, and one of them all that needs the browser.

    So its court is seeded once, served once and looked at by one Chromium.
    """

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesAndTheBrowser:
    """Used where there are several workers."""
    return FilesAndTheBrowser(config, log)


class CompiledTemplates(BytecodeCache):
    """Templates compiled once, though every test builds an app of its own."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


@pytest.fixture(scope="session", autouse=True)
def templates_are_compiled_once() -> Iterator[None]:
    options = Flask.jinja_options | {"bytecode_cache": CompiledTemplates()}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Flask, "jinja_options", options)
        yield


@pytest.fixture(scope="session", autouse=True)
def nothing_waits_for_the_disk() -> Iterator[None]:
    """What is killed here is a process, never the machine: the page cache survives all of it."""

    def unhurried(connection: Any, *_: Any) -> None:
        # The inbox lets the public surface set nothing: there it stays as it is.
        if isinstance(connection, sqlite3.Connection):
            with suppress(sqlite3.DatabaseError):
                connection.execute("PRAGMA synchronous = OFF")

    event.listen(Pool, "checkout", unhurried)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", lambda descriptor: None)
        yield
    event.remove(Pool, "checkout", unhurried)


@pytest.fixture(scope="session", autouse=True)
def passwords_cost_little() -> Iterator[None]:
    """Hashes are slow by design. ``test_costs`` looks at the price as it is sold."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("portal.staff.passwords._HASHER", cheap)
        patched.setattr("portal.inbox.receipts._HASHER", cheap)
        yield


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """PORTAL_HOME of this test."""
    return tmp_path / "instance"


@pytest.fixture
def public_settings(home: Path) -> Settings:
    """Settings of a public surface."""
    return read_settings({"PORTAL_HOME": str(home)}, Surface.PUBLIC)


@pytest.fixture(scope="session")
def empty_stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both stores migrated and empty, made once and copied by each test."""
    folder = tmp_path_factory.mktemp("stores")
    for store in Store:
        engine = create_engine(f"sqlite:///{folder}/{store}.db")
        upgrade(engine, store)
        engine.dispose()
    return folder


@pytest.fixture
def make_stores(empty_stores: Path) -> Iterator[Callable[[Path], Stores]]:
    """Both stores as migrated SQLite files in a folder; opened anew each time it is called."""
    engines = []

    def make(folder: Path) -> Stores:
        folder.mkdir(exist_ok=True)
        sessions = {}
        for store in Store:
            path = folder / f"{store}.db"
            if not path.exists():
                shutil.copy(empty_stores / path.name, path)
            engine = create_engine(f"sqlite:///{path}")
            configure_sqlite(engine, read_only=False)
            engines.append(engine)
            sessions[store] = sessionmaker(engine)
        return Stores(sessions[Store.REGISTRY], sessions[Store.DISCLOSURE])

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def registry(make_stores: Callable[[Path], Stores], tmp_path: Path) -> sessionmaker[Session]:
    """A private store of its own on a real SQLite file, made by the migrations."""
    return make_stores(tmp_path).registry


@pytest.fixture
def case() -> Callable[..., Record]:
    """A public case the gate releases by itself; keyword arguments replace fields."""

    def make(**fields: Any) -> Record:
        return copy.deepcopy(CASE) | fields

    return make


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    """Write lines (records, or bytes as they are) into an exchange file."""

    def write(*lines: Record | bytes, name: str = "export.jsonl") -> Path:
        path = tmp_path / name
        path.write_bytes(b"".join(encoded(line) + b"\n" for line in lines))
        return path

    return write


@pytest.fixture
def send(export: Callable[..., Path]) -> Callable[..., None]:
    """Import records into a private store, through the real intake."""

    def take(registry: sessionmaker[Session], *records: Record, actor: str = "clerk") -> None:
        path = export(*records)
        report = import_file(registry, path, name=path.name, actor=actor)
        assert not report.rejected, [problem.message for problem in report.errors]

    return take


class Rows:
    """Makes public rows with sensible values; every keyword replaces one of them."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._serial = count(9001)

    def _add(self, row: Any) -> Any:
        self.session.add(row)
        self.session.commit()
        return row

    def case(self, case_number: str = "", **values: Any) -> PublicCase:
        number = case_numbers.parse(case_number or f"（2018）辽0803执{next(self._serial)}号")
        defaults: dict[str, Any] = {
            "case_number": number.canonical,
            "slug": number.slug,
            "court_code": number.court,
            "court_name": court_name(number.court),
            "filed_on": date(2018, 3, 1),
            "level": "公开",
            "version": 1,
            "released_at": RELEASED_AT,
            "cause": "买卖合同纠纷",
            "stage": "查找财产",
            "amount_claimed": Decimal("120000.00"),
            "parties": [{"role": "被执行人", "kind": "自然人", "name": "钱某"}],
        }
        return self._add(PublicCase(**defaults | values))  # type: ignore[no-any-return]

    def link(self, case: PublicCase, number: str, relation: str = "关联案件") -> PublicLink:
        link = PublicLink(case_id=case.id, number=number, relation=relation)
        return self._add(link)  # type: ignore[no-any-return]

    def note(self, case: PublicCase, **values: Any) -> PublicNote:
        defaults: dict[str, Any] = {
            "case_id": case.id,
            "position": len(case.notes),
            "version": case.version,
            "at": case.released_at,
            "why": "首次公开",
            "changes": [],
        }
        note = PublicNote(**defaults | values)
        case.notes.append(note)
        return self._add(note)  # type: ignore[no-any-return]

    def event(self, case: PublicCase, node: str = "立案", **values: Any) -> PublicEvent:
        defaults: dict[str, Any] = {
            "case_id": case.id,
            "position": next(self._serial),
            "at": datetime(2018, 3, 1, 2, 0, tzinfo=UTC),
        }
        return self._add(PublicEvent(node=node, **defaults | values))  # type: ignore[no-any-return]

    def _entry(self, case: PublicCase | None) -> dict[str, Any]:
        case = case or self.case()
        return {
            "id": f"entry{next(self._serial):011d}",
            "case_id": case.id,
            "court_code": case.court_code,
            "court_name": case.court_name,
            "case_number": case.case_number,
        }

    def debtor(self, case: PublicCase | None = None, **values: Any) -> PublicDebtor:
        defaults: dict[str, Any] = {
            "kind": "自然人",
            "name": "钱多多",
            "sex": "男",
            "age": 45,
            "id_type": "居民身份证",
            "id_masked": "2108************34",
            "filed_on": date(2018, 3, 1),
            "behaviour": "违反财产报告制度",
            "performance": "全部未履行",
            "published_on": date(2018, 4, 20),
        }
        return self._add(PublicDebtor(**self._entry(case) | defaults | values))  # type: ignore[no-any-return]

    def restriction(self, case: PublicCase | None = None, **values: Any) -> PublicRestriction:
        defaults: dict[str, Any] = {
            "kind": "自然人",
            "name": "孙小满",
            "sex": "女",
            "id_type": "居民身份证",
            "id_masked": "2108************21",
            "filed_on": date(2018, 3, 1),
            "decided_on": date(2018, 4, 10),
        }
        return self._add(PublicRestriction(**self._entry(case) | defaults | values))  # type: ignore[no-any-return]

    def termination(self, case: PublicCase | None = None, **values: Any) -> PublicTermination:
        defaults: dict[str, Any] = {
            "debtors": "钱某",
            "filed_on": date(2018, 1, 5),
            "closed_on": date(2018, 6, 20),
            "amount_claimed": Decimal("120000.00"),
            "amount_unpaid": Decimal("98000.50"),
            "checks": {"notice": True, "restrictions": True},
            "requeries": [{"on": "2018-12-20", "result": "未发现可供执行的财产"}],
        }
        return self._add(PublicTermination(**self._entry(case) | defaults | values))  # type: ignore[no-any-return]

    def auction(self, case: PublicCase | None = None, **values: Any) -> PublicAuction:
        defaults: dict[str, Any] = {
            "title": "营口市西市区某小区住宅一套",
            "property_kind": "住宅用房",
            "platform": "淘宝网",
            "url": "https://sf-item.taobao.com/sf_item/1.htm",
            "round": "一拍",
            "starting_price": Decimal("350000.00"),
            "starts_at": datetime(2018, 6, 1, 2, 0, tzinfo=UTC),
            "status": "预告",
        }
        return self._add(PublicAuction(**self._entry(case) | defaults | values))  # type: ignore[no-any-return]

    def story(self, slug: str = "", **values: Any) -> PublicStory:
        defaults: dict[str, Any] = {
            "slug": slug or f"story-{next(self._serial)}",
            "kind": "执行成效",
            "title": "执行款当天发放到位",
            "lead": "一起拖欠多年的案件圆满执结。",
            "body_html": "<p>正文第一段。</p>",
            "byline": "宣传处",
            "published_on": date(2018, 5, 1),
            "version": 1,
            "released_at": RELEASED_AT,
        }
        return self._add(PublicStory(**defaults | values))  # type: ignore[no-any-return]

    def guide(self, slug: str = "", **values: Any) -> PublicGuide:
        serial = next(self._serial)
        defaults: dict[str, Any] = {
            "slug": slug or f"guide-{serial}",
            "section": "申请执行",
            "title": "怎样申请执行",
            "body_html": "<p>先准备申请书。</p>",
            "position": serial,
            "updated_on": date(2018, 4, 1),
            "released_at": RELEASED_AT,
        }
        return self._add(PublicGuide(**defaults | values))  # type: ignore[no-any-return]

    def tombstone(self, path: str, notice: str = "该案件已由法院撤下。") -> Tombstone:
        return self._add(Tombstone(path=path, gone_at=RELEASED_AT, notice=notice))  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def empty_disclosure(empty_stores: Path) -> Path:
    """The public one of the two empty stores."""
    return empty_stores / f"{Store.DISCLOSURE}.db"


@pytest.fixture
def disclosure(public_settings: Settings, empty_disclosure: Path) -> Iterator[Session]:
    """A writing session on a public store of its own."""
    for made, url in (
        (empty_disclosure, public_settings.disclosure_url),
        (empty_disclosure.with_name(f"{Store.INBOX}.db"), public_settings.inbox_url),
    ):
        shutil.copy(made, url.removeprefix("sqlite:///"))
    engine = create_engine(public_settings.disclosure_url)
    with Session(engine, expire_on_commit=False) as session:
        yield session
    engine.dispose()


@pytest.fixture
def rows(disclosure: Session) -> Rows:
    """Factory of public rows."""
    return Rows(disclosure)


@pytest.fixture
def index_rows(public_settings: Settings, disclosure: Session) -> Callable[[], None]:
    """Call it to put every public row into the search index."""

    def rebuild() -> None:
        WhooshIndex.replace(public_settings.index_path, all_documents(disclosure), 0)

    return rebuild


@pytest.fixture
def public_app(public_settings: Settings, disclosure: Session) -> Flask:
    """The public surface over a migrated, empty store."""
    app = create_app(public_settings)
    app.testing = True
    return app


class CheckedClient(FlaskClient):
    """A client that looks at every answer: headers always, markup wherever there is any."""

    allowed_cookies: frozenset[str] = frozenset()

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        for name, value in HEADERS.items():
            assert response.headers[name] == value, name
        assert {"HX-Request", "HX-Request-Type"} <= set(response.vary)
        for cookie in response.headers.getlist("Set-Cookie"):
            assert cookie.partition("=")[0] in self.allowed_cookies, cookie
        if (
            response.mimetype == "text/html"
            and response.text
            and not 300 <= response.status_code < 400
        ):
            is_page = response.text.lstrip().lower().startswith("<!doctype")
            (check_page if is_page else check_fragment)(response.text)
        return response


@pytest.fixture
def checking() -> Callable[..., CheckedClient]:
    """Makes a checking client of any app: ``checking(app, cookies={"session"})``."""

    def make(app: Flask, cookies: Collection[str] = ("display",)) -> CheckedClient:
        app.test_client_class = CheckedClient
        client = app.test_client()
        assert isinstance(client, CheckedClient)
        client.allowed_cookies = frozenset(cookies)
        return client

    return make


@pytest.fixture
def checked(public_app: Flask, checking: Callable[..., CheckedClient]) -> CheckedClient:
    """A client of the public surface that checks every answer it gets."""
    return checking(public_app)


def check_page(text: str) -> Element:
    """Assert what holds for every whole page and return its root."""
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    assert root.get("lang") == "zh-CN"
    title = root.findtext("head/title") or ""
    assert title.replace("- 营口法院执行信息公开", "").strip(), "the title says nothing of its own"
    assert len(root.findall(".//h1")) == 1
    assert root.find(".//main[@id='main']") is not None
    check_elements(root)
    return root


def check_fragment(text: str) -> None:
    """Assert what holds for every fragment."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    check_elements(parser.parseFragment(text))


def check_elements(root: Element) -> None:
    """Assert what holds for all markup: valid ids, labels, links, nothing inline."""
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    ids = [element.get("id") for element in elements if element.get("id")]
    assert len(ids) == len(set(ids)), "an id stands twice"
    labelled = {element.get("for") for element in elements if element.tag == "label"}
    for element in elements:
        tag, names = element.tag, element.keys()
        assert tag != "style" and "style" not in names, "inline style"
        assert not any(name.startswith(("on", "hx-on")) for name in names), "inline script"
        assert tag != "script" or element.get("src"), "inline script"
        if tag in {"input", "select", "textarea"} and element.get("type") not in {
            "hidden",
            "submit",
        }:
            named = element.get("id") in labelled or element.get("aria-label")
            assert named or element.get("aria-labelledby"), f"{element.get('name')} has no label"
        if any(name in names for name in ("hx-get", "hx-post", "hx-delete", "hx-put")):
            plain = element.get("href") or element.get("action") or element.get("formaction")
            assert plain, "no way without JavaScript"
        for value in element.attrib.values():
            assert "js:" not in value and "javascript:" not in value.lower()
        assert "[" not in element.get("hx-trigger", ""), "trigger filters need eval"
        if tag == "a":
            check_link(element)


def check_link(link: Element) -> None:
    """Internal links are clean paths; external ones are https and take nothing along."""
    href = link.get("href")
    assert href is not None and href.strip() == href and "None" not in href, href
    parts = urlsplit(href)
    if parts.scheme:
        assert parts.scheme == "https", href
        assert set((link.get("rel") or "").split()) >= {"noopener", "noreferrer"}, href
    else:
        assert not parts.netloc and href[:1] in {"/", "#", "?"}, href
