"""Measures the search index beside other engines over the same pairs of characters, in one run.

    python bench/search/run.py [--documents N] [--rounds R] [--keep FOLDER]

SQLite FTS5 is always there; tantivy joins when it is installed (requirements.txt), PostgreSQL when
BENCH_POSTGRES_URL names an empty database (postgresql://…), OpenSearch when BENCH_SEARCH_URL gives
an address as SEARCH_URL does (through our own engine). The table goes to bench/results/search-N.md;
what stands behind a time is the ratio to ours, more than 1 is slower.
With --keep what was built stays, and the next run measures searches over it at once.
The times are processor time, so that a busy machine blurs them less: of this process and, for
PostgreSQL, of the server process too. OpenSearch works in many threads and is timed by the clock.
"""

import argparse
import importlib.util
import json
import os
import random
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from peers import Answer, Fts5, Postgres, Tantivy, bytes_under

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

    def build(self, documents: Iterable[Document]) -> None: ...

    def reopen(self) -> None: ...

    def change(self, document: Document) -> None: ...

    def search(self, query: Query) -> Answer: ...

    def size(self) -> int:
        """Bytes on disk."""


class Ours:
    """An engine behind `search_index`: the embedded one, or one in a cluster."""

    def __init__(self, where: Path | str) -> None:
        self.where = where
        self.clock = time.process_time if isinstance(where, Path) else time.perf_counter

    def build(self, documents: Iterable[Document]) -> None:
        replace_index(self.where, documents, 1)

    def reopen(self) -> None:
        self.index = open_index(self.where)

    def change(self, document: Document) -> None:
        self.index.apply([Change(self.index.position + 1, document.kind, document.id, document)])

    def withdraw(self, document: Document) -> None:
        self.index.apply([Change(self.index.position + 1, document.kind, document.id, None)])

    def search(self, query: Query) -> Answer:
        page = self.index.search(query)
        return len(page.hits), 0 if page.near else page.total

    def size(self) -> int:
        if isinstance(self.where, Path):
            return bytes_under(self.where)
        host, name = urlsplit(self.where).netloc.split(",")[0], urlsplit(self.where).path
        with urllib.request.urlopen(f"http://{host}{name}/_stats/store") as answer:
            stored: int = json.load(answer)["_all"]["primaries"]["store"]["size_in_bytes"]
            return stored


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


