"""One writer at a time, across processes.

The kernel drops the lock with the process that held it, so a crash leaves nothing to clear away.
"""

import fcntl
import json
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from search_index.errors import IndexLocked


class WriterLock:
    """Holds the write lock of an index directory for the length of a `with` block."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / "writer.lock"
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = _read_owner(descriptor)
            os.close(descriptor)
            raise IndexLocked(*owner) from None
        self._descriptor = descriptor
        _write_owner(descriptor, {"pid": os.getpid(), "since": time.time()})
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._descriptor is not None:
            # The file stays: removing it would let two writers lock two files of one name.
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None


def _write_owner(descriptor: int, owner: dict[str, float]) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(owner).encode(), 0)


def _read_owner(descriptor: int) -> tuple[int | None, float | None]:
    try:
        owner = json.loads(os.pread(descriptor, 200, 0))
        return int(owner["pid"]), max(0.0, time.time() - float(owner["since"]))
    except (ValueError, KeyError, TypeError):
        # The owner has locked the file but not yet written its name.
        return None, None
