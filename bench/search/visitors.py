"""Measures the public surface under many visitors at once, over the store of pages.py.

    python bench/search/visitors.py --keep FOLDER --rows N [--index FOLDER/N/whoosh] [--seconds S]

Starts the surface as `portal serve` does, first in one process and then in two that share store and
index, and has visitors ask without a pause between two pages: half of them browse lists and read
cases, half search. By the clock, and visitors and server share the processors of one machine: a
row says how the surface bears a crowd, not how fast a page is. The table goes to
bench/results/visitors-N.md; in brackets the ratio to one visitor and one process.
"""

import argparse
import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from pages import addresses

from portal import create_app
from portal.settings import Surface, read_settings

CROWDS = (1, 8, 32, 128)
PROCESSES = (1, 2)
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(environment: dict[str, str], processes: int) -> Iterator[list[int]]:
    """The surface in some processes, ready to answer; gives their ports."""
    ports = [free_port() for _ in range(processes)]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "portal.serving", "--port", str(port)],
            env=os.environ | environment | {"PORTAL_SURFACE": Surface.PUBLIC.value},
        )
        for port in ports
    ]
    try:
        for port in ports:
            _await(port)
        yield ports
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def _await(port: int) -> None:
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            visit(http.client.HTTPConnection("127.0.0.1", port), "/readyz")
            return
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)


def visit(connection: http.client.HTTPConnection, address: str) -> None:
    connection.request("GET", quote(address, safe="/?=&%"))
    response = connection.getresponse()
    response.read()
    assert response.status == 200, (address, response.status)


def stay(port: int, asked: list[str], seed: int, ends: float) -> list[float]:
    """Milliseconds of every page one visitor got."""
    chance = random.Random(seed)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    times = []
    while (begun := time.perf_counter()) < ends:
        visit(connection, chance.choice(asked))
        times.append((time.perf_counter() - begun) * 1000)
    connection.close()
    return times


def crowd(ports: list[int], asked: list[str], visitors: int, seconds: float) -> list[float]:
    """What all visitors together met; they come to the processes in turn."""
    ends = time.perf_counter() + seconds
    with ThreadPoolExecutor(visitors) as pool:
        stays = [
            pool.submit(stay, ports[number % len(ports)], asked, number, ends)
            for number in range(visitors)
        ]
        return sorted(chain.from_iterable(done.result() for done in stays))


def measure(folder: Path, rows: int, index: Path | None, seconds: float) -> list[str]:
    environment = {"PORTAL_HOME": str(folder.resolve())}
    if index:
        environment["PORTAL_INDEX"] = str(index.resolve())
    client = create_app(read_settings(environment, Surface.PUBLIC)).test_client()
    names = (folder / "names").read_text(encoding="utf-8").split()
    searches, lists = [], []
    for sort, of_sort in addresses(client, names, index).items():
        (searches if sort.startswith("search") else lists).extend(of_sort)
    # As many of the one as of the other.
    asked = lists * len(searches) + searches * len(lists)
    lines = [
        f"# Many visitors at once over {rows} public rows",
        "",
        f"Each asks for the next page as soon as the last has come, for {seconds:.0f} seconds; "
        "half lists and cases, half searches. Milliseconds by the clock; visitors and server on "
        f"the same {os.cpu_count()} processors.",
        "",
        "| processes | visitors | pages a second | p50 | p99 | longest |",
        "|---|---|---|---|---|---|",
    ]
    first = 0.0
    for processes in PROCESSES:
        with served(environment, processes) as ports:
            for visitors in CROWDS:
                crowd(ports, asked, visitors, 1)
                times = crowd(ports, asked, visitors, seconds)
                each = len(times) / seconds
                first = first or each
                p50, p99 = statistics.median(times), times[int(len(times) * 0.99)]
                lines.append(
                    f"| {processes} | {visitors} | {each:.0f} ({each / first:.2f}) "
                    f"| {p50:.1f} | {p99:.1f} | {times[-1]:.1f} |"
                )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--index", type=Path, help="one that run.py --keep has built")
    parser.add_argument("--keep", type=Path, required=True, help="folder that pages.py has kept")
    options = parser.parse_args()
    folder = options.keep / f"pages-{options.rows}"
    report = "\n".join(measure(folder, options.rows, options.index, options.seconds)) + "\n"
    print(report)
    target = Path(__file__).parents[1] / "results" / f"visitors-{options.rows}.md"
    target.write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
