"""The same road on PostgreSQL: import, publish, verify, withdraw, and two runs at once.

Starts a server of its own in a temporary folder, as a user who is not root, and throws it
away again. Without a PostgreSQL server on the machine there is nothing to start.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.orm import sessionmaker

from portal.disclosure.lookups import LookupKeys
from portal.disclosure.models import PublicCase
from portal.inbox.attempts import Attempts, Patience
from portal.inbox.letters import Letter
from portal.inbox.proofs import Proof
from portal.inbox.receipts import new_receipt
from portal.inbox.submissions import Concern, hand_in, read_status
from portal.migrations.runner import Store, is_current, upgrade
from portal.publication.deadlines import Urgency, read_deadlines
from portal.publication.gate import Gate
from portal.publication.indexing import check_index
from portal.publication.inspection import inspect_public
from portal.publication.list_clearing import clear_lists
from portal.publication.reconcile import reconcile
from portal.publication.withdrawal import ask_restoration, confirm_restoration, suspend_case
from portal.reference.submission_kinds import SubmissionKind
from portal.registry.audit import find_fault, record_act
from portal.registry.audit_heads import sign_head
from portal.registry.intake import import_file
from portal.registry.models import RegistryCase
from portal.stores import Stores
from redaction import Redactor
from tests.invented import encoded
from tests.side_by_side import Meeting, at_once, rows_of

ROOT = Path(__file__).parents[2]
SAMPLE = Path(__file__).parent.parent / "data" / "export-2018-04.jsonl"
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
CASES = 12

pytestmark = pytest.mark.skipif(not BINARIES, reason="no PostgreSQL server on this machine")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The socket folder of a server that lives as long as this module."""
    binaries = BINARIES[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    as_user: list[str] = []
    if os.getuid() == 0:
        # PostgreSQL refuses to run as root.
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]

    def run(program: str, *arguments: str) -> None:
        command = [*as_user, str(binaries / program), "-D", str(folder / "data"), *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    run("initdb", "--auth=trust", "--username=office", "--encoding=UTF8", "--no-sync")
    # Reached by its socket only; what is lost in a crash of the machine is of no interest.
    options = f"-k {folder} -c listen_addresses= -c fsync=off -c synchronous_commit=off"
    run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield str(folder)
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)


_serial = count(1)


