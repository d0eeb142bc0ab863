"""There is one writer, and whoever is refused learns who it is."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from search_index import IndexLocked
from search_index.writer_lock import WriterLock

HOLD = """
import sys
from pathlib import Path
from search_index.writer_lock import WriterLock
with WriterLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of `tmp_path`."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_writer_in_the_process_is_refused(tmp_path: Path) -> None:
    with WriterLock(tmp_path):
        with (
            pytest.raises(IndexLocked, match=f"进程 {os.getpid()}") as caught,
            WriterLock(tmp_path),
        ):
            raise AssertionError("held twice")
        assert caught.value.pid == os.getpid()
    with WriterLock(tmp_path):
        pass


def test_a_writer_in_another_process_is_named_with_its_age(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    with pytest.raises(IndexLocked, match=r"已持续 \d+ 秒") as caught, WriterLock(tmp_path):
        raise AssertionError("held twice")
    assert caught.value.pid == holder.pid
    assert caught.value.age is not None
    assert caught.value.age >= 0


def test_the_lock_of_a_killed_process_is_free(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    holder.kill()
    holder.wait()
    assert (tmp_path / "writer.lock").read_text(), "the dead owner still stands in the file"
    with WriterLock(tmp_path):
        pass


def test_an_owner_that_has_not_signed_yet_is_unknown(tmp_path: Path) -> None:
    with WriterLock(tmp_path):
        (tmp_path / "writer.lock").write_text("")
        with (
            pytest.raises(IndexLocked, match="另一个进程写入，请稍后") as caught,
            WriterLock(tmp_path),
        ):
            raise AssertionError("held twice")
    assert (caught.value.pid, caught.value.age) == (None, None)


def test_an_error_inside_frees_the_lock(tmp_path: Path) -> None:
    with pytest.raises(KeyError), WriterLock(tmp_path):
        raise KeyError
    with WriterLock(tmp_path):
        pass
