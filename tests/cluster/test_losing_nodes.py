"""A node is killed while people search and while the index is written: nothing is lost."""

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import pytest

from search_index import (
    Change,
    Document,
    IndexLocked,
    IndexUnavailable,
    Kind,
    Query,
    SearchIndexError,
)
from search_index.opensearch_engine import OpenSearchIndex
from search_index.opensearch_engine.lease import Lease

pytestmark = pytest.mark.cluster

Make = Callable[..., Document]
T = TypeVar("T")

# A ceiling, not a wait: the machine may be busy with something else.
PATIENCE = 400


def once_it_answers(ask: Callable[[], T]) -> T:
    """What a visitor does who is told to come back, and the next `index sync`: the same again."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            return ask()
        except (IndexUnavailable, IndexLocked):
            # The lease of a try that failed half-way runs out after seconds.
            time.sleep(0.5)
    raise AssertionError("the cluster did not come back")


def test_searches_go_on_while_the_leader_dies(cluster: Any, url: str, make: Make) -> None:
    index = OpenSearchIndex.create(url)
    index.rebuild((make(id=str(n), title=f"宏达商贸{n}") for n in range(300)), position=300)
    cluster.wait()
    stop = threading.Event()
    answers: list[int] = []
    troubles: list[SearchIndexError] = []

    def search() -> None:
        while not stop.is_set():
            try:
                answers.append(index.search(Query(text="宏达商贸")).total)
            except SearchIndexError as error:
                troubles.append(error)

    searching = [threading.Thread(target=search, daemon=True) for _ in range(2)]
    for thread in searching:
        thread.start()
    cluster.kill(cluster.holder_of_the_lead())
    cluster.wait("yellow")
    before, deadline = len(answers), time.monotonic() + PATIENCE
    while len(answers) < before + 20:
        assert time.monotonic() < deadline, troubles[-1:]
        assert all(thread.is_alive() for thread in searching)
        stop.wait(0.05)
    stop.set()
    for thread in searching:
        thread.join()
    # While the cluster notices, a search may be told to come back; it is never told a lie.
    assert set(answers) == {300}
    assert all(isinstance(error, IndexUnavailable) for error in troubles), troubles
    index.close()


def test_nothing_is_lost_when_nodes_die_while_the_index_is_written(
    cluster: Any, url: str, make: Make
) -> None:
    """Every batch adds ten documents and withdraws five of the batch before."""
    index = OpenSearchIndex.create(url)
    public: set[tuple[Kind, str]] = set()
    position = 0
    for batch in range(12):
        if batch == 3:
            killer = threading.Timer(0.05, cluster.kill, [cluster.holder_of_the_lead()])
            killer.start()
        if batch == 7:
            killer.join()
            cluster.wait("yellow")
            cluster.start(*cluster.missing())
            cluster.wait()
            killer = threading.Timer(0.05, cluster.kill, ["n2"])
            killer.start()
        added = [str(batch * 10 + n) for n in range(10)]
        gone = [str((batch - 1) * 10 + n) for n in range(5)] if batch else []
        changes = [
            Change(position := position + 1, Kind.DEBTOR, id, make(id=id, title="宏达商贸"))
            for id in added
        ]
        changes += [Change(position := position + 1, Kind.DEBTOR, id, None) for id in gone]
        once_it_answers(partial(index.apply, changes))
        public |= {(Kind.DEBTOR, id) for id in added}
        public -= {(Kind.DEBTOR, id) for id in gone}
        shown = once_it_answers(lambda: index.search(Query(text="宏达商贸", page_size=100)))
        assert {(hit.kind, hit.id) for hit in shown.hits} == public, "withdrawn means gone"
        assert once_it_answers(lambda: index.position) == position
    killer.join()
    cluster.wait("yellow")
    assert not once_it_answers(lambda: index.check(public))
    index.close()


def test_a_cluster_that_is_away_says_so_and_comes_back_with_everything(
    nodes: Any, url: str, make: Make
) -> None:
    index = OpenSearchIndex.create(url)
    index.apply([Change(1, Kind.DEBTOR, "1", make(title="欧阳云舟"))])
    nodes.stop()
    with pytest.raises(IndexUnavailable, match="暂时无法使用"):
        index.search(Query(text="欧阳云舟"))
    with pytest.raises(IndexUnavailable):
        index.apply([Change(2, Kind.DEBTOR, "1", None)])
    with pytest.raises(IndexUnavailable):
        OpenSearchIndex.open(url)
    nodes.start(*nodes.missing())
    nodes.wait()
    index.close()
    index = OpenSearchIndex.open(url)
    assert index.position == 1
    assert index.search(Query(text="欧阳云舟")).total == 1
    once_it_answers(partial(index.apply, [Change(2, Kind.DEBTOR, "1", None)]))
    assert index.search(Query(text="欧阳云舟")).total == 0
    index.close()


def test_a_slow_writer_does_not_bring_a_withdrawn_document_back(url: str, make: Make) -> None:
    """Two writers send the same document; the one that knows less arrives later."""
    index = OpenSearchIndex.create(url)
    index.apply([Change(5, Kind.DEBTOR, "1", None), Change(6, Kind.DEBTOR, "2", None)])
    index.apply([Change(3, Kind.DEBTOR, "1", make(title="欧阳云舟"))])
    assert index.search(Query(text="欧阳云舟")).total == 0
    assert index.position == 6
    index.close()


def test_a_second_writer_is_refused_and_told_who_writes(cluster: Any, url: str, make: Make) -> None:
    index, other = OpenSearchIndex.create(url), OpenSearchIndex.open(url)

    def documents() -> Any:
        with pytest.raises(IndexLocked, match="上的进程"):
            other.apply([Change(1, Kind.DEBTOR, "1", None)])
        yield make(title="新的内容")

    index.rebuild(documents(), position=3)
    assert other.search(Query(text="新的内容")).total == 1
    assert other.apply([]) == 3
    index.close()
    other.close()


def test_what_a_killed_rebuild_left_is_swept_away(
    cluster: Any, url: str, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = OpenSearchIndex.create(url)
    with monkeypatch.context() as patched:
        patched.setattr(Lease, "__exit__", lambda *_: None)
        patched.setattr("search_index.opensearch_engine.lease.LEASE_SECONDS", 0.0)
        patched.setattr(OpenSearchIndex, "_put_in_force", lambda *_: None)
        index.rebuild([make(title="秘霜新案")], position=9)
    assert len(index._numbered()) == 2
    assert index.search(Query(text="秘霜新案")).total == 0
    assert index.apply([]) == 0
    assert len(index._numbered()) == 1
    index.close()
