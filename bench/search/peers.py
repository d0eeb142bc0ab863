"""The engines ours is measured beside: the same documents, the same pairs of characters."""

import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from search_index import MOST_COUNTED, Document, Query
from search_index.grams import words

Answer = tuple[int, int]
"""Hits on the page, hits in all."""


class Fts5:
    """The same documents in SQLite: pairs as tokens, filters as columns."""

    clock = staticmethod(time.process_time)

    def __init__(self, path: Path) -> None:
        self.path = path

    def reopen(self) -> None:
        self.database = sqlite3.connect(self.path)

    def build(self, documents: Iterable[Document]) -> None:
        self.reopen()
        self.database.executescript(
            "CREATE TABLE item (id INTEGER PRIMARY KEY, kind, court, day, key, title, body);"
            "CREATE INDEX item_key ON item (key);"
            "CREATE VIRTUAL TABLE text USING fts5 (title, body, content='');"
        )
        for document in documents:
            self._add(document)
        self.database.commit()

    def change(self, document: Document) -> None:
        self._add(document)
        self.database.commit()

    def _add(self, document: Document) -> None:
        columns = (document.kind, document.court, str(document.date), document.case_keys[0])
        number = self.database.execute(
            "INSERT INTO item (kind, court, day, key, title, body) VALUES (?, ?, ?, ?, ?, ?)",
            (*columns, document.title, document.body),
        ).lastrowid
        self.database.execute(
            "INSERT INTO text (rowid, title, body) VALUES (?, ?, ?)",
            (number, _tokens(document.title), _tokens(document.body)),
        )

    def search(self, query: Query) -> Answer:
        if query.case_key:
            where, given = "FROM item WHERE key = ?", [query.case_key]
        else:
            where = "FROM text JOIN item ON item.id = text.rowid WHERE text MATCH ?"
            given = [" ".join(f'"{token}"' for token in _query_tokens(query.text))]
            given[0] += "*" if is_beginning(query) else ""
        for column, value in (("court", query.court), ("kind", query.kind)):
            if value:
                where += f" AND {column} = ?"
                given.append(value)
        if query.date_from:
            where += " AND day >= ?"
            given.append(str(query.date_from))
        order = "item.day" if query.case_key else "rank"
        page = f"SELECT item.* {where} ORDER BY {order} LIMIT 10 OFFSET ?"
        hits = self.database.execute(page, [*given, (query.page - 1) * 10]).fetchall()
        counted = f"SELECT count(*) FROM (SELECT 1 {where} LIMIT {MOST_COUNTED})"  # noqa: S608
        return len(hits), self.database.execute(counted, given).fetchone()[0]

    def size(self) -> int:
        return bytes_under(self.path)


class Tantivy:
    """The same documents in tantivy: pairs as tokens, filters as terms, exact counts."""

    clock = staticmethod(time.process_time)

    def __init__(self, path: Path) -> None:
        import tantivy

        path.mkdir(exist_ok=True)
        self.tantivy, self.path = tantivy, path
        builder = tantivy.SchemaBuilder()
        for name in ("text", "key", "court", "kind"):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
        builder.add_integer_field("day", indexed=True, fast=True)
        builder.add_text_field("data", stored=True, tokenizer_name="raw")
        self.schema = builder.build()

    def reopen(self) -> None:
        self.index = self.tantivy.Index(self.schema, path=str(self.path))
        self.index.reload()

    def build(self, documents: Iterable[Document]) -> None:
        self.reopen()
        writer = self.index.writer(heap_size=64_000_000, num_threads=1)
        for document in documents:
            self._add(writer, document)
        writer.commit()
        writer.wait_merging_threads()

    def change(self, document: Document) -> None:
        writer = self.index.writer(heap_size=15_000_000, num_threads=1)
        self._add(writer, document)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def _add(self, writer: Any, document: Document) -> None:
        writer.add_document(
            self.tantivy.Document(
                text=[f"{_tokens(document.title)} {_tokens(document.body)}"],
                key=[document.case_keys[0]],
                court=[document.court],
                kind=[document.kind.value],
                day=[document.date.toordinal() if document.date else 0],
                data=[document.title],
            )
        )

    def search(self, query: Query) -> Answer:
        ask, schema = self.tantivy.Query, self.schema
        terms = [("key", query.case_key)] if query.case_key else []
        if not is_beginning(query):
            terms += [("text", token) for token in _query_tokens(query.text)]
        terms += [("court", query.court)] if query.court else []
        terms += [("kind", query.kind.value)] if query.kind else []
        must = [ask.term_query(schema, field, value, "basic") for field, value in terms]
        if is_beginning(query):
            must.append(ask.regex_query(schema, "text", f"{query.text}.*"))
        if query.date_from:
            first = query.date_from.toordinal()
            kind = self.tantivy.FieldType.Integer
            must.append(ask.range_query(schema, "day", kind, first, 10**7))
        asked = ask.boolean_query([(self.tantivy.Occur.Must, part) for part in must])
        searcher = self.index.searcher()
        found = searcher.search(asked, 10, count=True, offset=(query.page - 1) * 10)
        for _, address in found.hits:
            searcher.doc(address)
        return len(found.hits), found.count

    def size(self) -> int:
        return bytes_under(self.path)


