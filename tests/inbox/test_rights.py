"""The public surface's own connection hands letters in and reads answers, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from portal.extensions import open_inbox
from portal.inbox.base import InboxBase
from portal.inbox.rights import PUBLIC_RIGHTS, SEALED_COLUMNS

DEPLOYMENT = Path(__file__).parents[2] / "docs" / "deployment.md"


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT box FROM submission",
        "SELECT * FROM submission",
        "SELECT length(box) FROM submission",
        "SELECT box FROM sealed_proof",
        "SELECT receipt FROM sealed_proof",
        "UPDATE submission SET progress = 'closed'",
        "UPDATE reply SET text = ''",
        "DELETE FROM submission",
        "DELETE FROM sealed_proof",
        "INSERT INTO reply (receipt, at, text) VALUES ('A', '2018-05-02', 'x')",
        "DROP TABLE submission",
        "ALTER TABLE submission ADD COLUMN name TEXT",
        "CREATE TRIGGER t AFTER INSERT ON submission BEGIN DELETE FROM reply; END",
        "CREATE TEMP TABLE copy AS SELECT receipt FROM submission",
        "ATTACH 'other.db' AS other",
        "PRAGMA writable_schema = 1",
        "SELECT sql FROM sqlite_master",
    ],
)
def test_everything_else_is_refused(public_app: Flask, statement: str) -> None:
    with (
        public_app.app_context(),
        open_inbox()() as session,
        pytest.raises(DatabaseError, match=r"not authorized|prohibited|too many attached"),
    ):
        session.execute(text(statement))


def test_what_it_needs_is_granted(public_app: Flask) -> None:
    with public_app.app_context(), open_inbox()() as session:
        assert session.execute(text("SELECT receipt, progress FROM submission")).all() == []
        assert session.execute(text("SELECT text FROM reply")).all() == []
        assert session.execute(text("DELETE FROM attempt")).rowcount == 0  # type: ignore[attr-defined]


def test_every_table_of_the_inbox_is_in_the_table_of_rights() -> None:
    assert set(PUBLIC_RIGHTS) == set(InboxBase.metadata.tables)


def test_the_operators_grants_are_the_same() -> None:
    told = DEPLOYMENT.read_text(encoding="utf-8")
    granted: dict[str, set[str]] = {}
    for rights, table in re.findall(r"GRANT ([\w, ()\n]+?) ON ([a-z_]+) TO portal_public;", told):
        for right in re.findall(r"\b(SELECT|INSERT|UPDATE|DELETE)\b", rights):
            granted.setdefault(table, set()).add(right)
    assert granted == {table: set(rights) for table, rights in PUBLIC_RIGHTS.items()}
    for table, column in SEALED_COLUMNS:
        readable = re.search(rf"GRANT SELECT \(([^)]*)\)[^;]* ON {table} ", told)
        assert readable is not None
        shown = {name.strip() for name in readable[1].split(",")}
        columns = {each.name for each in InboxBase.metadata.tables[table].columns}
        assert shown == columns - {column}