@pytest.fixture
def urls(server: str) -> dict[Store, str]:
    """Addresses of two empty databases of this test."""
    addresses = {}
    admin = create_engine(address(server, "postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for store in Store:
            name = f"{store}_{next(_serial)}"
            connection.execute(text(f"CREATE DATABASE {name}"))
            addresses[store] = address(server, name)
    admin.dispose()
    return addresses


def address(folder: str, name: str, user: str = "office") -> str:
    """URL of a database of the server."""
    return f"postgresql+psycopg://{user}@/{name}?host={folder}"


@pytest.fixture
def open_gate(urls: dict[Store, str], tmp_path: Path) -> Iterator[Callable[..., Gate]]:
    """Opens the stores as one more process would; the first makes the tables."""
    engines = []

    def make(redactor: Redactor | None = None) -> Gate:
        sessions = {}
        for store, url in urls.items():
            engine = create_engine(url)
            engines.append(engine)
            upgrade(engine, store)
            assert is_current(engine, store)
            sessions[store] = sessionmaker(engine)
        stores = Stores(sessions[Store.REGISTRY], sessions[Store.DISCLOSURE])
        keys = LookupKeys(tmp_path / "lookup.key")
        keys.create()
        return Gate(stores, redactor or Redactor(), b"test key", tmp_path / "index", keys)

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def first_cases(tmp_path: Path) -> Path:
    """The beginning of the sample export."""
    path = tmp_path / "first.jsonl"
    with SAMPLE.open("rb") as sample:
        path.write_bytes(b"".join(line for _, line in zip(range(CASES), sample, strict=False)))
    return path


def take(gate: Gate, path: Path) -> Any:
    return import_file(gate.stores.registry, path, name=path.name, actor="clerk")


def test_the_whole_road(open_gate: Callable[..., Gate], first_cases: Path) -> None:
    gate = open_gate()
    assert take(gate, first_cases).added == CASES
    assert take(gate, first_cases).unchanged == CASES
    report = gate.publish_all("clerk")
    assert report.errors == ()
    assert report.released and report.released + report.held + report.not_public == CASES
    assert gate.publish_all("clerk") == report
    assert inspect_public(gate).leaks == ()

    with gate.stores.disclosure() as public:
        number = public.scalars(select(PublicCase.case_number).filter_by(level="公开")).first()
    suspend_case(gate, number, "reviewer", "当事人异议成立")
    assert gate.publish_all("clerk").withdrawn == 1
    with gate.stores.disclosure() as public:
        assert not public.scalars(select(PublicCase).filter_by(case_number=number)).all()
    act_id = ask_restoration(gate, number, "reviewer", "异议不成立")
    assert confirm_restoration(gate, act_id, "chief", senior=True) == "released"
    assert reconcile(gate.stores, "clerk") == 0
    assert not check_index(gate.stores.disclosure, gate.index_path, repair=False)
    assert inspect_public(gate).leaks == ()

    # Every listing of the sample has a term of two years from 2016, 2017 or 2018.
    day = date(2021, 1, 1)
    overdue = read_deadlines(gate.stores, gate.key, day).count(Urgency.OVERDUE)
    assert overdue and clear_lists(gate, "cron", day).removed == overdue
    assert read_deadlines(gate.stores, gate.key, day).items == ()
    assert inspect_public(gate).leaks == ()


def test_two_runs_at_once_leave_the_rows_of_one(
    open_gate: Callable[..., Gate],
    make_gate: Callable[..., Gate],
    first_cases: Path,
    tmp_path: Path,
) -> None:
    meeting = Meeting(2)
    both = [open_gate(meeting) for _ in range(2)]
    take(both[0], first_cases)
    first, second = at_once(*(partial(gate.publish_all, "clerk") for gate in both))
    alone = make_gate(tmp_path / "alone")
    take(alone, first_cases)
    assert first == second == alone.publish_all("clerk")
    # Row for row what one run writes into SQLite.
    assert rows_of(both[0].stores) == rows_of(alone.stores)


def test_imports_at_once_bring_each_case_in_once(
    open_gate: Callable[..., Gate], case: Callable[..., Any], tmp_path: Path
) -> None:
    records = [case(case_number=f"（2018）辽0803执{serial}号") for serial in range(1, 41)]
    paths = []
    for name in ("a", "b"):
        paths.append(tmp_path / f"{name}.jsonl")
        records.append(case(case_number=f"（2018）辽0803执{len(records) + 1}号"))
        paths[-1].write_bytes(b"\n".join(map(encoded, records)))
    gates = [open_gate(), open_gate()]
    reports = at_once(*(partial(take, *pair) for pair in zip(gates, paths, strict=True)))
    assert sum(report.added for report in reports) == 42
    assert sum(report.unchanged for report in reports) == 41
    with gates[0].stores.registry() as session:
        assert set(session.scalars(select(RegistryCase.revision))) == {1}


def test_the_public_account_reads_and_cannot_write(
    open_gate: Callable[..., Gate],
    urls: dict[Store, str],
    case: Callable[..., Any],
    send: Callable[..., None],
) -> None:
    """The grants of docs/deployment.md."""
    owner = create_engine(urls[Store.DISCLOSURE])
    registry = create_engine(urls[Store.REGISTRY])
    names = {engine.url.database for engine in (owner, registry)}
    with owner.begin() as connection:
        connection.execute(text("CREATE ROLE portal_public LOGIN"))
        connection.execute(text(f"REVOKE CONNECT ON DATABASE {registry.url.database} FROM PUBLIC"))
        connection.execute(text("GRANT USAGE ON SCHEMA public TO portal_public"))
        grant = "ALTER DEFAULT PRIVILEGES FOR ROLE office GRANT SELECT ON TABLES TO portal_public"
        connection.execute(text(grant))
    assert len(names) == 2
    gate = open_gate()
    send(gate.stores.registry, case())
    gate.publish_all("clerk")
    reader = create_engine(owner.url.set(username="portal_public"))
    with reader.connect() as connection:
        assert connection.scalar(select(PublicCase.case_number)) == case()["case_number"]
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text("DELETE FROM public_case"))
    stranger = create_engine(registry.url.set(username="portal_public"))
    with pytest.raises(Exception, match="permission denied"):
        stranger.connect()
    for engine in (owner, registry, reader, stranger):
        engine.dispose()


def test_tries_at_the_same_moment_are_all_counted(urls: dict[Store, str]) -> None:
    engine = create_engine(urls[Store.INBOX], pool_size=8)
    upgrade(engine, Store.INBOX)
    hour = timedelta(hours=1)
    patience = Patience("test", free=3, first=hour, longest=hour, window=2 * hour)
    attempts = Attempts(sessionmaker(engine), b"key")
    now = datetime(2018, 5, 2, tzinfo=UTC)
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: attempts.spend(patience, "192.0.2.7", now), range(24)))
    engine.dispose()
    assert waits.count(None) == 3
    assert set(waits) == {None, hour}


