"""Measures whole pages of the public surface over a large store: browsing and searching.

    python bench/search/pages.py [--rows N] [--rounds R] [--keep FOLDER] [--index FOLDER/N/whoosh]

Half the rows are cases, half entries of the dishonest-debtor list, all invented. A page is asked
for as a WSGI server would ask, in this process, so a time is everything but the network:
parameters, database, index, template. What a list asks the database is measured by itself too:
its page of rows, read into objects, and its count. Processor time in milliseconds. The database is
a new SQLite file. The table goes to bench/results/pages-N.md. With --index the search pages are
asked over an index that run.py has built instead of one of the rows.
"""

import argparse
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient
from run import COURTS, invent_name, sample
from sqlalchemy import Engine, create_engine, insert
from sqlalchemy.orm import Session

from portal import create_app
from portal.disclosure.cases import CASES
from portal.disclosure.debtors import DEBTORS
from portal.disclosure.lists import PublicList, Wanted
from portal.disclosure.models import PublicCase, PublicDebtor
from portal.extensions import configure_sqlite
from portal.migrations.runner import Store, upgrade
from portal.publication.documents import all_documents
from portal.reference import case_numbers
from portal.reference.courts import court_name
from portal.reference.vocabulary import DISHONEST_BEHAVIOURS
from portal.settings import Settings, Surface, read_settings
from search_index import Kind, WhooshIndex

BATCH = 5_000
STAGES = ("查找财产", "控制财产", "处置财产", "已结案")
_NEXT = re.compile(r"after=([^\"&#]+)")
DEEP = 3_000


