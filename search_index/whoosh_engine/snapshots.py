"""The index as of one commit, shared by the threads of a process.

Nothing in a snapshot has a place where it is being read, so threads do not get into each other's
way; its files are let go with the last search that reads them.
"""

import threading
from dataclasses import dataclass
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, EmptyIndexError

from search_index.errors import IndexCorrupt, IndexMissing
from search_index.whoosh_engine.files import (
    NAME,
    Mark,
    Stamp,
    current_directory,
    latest_mark,
    stamp_of,
)
from search_index.whoosh_engine.schema import LAYOUT
from search_index.whoosh_engine.segments import Files, Leaf

_ATTEMPTS = 20
_OTHER_VERSION = "检索索引由其他版本写成，请重建索引（portal index rebuild）。"

Opened = dict[tuple[str, str], Files]
"""Files of segments that are open already, by directory and segment."""


@dataclass(frozen=True)
class Snapshot:
    """The index as of one commit."""

    mark: Mark
    position: int
    withdrawn: tuple[tuple[str, int], ...]
    """Segment and number of what this commit withdrew."""
    leaves: tuple[Leaf, ...]
    opened: Opened


class SnapshotHolder:
    """Keeps the snapshot of the newest commit."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._held: tuple[Snapshot, Stamp | None] | None = None

    def newest(self) -> Snapshot:
        """Give the newest commit; a withdrawn item cannot be in it.

        Raises:
            IndexMissing, IndexCorrupt: when there is nothing that can be read.
        """
        if self._held is not None:
            snapshot, stamp = self._held
            if stamp is not None and stamp == stamp_of(self._path, snapshot.mark[0]):
                return snapshot
        with self._lock:
            held = self._held[0] if self._held else None
            # Taken first: what changes while we look changes the stamp.
            stamp = stamp_of(self._path, latest_mark(self._path)[0])
            if held is None or held.mark != latest_mark(self._path):
                held = open_snapshot(self._path, held.opened if held else {})
            self._held = held, stamp
            return held

    def refresh(self) -> bool:
        """Turn to the newest commit; tell whether there was a newer one."""
        held = self._held[0] if self._held else None
        return self.newest() is not held

    def close(self) -> None:
        with self._lock:
            self._held = None


def open_snapshot(path: Path, opened: Opened | None = None) -> Snapshot:
    """Open the newest commit; what an earlier snapshot has opened is shared.

    Raises:
        IndexMissing, IndexCorrupt: when there is nothing that can be read.
    """
    for attempt in range(_ATTEMPTS):
        mark = latest_mark(path)
        try:
            return _open(current_directory(path), mark, opened or {})
        except (IndexCorrupt, IndexMissing):
            raise
        except (OSError, EmptyIndexError) as error:
            # A writer may have removed the files of this commit between two of our steps.
            if attempt + 1 == _ATTEMPTS or latest_mark(path) == mark:
                raise IndexCorrupt(f"检索索引缺少文件，请重建索引：{error}") from error
        except Exception as error:
            # Damaged files surface as whatever the decoder stumbled over.
            raise IndexCorrupt(f"检索索引无法读取，请重建索引：{error!r}") from error
    raise AssertionError("unreachable")


def read_commit(directory: Path) -> TOC:
    """Read what the newest commit of a directory says of itself.

    Raises:
        IndexCorrupt: when it was written by another version.
    """
    try:
        commit = TOC.read(FileStorage(str(directory)), NAME)
    except (ImportError, AttributeError):
        # What it was written with is no longer here.
        raise IndexCorrupt(_OTHER_VERSION) from None
    if getattr(commit.schema, "layout", None) != LAYOUT:
        raise IndexCorrupt(_OTHER_VERSION)
    return commit


def _open(directory: Path, mark: Mark, opened: Opened) -> Snapshot:
    commit = read_commit(directory)
    now_open: Opened = {}
    leaves = []
    for segment in commit.segments:
        name = (directory.name, segment.segment_id())
        files = now_open[name] = opened.get(name) or Files.open(directory, segment)
        leaves.append(Leaf.of(segment, files))
    schema = commit.schema
    # Should a newer commit have come between the two looks, the next search opens it again.
    return Snapshot(mark, schema.position, schema.withdrawn, tuple(leaves), now_open)
