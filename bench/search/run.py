"""Measures the search index beside other engines over the same pairs of characters, in one run.

    python bench/search/run.py [--documents N] [--rounds R]

SQLite FTS5 is always there; tantivy joins when it is installed, PostgreSQL when BENCH_POSTGRES_URL
names an empty database (postgresql://…), OpenSearch when BENCH_SEARCH_URL gives an address as
SEARCH_URL does (through our own engine). The table goes to
bench/results/search-N.md; what stands behind a time is the ratio to ours, more than 1 is slower.
The times are processor time of this process where the engine runs in it, so that a busy machine
does not blur them; PostgreSQL and OpenSearch run elsewhere and are timed by the clock.
"""

import argparse
import importlib.util
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from peers import Answer, Fts5, Postgres, Tantivy

from search_index import MOST_COUNTED, Change, Document, Kind, Query, open_index, replace_index

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建文云志国永鑫浩宇轩子涵梓"
COURTS = ("辽08", "辽0802", "辽0803", "辽0804", "辽0811", "辽0881", "辽0882")
TRADES = ("商贸", "建材", "机械制造", "房地产开发", "物流", "水产", "镁业", "服装")
CAUSES = ("民间借贷纠纷", "买卖合同纠纷", "机动车交通事故责任纠纷", "追索劳动报酬纠纷", "离婚纠纷")
STEPS = ("立案执行", "发出执行通知书", "发起网络查控", "冻结银行存款", "约谈申请执行人", "作出裁定")


class Engine(Protocol):
    """What is measured."""

    clock: Callable[[], float]

    def build(self, documents: list[Document]) -> None: ...

    def reopen(self) -> None: ...

    def change(self, document: Document) -> None: ...

    def search(self, query: Query) -> Answer: ...


class Ours:
    """An engine behind `search_index`: the embedded one, or one in a cluster."""

    def __init__(self, where: Path | str) -> None:
        self.where = where
        self.clock = time.process_time if isinstance(where, Path) else time.perf_counter

    def build(self, documents: list[Document]) -> None:
        replace_index(self.where, documents, 1)

    def reopen(self) -> None:
        self.index = open_index(self.where)

    def change(self, document: Document) -> None:
        self.index.apply([Change(self.index.position + 1, document.kind, document.id, document)])

    def search(self, query: Query) -> Answer:
        page = self.index.search(query)
        return len(page.hits), 0 if page.near else page.total


def invent(count: int, seed: int = 1) -> Iterator[Document]:
    """Make documents like those of a court: half cases, a third debtors, the rest auctions."""
    chance = random.Random(seed)
    for number in range(count):
        court = chance.choice(COURTS)
        year = chance.randint(2008, 2018)
        key = f"{year}{court}执{number}"
        title = f"（{year}）{court}执{number}号"
        name = invent_name(chance)
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


def invent_name(chance: random.Random) -> str:
    if chance.random() < 0.2:
        brand = "".join(chance.choices(GIVEN, k=2))
        return f"营口{brand}{chance.choice(TRADES)}有限公司"
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2))))


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
        "common phrase, page 100 (the last)": [Query(text=cause, page=100) for cause in CAUSES],
        "nothing found": [Query(text="鼍鳄鼋鼍")],
    }


def timed(engine: Engine, queries: list[Query], rounds: int) -> list[float]:
    """Give the times of all questions in milliseconds, after one round to warm up."""
    for query in queries:
        engine.search(query)
    times = []
    for _ in range(rounds):
        for query in queries:
            start = engine.clock()
            engine.search(query)
            times.append((engine.clock() - start) * 1000)
    return sorted(times)


def seconds(engine: Engine, act: Callable[[], object]) -> float:
    start = engine.clock()
    act()
    return engine.clock() - start


def size(path: Path) -> float:
    """Megabytes under a path."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


def row(what: str, unit: str, ours: float, *others: float) -> str:
    cells = [f"{other:.2f}{unit} ({other / ours:.2f})" if ours else "–" for other in others]
    return f"| {what} | {ours:.2f}{unit} | {' | '.join(cells)} |"


def engines(folder: Path) -> dict[str, Engine]:
    """Everything that is there to be measured, ours first."""
    found: dict[str, Engine] = {
        "Whoosh, ours": Ours(folder / "whoosh"),
        "SQLite FTS5": Fts5(folder / "fts5.sqlite"),
    }
    if importlib.util.find_spec("tantivy"):
        found["tantivy"] = Tantivy(folder / "tantivy")
    if address := os.environ.get("BENCH_POSTGRES_URL"):
        found["PostgreSQL"] = Postgres(address)
    if url := os.environ.get("BENCH_SEARCH_URL"):
        found["OpenSearch, ours"] = Ours(url)
    return found


def measure(folder: Path, count: int, rounds: int) -> list[str]:
    documents = list(invent(count))
    compared = engines(folder)
    built = [
        seconds(engine, lambda engine=engine: engine.build(documents))
        for engine in compared.values()
    ]
    opened = []
    for engine in compared.values():
        engine.reopen()
        opened.append(seconds(engine, lambda engine=engine: engine.search(Query(text="借贷"))))
    lines = [
        f"# Search over {count} documents",
        "",
        "All over the same pairs of characters, ten hits and a count a search. FTS5 counts to "
        f"{MOST_COUNTED} and ours stops there too; tantivy counts all. Times in milliseconds "
        "unless another unit stands there; in brackets the ratio to the first column.",
        "",
        f"| what | {' | '.join(compared)} |",
        f"|---|{'---|' * len(compared)}",
        row("build", " s", *built),
        row("first search after opening", " s", *opened),
    ]
    for path in (folder / "whoosh", folder / "fts5.sqlite", folder / "tantivy"):
        if path.exists():
            lines.append(
                f"| size of {path.stem} | {size(path):.1f} MB | {'| ' * (len(compared) - 1)}|"
            )
    for name, queries in questions(documents, 50).items():
        for query in queries:
            totals = {min(engine.search(query)[1], MOST_COUNTED) for engine in compared.values()}
            # No other engine has loose answers; everything else has to be the same.
            assert len(totals) == 1, (query, totals)
        times = [timed(engine, queries, rounds) for engine in compared.values()]
        lines.append(row(f"{name}, p50", "", *(statistics.median(given) for given in times)))
        lines.append(row(f"{name}, p99", "", *(given[int(len(given) * 0.99)] for given in times)))
    changed = [
        seconds(engine, lambda engine=engine: engine.change(documents[0]))
        for engine in compared.values()
    ]
    lines.append(row("one document changed (FTS5, tantivy: added)", " s", *changed))
    return lines


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


if __name__ == "__main__":
    main()
