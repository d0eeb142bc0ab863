"""Measures the search index beside SQLite FTS5 over the same pairs of characters, in one run.

    python bench/search/run.py [--documents N] [--rounds R]

Both are asked for the same: ten hits by rank, the exact total and the counts by kind. The table
goes to bench/results/search-N.md; the ratio is ours over FTS5, so less than 1 is faster.
"""

import argparse
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from search_index import Change, Document, Kind, Page, Query, WhooshIndex
from search_index.grams import words

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建文云志国永鑫浩宇轩子涵梓"
COURTS = ("辽08", "辽0802", "辽0803", "辽0804", "辽0811", "辽0881", "辽0882")
TRADES = ("商贸", "建材", "机械制造", "房地产开发", "物流", "水产", "镁业", "服装")
CAUSES = ("民间借贷纠纷", "买卖合同纠纷", "机动车交通事故责任纠纷", "追索劳动报酬纠纷", "离婚纠纷")
STEPS = ("立案执行", "发出执行通知书", "发起网络查控", "冻结银行存款", "约谈申请执行人", "作出裁定")

Answer = tuple[int, int, dict[str, int]]
"""Hits on the page, hits in all, hits of each kind."""


def invent(count: int, seed: int = 1) -> Iterator[Document]:
    """Make documents like those of a court: half cases, a third debtors, the rest auctions."""
    chance = random.Random(seed)
    for number in range(count):
        court = chance.choice(COURTS)
        year = chance.randint(2008, 2018)
        key = f"{year}{court}执{number}"
        title = f"（{year}）{court}执{number}号"
        name = _name(chance)
        kind = chance.choices((Kind.CASE, Kind.DEBTOR, Kind.AUCTION), (3, 2, 1))[0]
        steps = "，".join(chance.choices(STEPS, k=8))
        body = f"申请执行人{name[0]}某与被执行人{chance.choice(SURNAMES)}某{chance.choice(CAUSES)}"
        yield Document(
            kind,
            str(number),
            name if kind is Kind.DEBTOR else title,
            f"/{kind}/{number}",
            case_keys=(key,),
            names=(name,) if kind is Kind.DEBTOR else (),
            body=f"{body}一案，本院依法{steps}。",
            court=court,
            date=date(year, 1, 1) + timedelta(days=chance.randrange(365)),
            status=chance.choice(("执行中", "已结案")),
        )


def _name(chance: random.Random) -> str:
    if chance.random() < 0.2:
        brand = "".join(chance.choices(GIVEN, k=2))
        return f"营口{brand}{chance.choice(TRADES)}有限公司"
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2))))


class Fts5:
    """The same documents in SQLite: pairs as tokens, filters as columns."""

    def __init__(self, path: Path) -> None:
        self.database = sqlite3.connect(path)

    def build(self, documents: Iterator[Document]) -> None:
        self.database.executescript(
            "CREATE TABLE item (id INTEGER PRIMARY KEY, kind, court, day, key, title, body);"
            "CREATE INDEX item_key ON item (key);"
            "CREATE VIRTUAL TABLE text USING fts5 (title, body, content='');"
        )
        for number, document in enumerate(documents, 1):
            self.add(number, document)
        self.database.commit()

    def add(self, number: int, document: Document) -> None:
        columns = (document.kind, document.court, str(document.date), document.case_keys[0])
        self.database.execute(
            "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, *columns, document.title, document.body),
        )
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
        count = f"SELECT kind, count(*) {where} GROUP BY kind"
        counts = dict(self.database.execute(count, given).fetchall())
        return len(hits), sum(counts.values()), counts


def _tokens(text: str) -> str:
    return " ".join(_query_tokens(text))


def _query_tokens(text: str) -> list[str]:
    return [
        token
        for word in words(text)
        for token in (*word.grams(), *(run.text for run in word.runs()))
    ]


