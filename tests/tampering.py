"""What somebody with the store in his hands does to the audit log, by SQL of his own."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import StaticPool, create_engine
from sqlalchemy.orm import Session

from portal.registry.audit import GENESIS, entry_digest

COLUMNS = ("id", "at", "actor", "act", "subject", "detail", "previous", "digest")
Tampering = Callable[[sqlite3.Connection, random.Random], str]


def disarm(session: Session) -> None:
    """Drop the triggers of the log, as whoever owns the store can."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_%'"
    for (name,) in session.connection().exec_driver_sql(query).fetchall():
        session.connection().exec_driver_sql(f"DROP TRIGGER {name}")


def tamper(path: Path, act: Tampering, seed: int) -> str:
    """Do one thing to the log in a SQLite file; return what was done."""
    with closing(sqlite3.connect(path)) as connection, connection:
        return _do(connection, act, seed)


@contextmanager
def tampered_copy(path: Path, act: Tampering, seed: int) -> Iterator[tuple[str, Session]]:
    """What was done, and a session on a copy (in memory) of the store to which it was done."""
    with closing(sqlite3.connect(":memory:")) as copy:
        with closing(sqlite3.connect(path)) as original:
            original.backup(copy)
        with copy:
            done = _do(copy, act, seed)
        engine = create_engine("sqlite://", creator=lambda: copy, poolclass=StaticPool)
        with Session(engine) as session:
            yield done, session


def _do(connection: sqlite3.Connection, act: Tampering, seed: int) -> str:
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_%'"
    for (name,) in connection.execute(triggers).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    return act(connection, random.Random(seed))


