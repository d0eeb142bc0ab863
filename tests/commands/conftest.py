"""The console script, in this process or in one of its own, on an instance of its own."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from portal.commands import main
from tests.invented import CASE, Record, encoded

ROOT = Path(__file__).parent.parent.parent
CLOSED = {"level": "不公开", "reason": "涉及个人隐私"}
LISTED: Record = {
    "closing": {"closed_on": "2018-08-20", "method": "终结本次执行程序", "amount_unpaid": "5.00"},
    "measures": [
        {
            "kind": "失信",
            "party": "秦椒榕",
            "decided_on": "2018-05-02",
            "published_from": "2018-05-03",
            "behaviour": "违反财产报告制度",
            "performance": "全部未履行",
        },
        {"kind": "限制消费", "party": "秦椒榕", "decided_on": "2018-05-02"},
    ],
    "auctions": [
        {
            "lot": "1",
            "title": "营口市两居室住宅一套",
            "property_kind": "住宅用房",
            "platform": "淘宝网",
            "url": "https://sf-item.taobao.com/sf_item/1.htm",
            "round": "一拍",
            "starting_price": "350000.00",
            "starts_at": "2018-06-01T10:00:00+08:00",
            "status": "预告",
        }
    ],
}


@dataclass(frozen=True)
class Console:
    """``portal …`` against one instance."""

    home: Path

    def __call__(self, *arguments: str, **options: Any) -> Result:
        """Run a command in this process."""
        environ = {"PORTAL_HOME": str(self.home), **options.pop("env", {})}
        return CliRunner().invoke(main, arguments, env=environ, prog_name="portal", **options)

    def json(self, *arguments: str, exit_code: int = 0) -> Any:
        """Run a command with ``--json`` and return the one object it printed."""
        result = self(*arguments, "--json")
        assert result.exit_code == exit_code, result.output
        assert len(result.stdout.splitlines()) == 1
        return json.loads(result.stdout)

    def spawn(self, *arguments: str, **environ: str) -> subprocess.Popen[str]:
        """Start a command in a process of its own."""
        code = "from portal.commands import main; main()"
        return subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            env={**os.environ, "PORTAL_HOME": str(self.home), **environ},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def read(self, store: str, query: str) -> list[Any]:
        """Rows of one of the two SQLite files: ``public/disclosure`` or ``office/registry``."""
        path = self.home / f"{store}.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as connection:
            return connection.execute(query).fetchall()

    def write(self, store: str, statement: str, values: Sequence[Any] = ()) -> None:
        """Change one of the two SQLite files behind the portal's back."""
        path = self.home / f"{store}.db"
        with closing(sqlite3.connect(path, timeout=30)) as connection, connection:
            assert connection.execute(statement, values).rowcount == 1


@pytest.fixture(scope="session")
def initialised_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance after ``portal init``, made once."""
    home = tmp_path_factory.mktemp("commands") / "instance"
    assert Console(home)("init").exit_code == 0
    return home


@pytest.fixture
def bare(home: Path) -> Console:
    """The console of an instance that nothing was ever done to."""
    return Console(home)


@pytest.fixture
def portal(initialised_home: Path, home: Path) -> Console:
    """The console of an initialised, empty instance."""
    shutil.copytree(initialised_home, home)
    return Console(home)


@pytest.fixture(scope="session")
def published_home(initialised_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with one released case on every list, one closed to the public, one held."""
    home = tmp_path_factory.mktemp("published") / "instance"
    shutil.copytree(initialised_home, home)
    records = (
        {**CASE, **LISTED},
        {**CASE, "case_number": "（2018）辽0803执124号", "disclosure": CLOSED},
        {**CASE, "case_number": "（2018）辽0803执125号", "disclosure": None},
    )
    file = home.parent / "export.jsonl"
    file.write_bytes(b"".join(encoded(record) + b"\n" for record in records))
    console = Console(home)
    for arguments in (("import", str(file)), ("publish",)):
        result = console(*arguments)
        assert result.exit_code == 0, result.output
    return home


@pytest.fixture
def published(published_home: Path, home: Path) -> Console:
    """The console of an instance that has something public."""
    shutil.copytree(published_home, home)
    return Console(home)


@pytest.fixture
def record(case: Callable[..., Record]) -> Callable[..., Record]:
    """A case the gate releases by itself, told by its serial; keywords replace fields."""

    def make(number: int = 123, **fields: Any) -> Record:
        return case(**{"case_number": f"（2018）辽0803执{number}号"} | fields)

    return make
