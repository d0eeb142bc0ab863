"""Full-text search over public items, behind one small interface.

Knows nothing of the portal: it takes plain documents and plain queries. See docs/search.md.
"""

from search_index.documents import Change, Difference, Document, Kind
from search_index.engine import SearchIndex
from search_index.errors import (
    IndexCorrupt,
    IndexExists,
    IndexLocked,
    IndexMissing,
    IndexUnavailable,
    QueryTooShort,
    SearchIndexError,
)
from search_index.opening import Where, create_index, open_index, replace_index
from search_index.queries import MOST_COUNTED, Hit, Page, Query, Segments
from search_index.whoosh_engine import WhooshIndex

__all__ = [
    "MOST_COUNTED",
    "Change",
    "Difference",
    "Document",
    "Hit",
    "IndexCorrupt",
    "IndexExists",
    "IndexLocked",
    "IndexMissing",
    "IndexUnavailable",
    "Kind",
    "Page",
    "Query",
    "QueryTooShort",
    "SearchIndex",
    "SearchIndexError",
    "Segments",
    "Where",
    "WhooshIndex",
    "create_index",
    "open_index",
    "replace_index",
]
