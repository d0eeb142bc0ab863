"""The public process is shut out of everything private, and serves its pages all the same.

Every attempt is made in a process that was started as a web server starts it: through
``wsgi.py``. The lock cannot be taken off again, so it is never put on this process.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from portal.publication.documents import all_documents
from portal.settings import ConfigurationError, Surface, read_settings
from portal.surface_guard import PRIVATE_PACKAGES, lock_public_process
from search_index import WhooshIndex
from tests.conftest import Rows

ROOT = Path(__file__).parent.parent
SECRET = "甘蓝芷的登记信息"

# What the attempts have in common: a locked process, and names for the places.
PRELUDE = """
import glob, importlib, io, json, os, pathlib, runpy, shutil, sqlite3, subprocess, sys
import sqlalchemy
app = runpy.run_path({wsgi!r})["app"]
from portal.extensions import db
home = pathlib.Path(os.environ["PORTAL_HOME"])
office, public = home / "office", home / "public"
registry = office / "registry.db"
"""

# code → the error it ends in. ``got`` is what it brings to light where it ends in none.
OFFICE = "PermissionError: the office folder is closed to the public surface"
PROGRAM = "PermissionError: the public surface starts no programs"
NOTHING = "None"
ATTEMPTS = {
    # Opening, by every name a file can have.
    "open(registry, 'rb').read()": OFFICE,
    "open(bytes(registry), 'rb').read()": OFFICE,
    "registry.read_bytes()": OFFICE,
    "io.open_code(str(registry)).read()": OFFICE,
    "os.read(os.open(registry, os.O_RDONLY), 9)": OFFICE,
    "open(office / 'note.txt', 'w')": OFFICE,
    "[os.chdir(home), open('office/registry.db', 'rb').read()]": OFFICE,
    "open(public / '..' / 'office' / 'registry.db', 'rb').read()": OFFICE,
    "os.chdir(office)": OFFICE,
    "(public / 'link.db').read_bytes()": OFFICE,
    "(public / 'links' / 'registry.db').read_bytes()": OFFICE,
    "open('/proc/self/root' + str(registry), 'rb').read()": OFFICE,
    "os.open('office/registry.db', os.O_RDONLY, dir_fd=os.open(home, os.O_RDONLY))": OFFICE,
    "(office / 'publication.key').read_text()": OFFICE,
    # Bringing it elsewhere first.
    "shutil.copy(registry, public / 'copy.db')": OFFICE,
    "shutil.copytree(office, public / 'copy')": OFFICE,
    "shutil.move(registry, public / 'moved.db')": OFFICE,
    "os.rename(registry, public / 'moved.db')": OFFICE,
    "os.replace(office, home / 'other')": OFFICE,
    "os.rename(home, str(home) + '-2')": OFFICE,
    "os.link(registry, public / 'hard.db')": OFFICE,
    # The keys that open what it has sealed.
    "open(office / 'inbox-keys' / 'any.pem', 'rb')": OFFICE,
    "importlib.import_module('portal.inbox.keys').unlock_keys(office, 'x' * 16)": (
        "InboxKeyError: 尚未生成密钥，请先运行 portal inbox keygen"
    ),
    # Looking what is there.
    "os.listdir(office)": OFFICE,
    "list(os.scandir(office))": OFFICE,
    "list(office.iterdir())": OFFICE,
    "[names for _, _, names in os.walk(office)] or None": NOTHING,
    "glob.glob(str(office / '*')) or None": NOTHING,
    # Databases, by path and by address.
    "sqlite3.connect(registry)": OFFICE,
    "[os.chdir(public), sqlite3.connect('../office/registry.db')]": OFFICE,
    "sqlite3.connect(f'file:{registry}?mode=ro', uri=True)": OFFICE,
    "sqlite3.connect(f'file://{registry}', uri=True)": OFFICE,
    "sqlite3.connect(f'file://localhost{registry}', uri=True)": OFFICE,
    "sqlite3.connect('file:' + str(registry).replace('office', '%6fffice'), uri=True)": OFFICE,
    "[os.chdir(public), sqlite3.connect('file:../office/registry.db', uri=True)]": OFFICE,
    "sqlite3.connect(public / 'link.db')": OFFICE,
    "sqlalchemy.create_engine(f'sqlite:///{registry}').connect()": OFFICE,
    "sql(f\"ATTACH '{registry}' AS registry\")": (
        "OperationalError: too many attached databases - max 0"
    ),
    "sql('DELETE FROM public_case')": "OperationalError: attempt to write a readonly database",
    # Sending somebody else.
    "subprocess.check_output(['cat', str(registry)])": PROGRAM,
    "os.system(f'cat {registry}')": PROGRAM,
    "os.popen(f'cat {registry}').read()": PROGRAM,
    "os.execv('/bin/cat', ['cat', str(registry)])": PROGRAM,
    "os.posix_spawn('/bin/cat', ['cat', str(registry)], {})": PROGRAM,
    # What the process was told.
    "app.extensions['settings'].publication_key": (
        "ConfigurationError: the public surface has no publication key"
    ),
    "app.extensions['settings'].registry_url": NOTHING,
    "app.config['SQLALCHEMY_BINDS'].get('registry')": NOTHING,
    "[value for value in os.environ.values() if 'registry' in value] or None": NOTHING,
    # Code that knows the way.
    **{
        f"importlib.import_module({name!r})": (
            f"PrivateImport: {name} is closed to the public surface"
        )
        for name in PRIVATE_PACKAGES
    },
    **{
        f"importlib.import_module({name!r})": (
            f"PrivateImport: {package} is closed to the public surface"
        )
        for name, package in (
            ("portal.commands.demo_accounts", "portal.commands"),
            ("portal.publication.gate", "portal.publication"),
        )
    },
}

ALL_ATTEMPTS = """
def sql(statement):
    with app.app_context():
        return db.session.execute(sqlalchemy.text(statement)).rowcount

