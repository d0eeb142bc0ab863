"""Liveness and readiness, for the process supervisor and the load balancer."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from portal.disclosure.figures import is_readable
from portal.extensions import db
from portal.public.index import open_index
from portal.security import unstored
from search_index import SearchIndexError

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@unstored
def alive() -> ResponseReturnValue:
    """The process answers. Touches neither store nor index."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@unstored
def ready() -> ResponseReturnValue:
    """Whether pages can be served: 200, or 503 with what is missing."""
    parts = {"store": _store_answers(), "index": _index_answers()}
    status = 200 if all(parts.values()) else 503
    words = {name: "ok" if fine else "unavailable" for name, fine in parts.items()}
    return jsonify(status="ok" if status == 200 else "unavailable", **words), status


def _store_answers() -> bool:
    try:
        return is_readable(db.session())
    except SQLAlchemyError:
        return False


def _index_answers() -> bool:
    try:
        return open_index().position >= 0
    except SearchIndexError:
        return False
