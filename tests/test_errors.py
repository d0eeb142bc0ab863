"""Every error: a page, a fragment or JSON, in Chinese, with its headers, without a database."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask import Flask, abort, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import TooManyRequests as HttpTooManyRequests

from portal import create_app
from portal.errors import (
    BadRequest,
    Forbidden,
    Gone,
    InvalidInput,
    NotFound,
    PortalError,
    TooManyRequests,
    Unavailable,
)
from portal.settings import Settings

STATUSES = [400, 401, 403, 404, 405, 408, 410, 413, 414, 415, 422, 429, 431, 500, 503]
SECRET = "钱多多"


def raise_(error: Exception) -> None:
    raise error


@pytest.fixture
def failing(public_settings: Settings, checking: Callable[[Flask], object]) -> object:
    """A client of a public surface without any store, and with addresses that fail."""
    app = create_app(public_settings)
    app.testing = True
    app.add_url_rule("/abort/<int:status>", "abort", lambda status: abort(status))
    app.add_url_rule("/crash", "crash", lambda: raise_(ValueError(SECRET)))
    app.add_url_rule("/refuse", "refuse", lambda: raise_(InvalidInput("案号的年份不正确。")))
    app.add_url_rule("/wait", "wait", lambda: raise_(TooManyRequests("请稍等。", retry_after=30)))
    app.add_url_rule("/slow", "slow", lambda: raise_(HttpTooManyRequests(retry_after=9)))
    app.add_url_rule("/echo", "echo", lambda: request.form["x"], methods=["POST"])
    statement = OperationalError("select", {"name": SECRET}, Exception("no such table"))
    app.add_url_rule("/store", "store", lambda: raise_(statement))
    return checking(app)


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_a_chinese_page_without_a_database(failing, status):
    response = failing.get(f"/abort/{status}")
    assert response.status_code == status
    assert "<h1>" in response.text and "返回首页" in response.text
    assert "错误：" in response.text.partition("</title>")[0]


@pytest.mark.parametrize("status", [406, 418, 451])
def test_a_status_nobody_worded_still_has_a_page(failing, status):
    assert "请求没有成功" in failing.get(f"/abort/{status}").text


def test_our_own_refusal_says_its_own_words(failing):
    response = failing.get("/refuse")
    assert response.status_code == 422
    assert "案号的年份不正确。" in response.text


def test_a_fragment_goes_to_the_notice_region_and_leaves_the_address_alone(failing):
    response = failing.get("/abort/404", headers={"HX-Request-Type": "partial"})
    assert response.status_code == 404
    assert response.headers["HX-Retarget"] == "#notice"
    assert response.headers["HX-Reswap"] == "innerHTML"
    assert response.headers["HX-Replace-Url"] == "false"
    assert "<html" not in response.text


def test_json_for_those_who_ask_for_it(failing):
    response = failing.get("/refuse", headers={"Accept": "application/json"})
    assert response.json == {
        "error": {"status": 422, "title": "填写的内容有误", "message": "案号的年份不正确。"}
    }


@pytest.mark.parametrize("accept", ["*/*", "", "text/html,application/json;q=0.9", "text/plain"])
def test_everybody_else_gets_the_page(failing, accept):
    assert failing.get("/refuse", headers={"Accept": accept}).mimetype == "text/html"


def test_method_not_allowed_names_the_methods(failing):
    response = failing.post("/healthz")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize(("path", "seconds"), [("/wait", "30"), ("/slow", "9")])
def test_too_many_requests_says_when_to_come_back(failing, path, seconds):
    response = failing.get(path)
    assert response.status_code == 429
    assert response.headers["Retry-After"] == seconds


def test_a_body_over_the_limit_is_refused(failing):
    assert failing.post("/echo", data={"x": "字" * 40_000}).status_code == 413


def test_a_missing_form_field_is_a_bad_request(failing):
    assert failing.post("/echo", data={}).status_code == 400


def test_a_redirect_passes_through(failing, public_settings):
    app = failing.application
    app.add_url_rule("/folder/", "folder", lambda: "here")
    assert failing.get("/folder").status_code == 308


def test_errors_are_kept_by_nobody(failing):
    for path in ("/abort/404", "/abort/500", "/crash"):
        assert failing.get(path).headers["Cache-Control"] == "no-store"


def test_a_crash_shows_the_reference_that_is_logged(failing, capsys):
    response = failing.get(f"/crash?q={SECRET}")
    assert response.status_code == 500
    logged = json.loads(capsys.readouterr().err.strip().splitlines()[-1])
    assert logged["reference"] in response.text
    assert logged["error"] == "ValueError"
    assert logged["endpoint"] == "crash"
    assert any("test_errors" in frame for frame in logged["frames"])


@pytest.mark.parametrize("path", ["/crash", "/store"])
def test_neither_log_nor_page_repeats_what_was_asked(failing, capsys, path):
    response = failing.get(f"{path}?q={SECRET}", headers={"X-Name": SECRET})
    logged = capsys.readouterr().err
    assert logged
    for text in (logged, json.dumps(json.loads(logged), ensure_ascii=False), response.text):
        assert SECRET not in text.replace(f'value="{path}?q={SECRET}"', "")


def test_a_missing_store_is_a_plain_503(failing):
    response = failing.get("/store")
    assert response.status_code == 503
    assert "服务暂时不可用" in response.text


def test_pages_over_a_store_that_was_never_made_are_a_plain_503(failing):
    for path in ("/", "/cases", "/debtors", "/stories", "/cases/2018-辽0803-执-123"):
        response = failing.get(path)
        assert response.status_code == 503, path
        assert "服务暂时不可用" in response.text


def test_a_missing_index_is_a_plain_503(failing):
    response = failing.get("/search?q=物流")
    assert response.status_code == 503
    assert "检索服务尚未准备好" in response.text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (BadRequest, 400),
        (Forbidden, 403),
        (NotFound, 404),
        (Gone, 410),
        (InvalidInput, 422),
        (Unavailable, 503),
    ],
)
def test_each_refusal_has_its_status(error, status):
    assert error("话").status == status
    assert issubclass(error, PortalError)
    assert error("话", "标题").title == "标题"