outcomes = {{}}
for code in json.loads({attempts!r}):
    try:
        outcomes[code] = repr(eval(code))[:200]
    except Exception as error:
        cause = getattr(error, "orig", error)
        outcomes[code] = f"{{type(cause).__name__}}: {{cause}}"
    os.chdir("/")
outcomes["page afterwards"] = app.test_client().get("/cases").status_code
print(json.dumps(outcomes))
"""

ALL_PAGES = """
client = app.test_client()
seen = {{}}
for address in json.loads({addresses!r}):
    response = client.get(address)
    seen[address] = response.status_code
    assert {secret!r} not in response.text
private = [name for name in sys.modules if name.startswith(tuple(json.loads({private!r})))]
reading = [name for name in sys.modules if name.startswith(("redaction.r", "rjieba", "pypinyin"))]
environ = sorted(os.environ)
print(json.dumps({{"seen": seen, "private": private, "reading": reading, "environ": environ}}))
"""


@dataclass(frozen=True)
class House:
    """An instance with both folders filled, and the addresses of every public page."""

    home: Path
    addresses: dict[str, int]

    def run(self, code: str, **values: Any) -> Any:
        """Run code in a locked public process and return the JSON it printed."""
        script = (PRELUDE + code).format(wsgi=str(ROOT / "wsgi.py"), **values)
        environ = {"PORTAL_HOME": str(self.home), "PORTAL_SURFACE": "public", "PATH": "/bin"}
        done = subprocess.run(
            [sys.executable, "-c", script],
            env=environ,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, empty_disclosure: Path) -> House:
    home = tmp_path_factory.mktemp("house") / "instance"
    settings = read_settings({"PORTAL_HOME": str(home)}, Surface.OFFICE)
    assert settings.publication_key
    connection = sqlite3.connect(settings.office_dir / "registry.db")
    with connection:
        connection.execute("CREATE TABLE secret (words TEXT)")
        connection.execute("INSERT INTO secret VALUES (?)", (SECRET,))
    connection.close()
    (home / "public" / "link.db").symlink_to(settings.office_dir / "registry.db")
    (home / "public" / "links").symlink_to(settings.office_dir)

    shutil.copy(empty_disclosure, settings.disclosure_url.removeprefix("sqlite:///"))
    engine = create_engine(settings.disclosure_url)
    with Session(engine, expire_on_commit=False) as session:
        rows = Rows(session)
        case = rows.case("（2018）辽0803执123号")
        rows.event(case)
        entries = {
            "/debtors": rows.debtor(case).id,
            "/restrictions": rows.restriction(case).id,
            "/terminations": rows.termination(case).id,
            "/auctions": rows.auction(case).id,
            "/stories": rows.story().slug,
            "/guides": rows.guide().slug,
        }
        closed = rows.case(level="不公开", closed_reason="涉及个人隐私")
        rows.tombstone("/cases/2018-liao0803-zhi-9")
        WhooshIndex.replace(settings.index_path, all_documents(session), 0)
    engine.dispose()
    addresses = {
        "/": 200,
        "/cases": 200,
        f"/cases/{case.slug}": 200,
        f"/cases/{closed.slug}": 200,
        "/cases/（2018）辽0803执123号": 301,
        **dict.fromkeys(entries, 200),
        **{f"{lists}/{entry}": 200 for lists, entry in entries.items()},
        "/search?q=钱多多": 200,
        "/search?q=（2018）辽0803执123号": 200,
        "/debtors?q=钱多多": 200,
        "/restrictions?q=孙小满": 200,
        "/feeds/stories.atom": 200,
        "/inability": 200,
        "/rules": 200,
        "/about": 200,
        "/robots.txt": 200,
        "/healthz": 200,
        "/readyz": 200,
        "/static/css/base.css": 200,
        "/nothing-here": 404,
        "/debtors/nothing-here": 404,
    }
    return House(home, addresses)


@pytest.fixture(scope="module")
def outcomes(house: House) -> dict[str, Any]:
    """What each attempt brought to light, made one after another in one locked process."""
    found: dict[str, Any] = house.run(ALL_ATTEMPTS, attempts=json.dumps(list(ATTEMPTS)))
    return found


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_public_process_gets_at_nothing_private(outcomes: dict[str, Any], attempt: str) -> None:
    assert outcomes[attempt] == ATTEMPTS[attempt]


def test_the_registry_is_untouched_after_all_attempts(
    house: House, outcomes: dict[str, Any]
) -> None:
    assert len(outcomes) == len(ATTEMPTS) + 1
    assert sorted(path.name for path in (house.home / "office").iterdir()) == [
        "publication.key",
        "registry.db",
        "session.key",
    ]
    strays = ["copy", "copy.db", "hard.db", "moved.db"]
    assert not [name for name in strays if (house.home / "public" / name).exists()]


def test_the_public_process_serves_pages_after_all_attempts(outcomes: dict[str, Any]) -> None:
    assert outcomes["page afterwards"] == 200


def test_every_public_page_is_served_without_a_private_package(house: House) -> None:
    addresses = json.dumps(list(house.addresses))
    private = json.dumps(PRIVATE_PACKAGES)
    result = house.run(ALL_PAGES, addresses=addresses, private=private, secret=SECRET)
    assert result["seen"] == house.addresses
    assert result["private"] == []
    assert result["reading"] == [], "recognisers and their dictionaries are the office's"
    assert "PORTAL_REGISTRY_URL" not in result["environ"]


def test_a_process_that_already_imported_private_packages_is_not_locked(home: Path) -> None:
    settings = read_settings({"PORTAL_HOME": str(home)}, Surface.PUBLIC)
    assert any(name.startswith(PRIVATE_PACKAGES) for name in sys.modules)
    finders = list(sys.meta_path)
    with pytest.raises(ConfigurationError, match="already imported"):
        lock_public_process(settings)
    assert sys.meta_path == finders


def test_the_office_is_never_locked(home: Path) -> None:
    settings = read_settings({"PORTAL_HOME": str(home)}, Surface.OFFICE)
    with pytest.raises(ConfigurationError, match="only the public surface"):
        lock_public_process(settings)


LOCK_ONLY = """
import sys
from pathlib import Path
from portal.settings import read_settings
from portal.surface_guard import lock_public_process
lock_public_process(read_settings())
try:
    print(Path(sys.argv[1]).read_text())
