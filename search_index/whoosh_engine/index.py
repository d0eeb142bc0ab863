"""The embedded engine: a Whoosh index in a directory."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Self

from search_index.documents import Change, Difference, Document, Kind, latest_changes
from search_index.errors import IndexCorrupt, IndexExists, IndexMissing, SearchIndexError
from search_index.queries import Page, Query
from search_index.whoosh_engine import writing
from search_index.whoosh_engine.answering import answer
from search_index.whoosh_engine.files import (
    current_directory,
    latest_mark,
    make_current,
    next_directory,
    sweep,
)
from search_index.whoosh_engine.schema import text_of
from search_index.whoosh_engine.snapshots import Snapshot, SnapshotHolder
from search_index.writer_lock import WriterLock


class WhooshIndex:
    """A `SearchIndex` kept in a directory; get one with `create` or `open`.

    May be shared by the threads of a process, and the directory by several processes.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._holder = SnapshotHolder(path)

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make an empty index.

        Raises:
            IndexExists: when the directory holds one.
            IndexCorrupt: when it holds one that is damaged; `replace` it.
            IndexLocked: when another process is just making it.
        """
        path.mkdir(parents=True, exist_ok=True)
        with WriterLock(path):
            try:
                latest_mark(path)
            except IndexMissing:
                _replace_with(path, lambda directory: None)
            else:
                raise IndexExists(f"检索索引已经存在：{path}")
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open an index and make sure that it can be read.

        Raises:
            IndexMissing: when there is none.
            IndexCorrupt: when it cannot be read; `rebuild` repairs it.
        """
        index = cls(path)
        index._holder.newest()
        return index

    @property
    def position(self) -> int:
        return self._holder.newest().position

    def search(self, query: Query) -> Page:
        try:
            return answer(self._holder.newest(), query)
        except SearchIndexError:
            raise
        except Exception as error:
            # A query is plain text that nothing chokes on, so it was the files: damage inside a
            # segment shows only where it is read, as whatever the decoder stumbled over.
            raise IndexCorrupt(f"检索索引无法读取，请重建索引：{error!r}") from error

    def apply(self, changes: Iterable[Change]) -> int:
        latest = latest_changes(changes)
        with WriterLock(self._path):
            snapshot = self._clean()
            if not latest:
                return snapshot.position
            try:
                directory = current_directory(self._path)
                return writing.write_changes(directory, snapshot, latest)
            finally:
                sweep(self._path)

    def tidy(self) -> bool:
        with WriterLock(self._path):
            snapshot = self._clean()
            try:
                return writing.tidy(current_directory(self._path), snapshot)
            finally:
                sweep(self._path)

    def rebuild(
        self,
        documents: Iterable[Document],
        position: int,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self.replace(self._path, documents, position, progress)

    @staticmethod
    def replace(
        path: Path,
        documents: Iterable[Document],
        position: int,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Rebuild the index at a path, also where what lies there is missing or damaged."""
        path.mkdir(parents=True, exist_ok=True)
        with WriterLock(path):
            _replace_with(
                path, lambda directory: writing.write_all(directory, documents, position, progress)
            )

    def check(self, expected: Iterable[tuple[Kind, str]]) -> Difference:
        leaves = self._holder.newest().leaves
        indexed = {item for leaf in leaves for item in leaf.identities()}
        public = set(expected)
        return Difference(
            missing=tuple(sorted(public - indexed)), stale=tuple(sorted(indexed - public))
        )

    def refresh(self) -> bool:
        return self._holder.refresh()

    def terms(self) -> Iterator[str]:
        for leaf in self._holder.newest().leaves:
            for key, _ in leaf.files.terms.items():
                yield text_of(key).decode()

    def stored(self) -> Iterator[str]:
        for leaf in self._holder.newest().leaves:
            yield from filter(None, map(leaf.files.documents.text, leaf.alive()))

    def close(self) -> None:
        self._holder.close()

    def _clean(self) -> Snapshot:
        """Finish what a killed writer began; call it only under the writer lock."""
        snapshot = self._holder.newest()
        sweep(self._path)
        writing.erase_withdrawn(current_directory(self._path), snapshot)
        return snapshot


def _replace_with(path: Path, fill: Callable[[Path], None]) -> None:
    """Write an index aside and put it in force; after an error the old one stays."""
    directory = next_directory(path)
    try:
        writing.create_empty(directory)
        fill(directory)
    except BaseException:
        shutil.rmtree(directory)
        raise
    make_current(directory)
    sweep(path)
