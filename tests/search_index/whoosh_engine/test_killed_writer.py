"""A writer that is killed anywhere: searches are right at once, the next writer finishes."""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

import pytest

from search_index import Change, Document, Kind, Query, SearchIndex, WhooshIndex
from search_index.whoosh_engine import writing

Fill = Callable[..., int]
Make = Callable[..., Document]

EVERY = 61
"""Calls of functions from one death to the next."""


def killed_after(calls: int, act: Callable[[], object], *, only: str = "") -> bool:
    """Do it in a child that dies at its n-th call of a function; False where it had fewer.

    ``only`` counts the functions of one name alone.
    """
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        assert status in (0, signal.SIGKILL)
        return status == signal.SIGKILL
    left = calls

    def count(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal left
        counted = event == "call" and (not only or frame.f_code.co_name == only)
        left -= counted
        if counted and not left:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        sys.setprofile(count)
        act()
        sys.setprofile(None)
        os._exit(0)
    finally:
        os._exit(1)


def found(index: SearchIndex, text: str) -> set[str]:
    return {hit.id for hit in index.search(Query(text=text, page_size=100)).hits}


@pytest.mark.parametrize("merged", [0, 4096])
def test_killed_anywhere_in_a_commit(
    whoosh: WhooshIndex,
    tmp_path: Path,
    make: Make,
    fill: Fill,
    monkeypatch: pytest.MonkeyPatch,
    merged: int,
) -> None:
    monkeypatch.setattr(writing, "MERGED_IN_PASSING", merged)
    fill(whoosh, *(make(id=str(n), title=f"秘霜商贸{n}", names=("秘霜",)) for n in range(9)))
    whoosh.close()
    changes = [
        Change(20, Kind.DEBTOR, "1", None),
        Change(21, Kind.DEBTOR, "2", make(id="2", title="后来商贸")),
        Change(22, Kind.DEBTOR, "9", make(id="9", title="新来商贸")),
    ]
    before = {str(n) for n in range(9)}
    after = before - {"1", "2"}
    deaths = 0
    for calls in range(EVERY, 10**6, EVERY):
        path = tmp_path / f"killed-{calls}"
        shutil.copytree(tmp_path / "index", path)
        if not killed_after(calls, lambda path=path: WhooshIndex.open(path).apply(changes)):
            break
        deaths += 1
        index = WhooshIndex.open(path)
        committed = index.position == 22
        assert found(index, "秘霜") == (after if committed else before)
        assert found(index, "后来商贸") == ({"2"} if committed else set())
        assert index.apply(changes) == 22
        assert found(index, "秘霜") == after
        assert found(index, "商贸") == after | {"2", "9"}
        assert not index.check((Kind.DEBTOR, id) for id in after | {"2", "9"})
        kept = b"".join(file.read_bytes() for file in path.rglob("*") if file.is_file())
        assert "秘霜商贸1".encode() not in kept
        assert "秘霜商贸2".encode() not in kept
        index.close()
        shutil.rmtree(path)
    assert deaths > 5


def test_killed_at_any_step_of_erasing_a_document(
    whoosh: WhooshIndex, tmp_path: Path, make: Make, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two texts of one document too: what was begun is finished, not taken for done."""
    monkeypatch.setattr(writing, "MERGED_IN_PASSING", 0)
    fill(whoosh, *(make(id=str(n), title=f"秘霜商贸{n}") for n in range(3)))
    whoosh.close()
    changes = [Change(20, Kind.DEBTOR, "1", None)]
    deaths = 0
    for calls in range(1, 100):
        path = tmp_path / f"killed-{calls}"
        shutil.copytree(tmp_path / "index", path)
        apply = partial(WhooshIndex.apply, WhooshIndex.open(path), changes)
        if not killed_after(calls, apply, only="erase"):
            break
        deaths += 1
        index = WhooshIndex.open(path)
        index.apply(())
        assert found(index, "秘霜商贸") == {"0", "2"}
        index.close()
        kept = b"".join(file.read_bytes() for file in path.rglob("*") if file.is_file())
        assert "秘霜商贸1".encode() not in kept
    assert deaths > 3


def test_killed_anywhere_in_tidying(
    whoosh: WhooshIndex, tmp_path: Path, make: Make, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MERGED_IN_PASSING", 0)
    for n in range(5):
        fill(whoosh, make(id=str(n), title=f"宏达商贸{n}"))
    whoosh.close()
    everything = {str(n) for n in range(5)}
    deaths = 0
    for calls in range(EVERY, 10**6, 3 * EVERY):
        path = tmp_path / f"killed-{calls}"
        shutil.copytree(tmp_path / "index", path)
        if not killed_after(calls, lambda path=path: WhooshIndex.open(path).tidy()):
            break
        deaths += 1
        index = WhooshIndex.open(path)
        assert found(index, "宏达商贸") == everything
        index.tidy()
        assert found(index, "宏达商贸") == everything
        assert len(list(path.rglob("*.pst"))) == 1
        index.close()
        shutil.rmtree(path)
    assert deaths > 2