def test_the_public_account_hands_letters_in_and_reads_none_back(urls: dict[Store, str]) -> None:
    """The grants of docs/deployment.md, as they stand there."""
    owner = create_engine(urls[Store.INBOX])
    upgrade(owner, Store.INBOX)
    told = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    grants = told[told.index("GRANT SELECT, INSERT, UPDATE, DELETE ON attempt") :]
    with owner.begin() as connection:
        connection.execute(text("CREATE ROLE letter_box LOGIN"))
        connection.execute(text("GRANT USAGE ON SCHEMA public TO letter_box"))
        connection.execute(text(grants.partition("```")[0].replace("portal_public", "letter_box")))
    public = create_engine(owner.url.set(username="letter_box"))
    inbox, now = sessionmaker(public), datetime(2018, 5, 2, tzinfo=UTC)
    key, receipt = X25519PrivateKey.generate().public_key(), new_receipt()
    letter = Letter(SubmissionKind.PROPERTY, "车库里有一辆汽车。", proofs=(Proof("a.pdf", b"a"),))
    for _ in range(2):
        hand_in(inbox, key, receipt, letter, Concern(court_code="辽0803"), now)
    status = read_status(inbox, receipt.number, receipt.pin)
    assert status is not None and status.received_at == now
    for statement in (
        "SELECT box FROM submission",
        "SELECT * FROM sealed_proof",
        "UPDATE submission SET progress = 'closed'",
        "DELETE FROM submission",
        "INSERT INTO reply (receipt, at, text) VALUES ('A', now(), 'x')",
    ):
        with public.connect() as connection, pytest.raises(ProgrammingError, match="denied"):
            connection.execute(text(statement))
    for engine in (owner, public):
        engine.dispose()


def test_the_log_is_appended_to_by_a_role_that_cannot_disarm_it(
    open_gate: Callable[..., Gate], urls: dict[Store, str], server: str
) -> None:
    """The triggers, and the grants of docs/deployment.md, as they stand there."""
    registry = open_gate().stores.registry
    told = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    grants = told[told.index("GRANT SELECT, INSERT ON audit_entry") :]
    with registry.begin() as session:
        record_act(session, "tester", "act", "subject")
        sign_head(session, Ed25519PrivateKey.generate(), "cron")
    for statement in (
        "UPDATE audit_entry SET actor = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "DELETE FROM audit_signature",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET length = 0",
    ):
        with pytest.raises(DBAPIError, match="append-only"), registry.begin() as session:
            session.execute(text(statement))
    with registry.begin() as session:
        session.execute(text("CREATE ROLE portal_runner LOGIN"))
        session.execute(text(grants.partition("```")[0].replace("portal_office", "portal_runner")))
    name = urls[Store.REGISTRY].partition("@/")[2].partition("?")[0]
    engine = create_engine(address(server, name, "portal_runner"))
    runner = sessionmaker(engine)
    with runner.begin() as session:
        record_act(session, "tester", "act", "subject")
        sign_head(session, Ed25519PrivateKey.generate(), "cron")
        assert find_fault(session) is None
    for statement in (
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_entry_append_only ON audit_entry",
        "DELETE FROM audit_entry",
    ):
        with pytest.raises(ProgrammingError), runner.begin() as session:
            session.execute(text(statement))
    engine.dispose()
