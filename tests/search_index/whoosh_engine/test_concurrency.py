"""Readers in threads and processes never fail and never see a withdrawn item."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from search_index import Change, Document, Kind, Query, WhooshIndex

Fill = Callable[..., int]
Make = Callable[..., Document]

READ = """
import sys
from pathlib import Path
from search_index import Query, WhooshIndex
index = WhooshIndex.open(Path(sys.argv[1]))
stop = Path(sys.argv[2])
print("ready", flush=True)
searches, newest = 0, 0
while not stop.exists():
    before = index.position
    page = index.search(Query(text="第宏达商贸", page_size=100))
    numbers = {int(hit.id) for hit in page.hits}
    # Commit n adds item n and withdraws item n - 1, so item n - 1 was gone at position n.
    assert page.total == len(numbers) <= 1, numbers
    assert not numbers or min(numbers) >= before, (numbers, before)
    assert before >= newest
    newest, searches = before, searches + 1
print(searches)
"""


def test_two_reading_processes_during_many_commits(
    whoosh: WhooshIndex, tmp_path: Path, make: Make
) -> None:
    stop = tmp_path / "stop"
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READ, str(tmp_path / "index"), str(stop)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
    for n in range(1, 1001):
        if n % 40 == 0:
            whoosh.rebuild([make(id=str(n), title="第宏达商贸")], position=n)
            continue
        whoosh.apply(
            [
                Change(n, Kind.DEBTOR, str(n), make(id=str(n), title="第宏达商贸")),
                Change(n, Kind.DEBTOR, str(n - 1), None),
            ]
        )
    stop.touch()
    for reader in readers:
        out, errors = reader.communicate(timeout=60)
        assert reader.returncode == 0, errors
        assert int(out) > 0


def test_threads_share_an_index(whoosh: WhooshIndex, make: Make, fill: Fill) -> None:
    fill(whoosh, *(make(id=str(n), title=f"宏达商贸{n}", body="文" * n) for n in range(300)))
    failures: list[BaseException] = []
    expected = whoosh.search(Query(text="宏达商贸", page=3))

    def search() -> None:
        try:
            for _ in range(20):
                assert whoosh.search(Query(text="宏达商贸", page=3)) == expected
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
