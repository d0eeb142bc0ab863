"""Chooses the engine: a path is an embedded index, an address one in a cluster."""

from collections.abc import Callable, Iterable
from pathlib import Path

from search_index.documents import Document
from search_index.engine import SearchIndex
from search_index.whoosh_engine import WhooshIndex

Where = Path | str
"""A directory, or the address of a cluster as `opensearch_engine.cluster.Address` reads it."""


def open_index(where: Where) -> SearchIndex:
    """Open the index that lies there.

    Raises:
        IndexMissing, IndexCorrupt: when there is none that can be read; `replace_index` repairs it.
        IndexUnavailable: when its cluster is away.
    """
    if isinstance(where, Path):
        return WhooshIndex.open(where)
    # The client of a cluster takes longer to import than all the rest; most portals have none.
    from search_index.opensearch_engine import OpenSearchIndex

    return OpenSearchIndex.open(where)


def create_index(where: Where) -> SearchIndex:
    """Make an empty index.

    Raises:
        IndexExists: when there is one.
        IndexUnavailable: when its cluster is away.
    """
    if isinstance(where, Path):
        return WhooshIndex.create(where)
    from search_index.opensearch_engine import OpenSearchIndex

    return OpenSearchIndex.create(where)


def replace_index(
    where: Where,
    documents: Iterable[Document],
    position: int,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Rebuild the index there, also where it is missing or damaged.

    Raises:
        IndexLocked: when another writer is at work.
        IndexUnavailable: when its cluster is away.
    """
    if isinstance(where, Path):
        WhooshIndex.replace(where, documents, position, progress)
        return
    from search_index.opensearch_engine import OpenSearchIndex

    OpenSearchIndex.replace(where, documents, position, progress)