def invent(count: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """A case and a listed debtor of it, as columns."""
    chance = random.Random(3)
    for serial in range(1, count + 1):
        court, year = chance.choice(COURTS), chance.randint(2012, 2018)
        number = case_numbers.parse(f"（{year}）{court}执{serial}号")
        filed = date(year, 1, 1) + timedelta(days=chance.randrange(365))
        place = {
            "court_code": court,
            "court_name": court_name(court),
            "case_number": number.canonical,
            "filed_on": filed,
        }
        name = invent_name(chance)
        case = place | {
            "id": serial,
            "slug": number.slug,
            "level": "公开",
            "version": 1,
            "released_at": datetime(2018, 5, 2, tzinfo=UTC),
            "cause": "民间借贷纠纷",
            "stage": chance.choice(STAGES),
            "parties": [{"role": "被执行人", "kind": "自然人", "name": f"{name[0]}某"}],
        }
        debtor = place | {
            "id": f"entry{serial:011d}",
            "case_id": serial,
            "kind": "法人" if len(name) > 5 else "自然人",
            "name": name,
            "sex": "" if len(name) > 5 else chance.choice("男女"),
            "age": None if len(name) > 5 else chance.randint(19, 80),
            "id_type": "居民身份证",
            "id_masked": f"2108************{chance.randrange(100):02d}",
            "behaviour": chance.choice(DISHONEST_BEHAVIOURS),
            "performance": "全部未履行",
            "published_on": filed + timedelta(days=chance.randrange(200)),
        }
        yield case, debtor


def fill(engine: Engine, count: int) -> list[str]:
    """Write the rows; return some names of listed people."""
    names: list[str] = []
    batch: list[tuple[dict[str, Any], dict[str, Any]]] = []
    with Session(engine) as session:
        for pair in invent(count):
            batch.append(pair)
            if len(batch) == BATCH:
                names.append(_write(session, batch))
        if batch:
            names.append(_write(session, batch))
        session.commit()
    return names


def _write(session: Session, batch: list[tuple[dict[str, Any], dict[str, Any]]]) -> str:
    session.execute(insert(PublicCase), [case for case, _ in batch])
    session.execute(insert(PublicDebtor), [debtor for _, debtor in batch])
    name: str = batch[0][1]["name"]
    batch.clear()
    return name


def addresses(client: FlaskClient, names: list[str], index: Path | None) -> dict[str, list[str]]:
    """What is asked, by sort of page; an index of other documents is asked for those."""
    numbers = [slug.replace("-", "") for slug in slugs(client)]
    if index:
        documents = sample(int(index.parent.name))
        names = [d.title for d in documents if d.kind is Kind.DEBTOR][:20]
        numbers = [d.title for d in documents if d.kind is Kind.CASE][:20]
    asked = {
        "debtors, newest first": ["/debtors"],
        "debtors of a court": [f"/debtors?court={court}" for court in COURTS],
        "debtors of a court and a behaviour": [
            f"/debtors?court={court}&behaviour={DISHONEST_BEHAVIOURS[1]}" for court in COURTS
        ],
        "debtors of a court since a day, oldest first": [
            f"/debtors?court={court}&date_from=2016-06-01&sort=oldest" for court in COURTS
        ],
        "cases of a court and a stage": [f"/cases?court={c}&stage=控制财产" for c in COURTS],
        f"debtors, page {DEEP}": [walk(client, DEEP)],
        "a case": ["/cases/" + slug for slug in slugs(client)],
    }
    asked |= {
        "search: case number": [f"/search?q={number}" for number in numbers],
        "search: name": [f"/search?q={name}" for name in names[:20]],
        "search: two characters": [f"/search?q={name[:2]}" for name in names[:20]],
        "search: a phrase in a fifth of all": ["/search?q=民间借贷纠纷"],
        "search: the phrase, a court and a kind": ["/search?q=民间借贷纠纷&court=辽0803&kind=case"],
    }
    if not index:
        asked["debtors by name"] = [f"/debtors?q={name}" for name in names[:20]]
    return asked


def walk(client: FlaskClient, pages: int) -> str:
    """The address of a page far down the list, reached by its links or as far as they go."""
    address = "/debtors"
    for _ in range(pages - 1):
        found = _NEXT.search(client.get(address).text)
        if not found:
            break
        address = f"/debtors?after={found.group(1)}"
    return address


def slugs(client: FlaskClient) -> list[str]:
    """Cases that the first page of the list links to."""
    return re.findall(r'href="/cases/([^"?#/]+)"', client.get("/cases").text)[:20]


def browsed(deep: str) -> dict[str, list[tuple[PublicList[Any], Wanted]]]:
    """What the lists are asked for without words; ``deep`` is a page far down the debtors."""
    behaviour, day = DISHONEST_BEHAVIOURS[1], date(2016, 6, 1)
    after = parse_qs(urlsplit(deep).query)["after"][0]
    return {
        "debtors, newest first": [(DEBTORS, Wanted())],
        "debtors of a court": [(DEBTORS, Wanted({"court": court})) for court in COURTS],
        "debtors of a court and a behaviour": [
            (DEBTORS, Wanted({"court": court, "behaviour": behaviour})) for court in COURTS
        ],
        "debtors of a court since a day, oldest first": [
            (DEBTORS, Wanted({"court": court}, since=day, order="oldest")) for court in COURTS
        ],
        "cases of a court and a stage": [
            (CASES, Wanted({"court": court, "stage": "控制财产"})) for court in COURTS
        ],
        f"debtors, page {DEEP}": [(DEBTORS, Wanted(after=after))],
    }


def browse(engine: Engine, source: PublicList[Any], wanted: Wanted) -> None:
    with Session(engine) as session:
        assert source.browse(session, wanted).items, wanted


def ask(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)


def timed(acts: list[Callable[[], None]], rounds: int) -> list[float]:
    """Milliseconds of every act, after one round to warm up."""
    times = []
    for turn in range(max(rounds, 60 // len(acts)) + 1):
        for act in acts:
            start = time.process_time()
            act()
            if turn:
                times.append((time.process_time() - start) * 1000)
    return sorted(times)


def row(name: str, times: list[float]) -> str:
    return f"| {name} | {statistics.median(times):.2f} | {times[int(len(times) * 0.99)]:.2f} |"


def prepare(folder: Path, settings: Settings, rows: int, index: Path | None) -> list[str]:
    """Make store and index unless an earlier run left them; give some names of listed people."""
    done = folder / "names"
    if done.exists():
        return done.read_text(encoding="utf-8").split()
    names: list[str] = []
    for store, url in (
        (Store.DISCLOSURE, settings.disclosure_url),
        (Store.INBOX, settings.inbox_url),
    ):
        engine = create_engine(url)
        configure_sqlite(engine, read_only=False)
        upgrade(engine, store)
        if store is Store.DISCLOSURE:
            names = fill(engine, rows // 2)
            if not index:
                with Session(engine) as session:
                    WhooshIndex.replace(settings.index_path, all_documents(session), 0)
            with engine.begin() as connection:
                connection.exec_driver_sql("ANALYZE")
        engine.dispose()
    done.write_text("\n".join(names), encoding="utf-8")
    return names


def measure(folder: Path, rows: int, rounds: int, index: Path | None) -> list[str]:
    environment = {"PORTAL_HOME": str(folder)}
    if index:
        environment["PORTAL_INDEX"] = str(index.resolve())
    settings = read_settings(environment, Surface.PUBLIC)
    names = prepare(folder, settings, rows, index)
    client = create_app(settings).test_client()
    lines = [
        f"# Whole pages over {rows} public rows",
        "",
        "Processor time in milliseconds, in one process, without the network."
        + (f" The search pages over an index of {index.parent.name} documents." if index else ""),
        "",
        "| page | p50 | p99 |",
        "|---|---|---|",
    ]
    for name, asked in addresses(client, names, index).items():
        lines.append(row(name, timed([partial(ask, client, each) for each in asked], rounds)))
    lines += ["", "What a list asks the database, by itself:", "", "| list | p50 | p99 |"]
    lines.append("|---|---|---|")
    engine = create_engine(settings.disclosure_url)
    configure_sqlite(engine, read_only=True)
    for name, lists in browsed(walk(client, DEEP)).items():
        lines.append(row(name, timed([partial(browse, engine, *each) for each in lists], rounds)))
    engine.dispose()
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--index", type=Path, help="one that run.py --keep has built")
    parser.add_argument("--keep", type=Path, help="folder in which store and index stay")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = (options.keep or Path(passing)) / f"pages-{options.rows}"
        folder.mkdir(parents=True, exist_ok=True)
        lines = measure(folder, options.rows, options.rounds, options.index)
    report = "\n".join(lines) + "\n"
    print(report)
    target = Path(__file__).parents[1] / "results" / f"pages-{options.rows}.md"
    target.write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
