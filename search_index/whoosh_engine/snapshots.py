"""Open readers on one commit each, lent to one thread at a time.

A Whoosh reader moves file cursors while it reads, so threads must not share one; opening one for
every search would cost more than the search.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError, FileIndex

from search_index.errors import IndexCorrupt
from search_index.whoosh_engine.files import NAME, Mark, current_directory, latest_mark
from search_index.whoosh_engine.schema import DATA, DAY, KIND, LAYOUT

_MOST_IDLE = 8
_ATTEMPTS = 20


@dataclass(frozen=True)
class Leaf:
    """One segment with its columns."""

    reader: Any
    kinds: Any
    days: Any
    data: Any


class Snapshot:
    """The index as of one commit."""

    def __init__(self, mark: Mark, reader: Any) -> None:
        self.mark = mark
        self.reader = reader
        self.position: int = reader.schema.position
        leaves = reader.leaf_readers() if reader.doc_count_all() else []
        self.leaves = [
            Leaf(leaf, *(leaf.column_reader(name, translate=False) for name in (KIND, DAY, DATA)))
            for leaf, _ in leaves
        ]

    def close(self) -> None:
        self.leaves = []
        self.reader.close()


class SnapshotPool:
    """Lends snapshots of the newest commit."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._idle: list[Snapshot] = []
        self._mark: Mark = ("", -1)

    @contextmanager
    def borrow(self) -> Iterator[Snapshot]:
        """Lend a snapshot of the newest commit; a withdrawn item cannot be in it.

        Raises:
            IndexMissing, IndexCorrupt: when there is nothing that can be read.
        """
        self.refresh()
        with self._lock:
            snapshot = self._idle.pop() if self._idle else None
        if snapshot is None:
            snapshot = open_snapshot(self._path)
        try:
            yield snapshot
        except BaseException:
            snapshot.close()
            raise
        self._give_back(snapshot)

    def refresh(self) -> bool:
        """Drop the readers of older commits; tell whether there was a newer one."""
        mark = latest_mark(self._path)
        with self._lock:
            if mark == self._mark:
                return False
            self._mark = mark
            outdated, self._idle = self._idle, []
        for snapshot in outdated:
            snapshot.close()
        return True

    def close(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for snapshot in idle:
            snapshot.close()

    def _give_back(self, snapshot: Snapshot) -> None:
        with self._lock:
            if snapshot.mark == self._mark and len(self._idle) < _MOST_IDLE:
                self._idle.append(snapshot)
                return
        snapshot.close()


def open_snapshot(path: Path) -> Snapshot:
    """Open the newest commit.

    Raises:
        IndexMissing, IndexCorrupt: when there is nothing that can be read.
    """
    for attempt in range(_ATTEMPTS):
        mark = latest_mark(path)
        try:
            reader = FileIndex(FileStorage(str(current_directory(path))), indexname=NAME).reader()
            if getattr(reader.schema, "layout", None) != LAYOUT:
                raise IndexCorrupt("检索索引由其他版本写成，请重建索引。")
            return Snapshot(mark, reader)
        except IndexCorrupt:
            raise
        except (OSError, EmptyIndexError) as error:
            # A writer may have removed the files of this commit between two of our steps.
            if attempt + 1 == _ATTEMPTS or latest_mark(path) == mark:
                raise IndexCorrupt(f"检索索引缺少文件，请重建索引：{error}") from error
        except Exception as error:
            # Damaged files surface as whatever the decoder stumbled over.
            raise IndexCorrupt(f"检索索引无法读取，请重建索引：{error!r}") from error
    raise AssertionError("unreachable")