class Postgres:
    """The same documents in PostgreSQL: pairs as lexemes under a GIN index, filters as columns.

    ``address`` names an empty database of a server on this machine: its time is ours and that of
    the one server process that works for us.
    """

    def __init__(self, address: str) -> None:
        import psycopg

        self.database = psycopg.connect(address, autocommit=True)
        self.database.execute("SET max_parallel_workers_per_gather = 0")
        self.database.execute("SET max_parallel_maintenance_workers = 0")
        self.server = Path(f"/proc/{self.database.info.backend_pid}/schedstat")

    def clock(self) -> float:
        return time.process_time() + int(self.server.read_text().split()[0]) / 1e9

    def build(self, documents: Iterable[Document]) -> None:
        self.database.execute(
            "CREATE TABLE item (id serial PRIMARY KEY, kind text, court text, day text,"
            " key text, title text, body text, terms tsvector)"
        )
        with (
            self.database.cursor() as cursor,
            cursor.copy("COPY item (kind, court, day, key, title, body, terms) FROM STDIN") as copy,
        ):
            for document in documents:
                copy.write_row(self._row(document))
        self.database.execute("CREATE INDEX ON item (key)")
        self.database.execute("CREATE INDEX ON item USING gin (terms)")
        self.database.execute("VACUUM ANALYZE item")

    def reopen(self) -> None:
        """The server keeps its files open; there is nothing to open anew."""

    def change(self, document: Document) -> None:
        self.database.execute(
            "INSERT INTO item (kind, court, day, key, title, body, terms)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            self._row(document),
        )

    def _row(self, document: Document) -> tuple[str, ...]:
        lexemes = {*_query_tokens(document.title), *_query_tokens(document.body)}
        return (
            document.kind.value,
            document.court,
            str(document.date),
            document.case_keys[0],
            document.title,
            document.body,
            " ".join(f"'{lexeme}'" for lexeme in lexemes),
        )

    def search(self, query: Query) -> Answer:
        if query.case_key:
            where, given = "FROM item WHERE key = %s", [query.case_key]
        else:
            where = "FROM item WHERE terms @@ %s::tsquery"
            given = [" & ".join(f"'{token}'" for token in _query_tokens(query.text))]
            given[0] += ":*" if is_beginning(query) else ""
        for column, value in (("court", query.court), ("kind", query.kind)):
            if value:
                where += f" AND {column} = %s"
                given.append(value)
        if query.date_from:
            where += " AND day >= %s"
            given.append(str(query.date_from))
        # Newest first: ts_rank would have to read every match.
        page = f"SELECT id, title, body {where} ORDER BY day DESC LIMIT 10 OFFSET %s"
        hits = self.database.execute(page, [*given, (query.page - 1) * 10]).fetchall()
        counted = f"SELECT count(*) FROM (SELECT 1 {where} LIMIT {MOST_COUNTED}) AS found"  # noqa: S608
        row = self.database.execute(counted, given).fetchone()
        assert row is not None
        return len(hits), row[0]

    def size(self) -> int:
        row = self.database.execute("SELECT pg_total_relation_size('item')").fetchone()
        assert row is not None
        size: int = row[0]
        return size


def bytes_under(path: Path) -> int:
    """What a file or a folder takes on disk."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files)


def is_beginning(query: Query) -> bool:
    """Whether the beginning of a number is asked for."""
    return query.text.isdigit()


def _tokens(text: str) -> str:
    return " ".join(_query_tokens(text))


def _query_tokens(text: str) -> list[str]:
    return [
        token
        for word in words(text)
        for token in (*word.grams(), *(run.text for run in word.runs()))
    ]
