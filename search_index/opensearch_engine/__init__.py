"""OpenSearch behind the interface of `search_index.engine`."""

from search_index.opensearch_engine.index import OpenSearchIndex

__all__ = ["OpenSearchIndex"]
