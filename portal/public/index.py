"""The search index of this process: opened when first asked for, shared by its threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

import search_index
from portal.errors import Unavailable, answer_portal_error
from search_index import SearchIndex, SearchIndexError

if TYPE_CHECKING:
    from flask import Flask, Response

MISSING = "检索服务尚未准备好，请稍后再试。您也可以按法院、日期直接浏览各个名单。"


def init_index(app: Flask) -> None:
    """Answer a missing or damaged index with 503 wherever it shows."""
    app.extensions["search_index"] = None
    app.register_error_handler(SearchIndexError, answer_missing_index)


def open_index() -> SearchIndex:
    """The index; raises IndexMissing or IndexCorrupt. A failure is tried again next time."""
    index: SearchIndex | None = current_app.extensions["search_index"]
    if index is None:
        index = search_index.open_index(current_app.extensions["settings"].index_path)
        current_app.extensions["search_index"] = index
    return index


def answer_missing_index(_error: SearchIndexError) -> Response:
    """Say in plain words that searching has to wait."""
    return answer_portal_error(Unavailable(MISSING))