def sample(count: int, size: int = 20_000) -> list[Document]:
    """Some of the documents, from all over the collection."""
    return list(islice(invent(count), 0, None, max(1, count // size)))


def questions(documents: list[Document], count: int) -> dict[str, list[Query]]:
    """Ask for things that are there, of every sort a visitor asks for."""
    chance = random.Random(2)
    debtors = [d for d in chance.sample(documents, len(documents)) if d.kind is Kind.DEBTOR]
    people = [d.title for d in debtors if len(d.title) == 3][:count]
    companies = [d.title for d in debtors if len(d.title) > 5][:count]
    keys = [d.case_keys[0] for d in chance.sample(documents, count)]
    serials = [key.split("执")[1] for key in keys]
    return {
        "case number": [Query(case_key=key) for key in keys],
        "beginning of a number": [Query(text=serial[:4]) for serial in serials if len(serial) > 4],
        "name, 3 characters": [Query(text=name) for name in people],
        "name, 2 characters": [Query(text=name[1:]) for name in people],
        "company, 4 characters": [Query(text=name[2:6]) for name in companies],
        "name and court": [Query(text=name, court=chance.choice(COURTS)) for name in people],
        "two characters in a fifth of all": [Query(text="借贷")],
        "common phrase": [Query(text=cause) for cause in CAUSES],
        "common phrase, court and kind": [
            Query(text=cause, court=court, kind=Kind.AUCTION)
            for cause in CAUSES
            for court in COURTS[:3]
        ],
        "common phrase, from a date": [
            Query(text=cause, date_from=date(2017, 1, 1)) for cause in CAUSES
        ],
        "common phrase, page 100 (the last)": [Query(text=cause, page=100) for cause in CAUSES],
        "nothing found": [Query(text="鼍鳄鼋鼍")],
    }


def odd_documents(count: int) -> list[Document]:
    """Documents to change that no question asks for, as long as the others."""
    chance = random.Random(4)
    return [
        Document(
            Kind.CASE,
            f"changed{n}",
            "更替",
            f"/case/changed{n}",
            case_keys=(f"changed{n}",),
            body="".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(80)),
            court=COURTS[0],
            date=date(2007, 1, 1),
        )
        for n in range(count)
    ]


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


def row(what: str, unit: str, ours: float, *others: float | None) -> str:
    cells = [
        "–" if other is None else f"{other:.2f}{unit} ({other / ours:.2f})" for other in others
    ]
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


def built(name: str, engine: Engine, folder: Path, count: int) -> float:
    """Build unless an earlier run left it in the folder; give the seconds that took."""
    done = folder / f"{name}.seconds"
    if not done.exists():
        documents = list(invent(count))
        done.write_text(str(seconds(engine, lambda: engine.build(documents))))
    return float(done.read_text())


def measure(folder: Path, count: int, rounds: int) -> list[str]:
    compared = engines(folder)
    building = [built(name, engine, folder, count) for name, engine in compared.items()]
    opened = []
    for engine in compared.values():

        def open_and_search(engine: Engine = engine) -> None:
            engine.reopen()
            engine.search(Query(text="云舟"))

        opened.append(seconds(engine, open_and_search) * 1000)
    lines = [
        f"# Search over {count} documents",
        "",
        "All over the same pairs of characters, ten hits and a count a search. FTS5 and PostgreSQL "
        f"count to {MOST_COUNTED} and ours stops there too; tantivy counts all. Milliseconds "
        "unless another unit stands there; in brackets the ratio to the first column. Processor "
        "time, OpenSearch by the clock. With --keep the builds are of an earlier run.",
        "",
        f"| what | {' | '.join(compared)} |",
        f"|---|{'---|' * len(compared)}",
        row("build", " s", *building),
        row("open and search for the first time", "", *opened),
    ]
    lines.append(row("size", " MB", *(engine.size() / 1e6 for engine in compared.values())))
    for name, queries in questions(sample(count), 50).items():
        for query in queries:
            totals = {min(engine.search(query)[1], MOST_COUNTED) for engine in compared.values()}
            # No other engine has loose answers; everything else has to be the same.
            assert len(totals) == 1, (query, totals)
        times = [timed(engine, queries, rounds) for engine in compared.values()]
        lines.append(row(f"{name}, p50", "", *(statistics.median(given) for given in times)))
        lines.append(row(f"{name}, p99", "", *(given[int(len(given) * 0.99)] for given in times)))
    changed = [timed_changes(engine, engine.change) for engine in compared.values()]
    lines.append(row("one document added (ours: or replaced), p50", "", *changed))
    ours = compared["Whoosh, ours"]
    assert isinstance(ours, Ours)
    withdrawn = timed_changes(ours, ours.withdraw)
    lines.append(row("one document withdrawn, p50", "", withdrawn, *[None] * (len(compared) - 1)))
    return lines


def timed_changes(engine: Engine, act: Callable[[Document], None]) -> float:
    """Milliseconds of one change."""
    times = [seconds(engine, lambda each=each: act(each)) for each in odd_documents(20)]
    return statistics.median(times) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="folder in which builds stay for the next run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = (options.keep or Path(passing)) / str(options.documents)
        folder.mkdir(parents=True, exist_ok=True)
        lines = measure(folder, options.documents, options.rounds)
    report = "\n".join(lines) + "\n"
    print(report)
    target = Path(__file__).parents[1] / "results" / f"search-{options.documents}.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