def questions(documents: list[Document], count: int) -> dict[str, list[Query]]:
    """Ask for things that are there, of every sort a visitor asks for."""
    chance = random.Random(2)
    debtors = [d for d in chance.sample(documents, len(documents)) if d.kind is Kind.DEBTOR]
    people = [d.title for d in debtors if len(d.title) == 3][:count]
    companies = [d.title for d in debtors if len(d.title) > 5][:count]
    numbers = [d.case_keys[0] for d in chance.sample(documents, count)]
    return {
        "case number": [Query(case_key=key) for key in numbers],
        "name, 3 characters": [Query(text=name) for name in people],
        "name, 2 characters": [Query(text=name[1:]) for name in people],
        "company, 4 characters": [Query(text=name[2:6]) for name in companies],
        "name and court": [Query(text=name, court=chance.choice(COURTS)) for name in people],
        "common phrase": [Query(text=cause) for cause in CAUSES],
        "common phrase, from a date": [
            Query(text=cause, date_from=date(2017, 1, 1)) for cause in CAUSES
        ],
        "common phrase, page 100": [Query(text=cause, page=100) for cause in CAUSES],
        "nothing found": [Query(text="鼍鳄鼋鼍")],
    }


def timed(ask: Callable[[Query], object], queries: list[Query], rounds: int) -> list[float]:
    """Give the times of all questions in milliseconds, after one round to warm up."""
    for query in queries:
        ask(query)
    times = []
    for _ in range(rounds):
        for query in queries:
            start = time.perf_counter()
            ask(query)
            times.append((time.perf_counter() - start) * 1000)
    return times


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def size(path: Path) -> float:
    """Megabytes under a path."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


def row(what: str, ours: float, theirs: float, unit: str) -> str:
    return f"| {what} | {ours:.2f}{unit} | {theirs:.2f}{unit} | {ours / theirs:.2f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = measure(Path(folder), options.documents, options.rounds)
    report = "\n".join(lines) + "\n"
    print(report)
    target = Path(__file__).parents[1] / "results" / f"search-{options.documents}.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text(report, encoding="utf-8")


def measure(folder: Path, count: int, rounds: int) -> list[str]:
    documents = list(invent(count))
    fts5 = Fts5(folder / "fts5.sqlite")
    built = (
        seconds(lambda: WhooshIndex.replace(folder / "index", documents, 1)),
        seconds(lambda: fts5.build(iter(documents))),
    )
    index = WhooshIndex.open(folder / "index")
    lines = [
        f"# Search over {count} documents, {os.cpu_count()} processors",
        "",
        "Whoosh through `search_index` beside SQLite FTS5 over the same pairs of characters.",
        "Times of a search in milliseconds, best hits and exact counts included.",
        "",
        "| what | search_index | FTS5 | ratio |",
        "|---|---|---|---|",
        row("build", *built, " s"),
        row("size", size(folder / "index"), size(folder / "fts5.sqlite"), " MB"),
    ]
    for name, queries in questions(documents, 50).items():
        for query in queries:
            page: Page = index.search(query)
            _, total, _ = fts5.search(query)
            # FTS5 has no loose answers; everything else has to be the same.
            assert page.near or page.total == total, (query, page.total, total)
        ours = timed(index.search, queries, rounds)
        theirs = timed(fts5.search, queries, rounds)
        lines.append(row(f"{name}, median", statistics.median(ours), statistics.median(theirs), ""))
        lines.append(row(f"{name}, slowest", max(ours), max(theirs), ""))
    opened = seconds(lambda: WhooshIndex.open(folder / "index").search(Query(text="民间借贷")))
    reopened = seconds(lambda: Fts5(folder / "fts5.sqlite").search(Query(text="民间借贷")))
    lines.append(row("cold open and first search", opened, reopened, " s"))
    change = Change(2, documents[0].kind, documents[0].id, documents[0])
    updated = seconds(lambda: index.apply([change]))
    added = seconds(lambda: (fts5.add(count + 1, documents[0]), fts5.database.commit()))
    lines.append(row("one document changed (FTS5: added)", updated, added, " s"))
    return lines


if __name__ == "__main__":
    main()
