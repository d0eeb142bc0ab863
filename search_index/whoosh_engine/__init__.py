"""Whoosh behind the interface of `search_index.engine`."""

from search_index.whoosh_engine.index import WhooshIndex

__all__ = ["WhooshIndex"]
