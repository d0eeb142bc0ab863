"""Alive is not ready."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from portal import create_app
from portal.extensions import db


def test_alive_without_store_and_index(public_settings, checking):
    response = checking(create_app(public_settings)).get("/healthz")
    assert (response.status_code, response.json) == (200, {"status": "ok"})


def test_not_ready_says_what_is_missing(public_settings, checking):
    response = checking(create_app(public_settings)).get("/readyz")
    assert response.status_code == 503
    assert response.json == {
        "status": "unavailable",
        "store": "unavailable",
        "index": "unavailable",
    }


def test_ready_once_both_are_there(checked, index_rows):
    assert checked.get("/readyz").json["index"] == "unavailable"
    index_rows()
    response = checked.get("/readyz")
    assert (response.status_code, response.json["status"]) == (200, "ok")


def test_the_public_surface_cannot_write(public_app):
    with public_app.app_context(), pytest.raises(OperationalError, match="readonly"):
        db.session.execute(text("delete from public_case"))