def _rows(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    found = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM audit_entry ORDER BY id")
    return [dict(zip(COLUMNS, row, strict=True)) for row in found]


def _digest(row: dict[str, Any], previous: str) -> str:
    at = datetime.fromisoformat(row["at"]).replace(tzinfo=UTC)
    content = row | {"at": at, "detail": json.loads(row["detail"]), "previous": previous}
    return entry_digest(SimpleNamespace(**content))  # type: ignore[arg-type]


def _other(column: str, row: dict[str, Any], rng: random.Random) -> Any:
    """Another value for a column than the one the row has."""
    hexadecimal = "".join(rng.choice("0123456789abcdef") for _ in range(64))
    choices: dict[str, list[Any]] = {
        "id": [row["id"] + 10_000, -row["id"], 0],
        "at": ["2018-01-01 00:00:00.000000", row["at"][:-1] + "x", "", 7],
        "actor": [row["actor"] + " ", "somebody else", "", b"\x00", 7],
        "act": ["case.view", row["act"].upper(), ""],
        "subject": ["（2018）辽0803执9号", row["subject"] + "\u200b", "", b"\xff\xfe"],
        "detail": ['{"n": 99}', "{}", "null", "{", '{"n": true}', b"\xff"],
        "previous": [hexadecimal, ""],
        "digest": [hexadecimal, row["digest"].upper() + "x"],
    }
    return rng.choice([value for value in choices[column] if value != row[column]])


def edit(column: str) -> Tampering:
    """Give one row another value in a column."""

    def act(connection: sqlite3.Connection, rng: random.Random) -> str:
        row = rng.choice(_rows(connection))
        value = _other(column, row, rng)
        connection.execute(f"UPDATE audit_entry SET {column} = ? WHERE id = ?", (value, row["id"]))
        return f"{column} of {row['id']} = {value!r}"

    return act


def delete_one(connection: sqlite3.Connection, rng: random.Random) -> str:
    """Remove any one row."""
    number = rng.choice(_rows(connection))["id"]
    connection.execute("DELETE FROM audit_entry WHERE id = ?", (number,))
    return f"removed {number}"


def delete_tail(connection: sqlite3.Connection, rng: random.Random) -> str:
    """Remove the newest rows."""
    rows = _rows(connection)
    number = rows[-rng.randint(1, len(rows))]["id"]
    connection.execute("DELETE FROM audit_entry WHERE id >= ?", (number,))
    return f"removed from {number}"


def renumber_after_delete(connection: sqlite3.Connection, rng: random.Random) -> str:
    """Remove a row and close the gap it leaves."""
    number = rng.choice(_rows(connection)[:-1])["id"]
    connection.execute("DELETE FROM audit_entry WHERE id = ?", (number,))
    connection.execute("UPDATE audit_entry SET id = -id WHERE id > ?", (number,))
    connection.execute("UPDATE audit_entry SET id = -id - 1 WHERE id < 0")
    return f"removed {number} and renumbered"


def swap(connection: sqlite3.Connection, rng: random.Random) -> str:
    """Let two rows change places."""
    one, other = (row["id"] for row in rng.sample(_rows(connection), 2))
    for old, new in ((one, -1), (other, one), (-1, other)):
        connection.execute("UPDATE audit_entry SET id = ? WHERE id = ?", (new, old))
    return f"swapped {one} and {other}"


def insert(connection: sqlite3.Connection, rng: random.Random) -> str:
    """Add a row at the end, with digests that fit."""
    rows = _rows(connection)
    row = rows[-1] | {"id": rows[-1]["id"] + 1, "actor": "nobody"}
    row["previous"] = rows[-1]["digest"]
    row["digest"] = _digest(row, row["previous"])
    _insert(connection, row)
    return f"added {row['id']}"


def insert_between(connection: sqlite3.Connection, rng: random.Random) -> str:
    """Add a row among the others, with a digest that fits, and renumber the rest."""
    before = rng.choice(_rows(connection)[:-1])
    number = before["id"]
    connection.execute("UPDATE audit_entry SET id = -id WHERE id > ?", (number,))
    connection.execute("UPDATE audit_entry SET id = -id + 1 WHERE id < 0")
    row = before | {"id": number + 1, "actor": "nobody"}
    # The right digest before it stands at the row that followed: a unique column.
    row["previous"] = before["digest"][:-1] + "x"
    row["digest"] = _digest(row, row["previous"])
    _insert(connection, row)
    return f"added {row['id']} and renumbered"


def recompute_one(connection: sqlite3.Connection, rng: random.Random) -> str:
    """Change a row and compute its own digest anew."""
    row = rng.choice(_rows(connection)) | {"actor": "somebody else"}
    connection.execute(
        "UPDATE audit_entry SET actor = ?, digest = ? WHERE id = ?",
        (row["actor"], _digest(row, row["previous"]), row["id"]),
    )
    return f"recomputed {row['id']}"


def edit_head(connection: sqlite3.Connection, rng: random.Random) -> str:
    """Change the row that names the newest entry, or remove it."""
    statement = rng.choice(
        (
            "UPDATE audit_head SET length = length - 1",
            "UPDATE audit_head SET length = length + 1",
            "UPDATE audit_head SET digest = lower(hex(randomblob(32)))",
            "UPDATE audit_head SET length = 0, digest = printf('%064d', 0)",
            "UPDATE audit_head SET id = 2",
            "DELETE FROM audit_head",
        )
    )
    connection.execute(statement)
    return statement


def rewrite(connection: sqlite3.Connection, rng: random.Random) -> str:
    """Change a row, then compute every digest after it anew, head row and all."""
    rows = _rows(connection)
    number = rng.choice(rows)["id"]
    changed = [row | ({"actor": "nobody"} if row["id"] == number else {}) for row in rows]
    _write_all(connection, changed)
    return f"rewrote from {number}"


def rewrite_without_one(connection: sqlite3.Connection, rng: random.Random) -> str:
    """Remove a row, then number and compute everything after it anew."""
    rows = _rows(connection)
    gone = rng.choice(rows)["id"]
    _write_all(connection, [row for row in rows if row["id"] != gone])
    return f"rewrote without {gone}"


def cut_cleanly(connection: sqlite3.Connection, rng: random.Random) -> str:
    """Remove the newest rows and set the head row back."""
    rows = _rows(connection)
    kept = rows[: rng.randrange(len(rows))]
    _write_all(connection, kept)
    return f"cut to {len(kept)}"


def without_signatures(act: Tampering) -> Tampering:
    """Remove every trace of a signature from the store first."""

    def both(connection: sqlite3.Connection, rng: random.Random) -> str:
        connection.execute("DELETE FROM audit_signature")
        _write_all(connection, [row for row in _rows(connection) if row["act"] != "audit.sign"])
        return f"{act(connection, rng)}, signatures removed"

    return both


def _write_all(connection: sqlite3.Connection, rows: list[dict[str, Any]]) -> None:
    connection.execute("DELETE FROM audit_entry")
    previous = GENESIS
    for number, row in enumerate(rows, 1):
        fresh = row | {"id": number, "previous": previous}
        fresh["digest"] = previous = _digest(fresh, previous)
        _insert(connection, fresh)
    connection.execute("UPDATE audit_head SET length = ?, digest = ?", (len(rows), previous))


def _insert(connection: sqlite3.Connection, row: dict[str, Any]) -> None:
    places = ", ".join("?" for _ in COLUMNS)
    connection.execute(
        f"INSERT INTO audit_entry ({', '.join(COLUMNS)}) VALUES ({places})",
        [row[column] for column in COLUMNS],
    )


# Tampering that does not touch every digest behind it: the chain itself gives it away.
FOUND_BY_CHAIN: tuple[Tampering, ...] = (
    *(edit(column) for column in COLUMNS),
    delete_one,
    delete_tail,
    renumber_after_delete,
    swap,
    insert,
    insert_between,
    recompute_one,
    edit_head,
)
# Tampering that leaves a whole chain behind: only a signed head gives it away.
FOUND_BY_HEAD: tuple[Tampering, ...] = (rewrite, rewrite_without_one, cut_cleanly)