except PermissionError as refusal:
    print(refusal)
"""


def look_locked(home: Path, file: Path) -> str:
    """What a process that is locked for ``home`` can tell of ``file``."""
    return subprocess.run(
        [sys.executable, "-c", LOCK_ONLY, str(file)],
        env={"PORTAL_HOME": str(home)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


@pytest.mark.parametrize("name", ["instance?x", "instance#x", "in%41stance", "file:instance"])
def test_a_home_with_a_strange_name_is_locked_as_well(tmp_path: Path, name: str) -> None:
    registry = tmp_path / name / "office" / "registry.db"
    registry.parent.mkdir(parents=True)
    registry.write_text(SECRET, encoding="utf-8")
    assert "closed" in look_locked(tmp_path / name, registry)


def test_a_home_reached_through_a_link_is_locked_by_both_names(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    (real / "office").mkdir(parents=True)
    (real / "office" / "registry.db").write_text(SECRET, encoding="utf-8")
    link.symlink_to(real)
    for place in (real, link):
        assert "closed" in look_locked(link, place / "office" / "registry.db")


def test_files_beside_the_office_stay_open(tmp_path: Path) -> None:
    note = tmp_path / "instance" / "office-hours.txt"
    note.parent.mkdir()
    note.write_text("周一至周五", encoding="utf-8")
    assert look_locked(note.parent, note) == "周一至周五"
