"""What the public surface may do in the inbox: hand in, count tries, read answers. No more.

The sealed parts it wrote it may not even read back, though it could open none of them. On
SQLite the connection itself refuses (``refuse_what_is_not_granted``); on PostgreSQL the same
table stands as GRANTs in docs/deployment.md, and a test compares the two.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from types import MappingProxyType

PUBLIC_RIGHTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "attempt": frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"}),
        "submission": frozenset({"SELECT", "INSERT"}),
        "sealed_proof": frozenset({"INSERT"}),
        "reply": frozenset({"SELECT"}),
    }
)
SEALED_COLUMNS = frozenset({("submission", "box")})

_NEEDED_BY = {
    sqlite3.SQLITE_READ: "SELECT",
    sqlite3.SQLITE_INSERT: "INSERT",
    sqlite3.SQLITE_UPDATE: "UPDATE",
    sqlite3.SQLITE_DELETE: "DELETE",
}
# What every statement asks for beside its tables.
_HARMLESS = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_TRANSACTION,
        sqlite3.SQLITE_SAVEPOINT,
    }
)


def refuse_what_is_not_granted(
    action: int, table: str | None, column: str | None, _database: str | None, _by: str | None
) -> int:
    """An authorizer for ``sqlite3.Connection.set_authorizer`` that knows ``PUBLIC_RIGHTS``."""
    if action in _HARMLESS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA:
        # A pragma with a value changes something; the second argument is that value.
        return sqlite3.SQLITE_DENY if column else sqlite3.SQLITE_OK
    needed = _NEEDED_BY.get(action)
    granted = needed in PUBLIC_RIGHTS.get(table or "", frozenset())
    sealed = needed == "SELECT" and (table, column) in SEALED_COLUMNS
    return sqlite3.SQLITE_OK if granted and not sealed else sqlite3.SQLITE_DENY
