"""A fragment is a named block of the page, given only to htmx asking for a part."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

import portal

VENDOR = Path(portal.__file__).parent / "static" / "vendor"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HX-Request": "true"},
        {"HX-Request": "true", "HX-Request-Type": "full"},
        {"HX-Request": "true", "HX-Request-Type": "full", "HX-History-Restore-Request": "true"},
        {"HX-Request-Type": "PARTIAL"},
        {"HX-Boosted": "true"},
    ],
)
def test_everything_but_a_partial_request_gets_the_page(checked, headers):
    assert checked.get("/cases", headers=headers).text.lstrip().startswith("<!doctype html>")


def test_a_partial_request_gets_the_block_alone(checked, rows):
    rows.case("（2018）辽0803执123号")
    text = checked.get("/cases", headers={"HX-Request-Type": "partial"}).text
    assert "（2018）辽0803执123号" in text
    assert "<html" not in text and "<h1" not in text and '<nav class="main-nav' not in text


def test_a_fragment_announces_the_count_and_clears_an_old_notice(checked, rows):
    rows.case()
    text = checked.get("/cases", headers={"HX-Request-Type": "partial"}).text
    assert re.search(r'id="result-status" hx-swap-oob="innerHTML">\s*共 1 件案件', text)
    assert '<div id="notice" hx-swap-oob="innerHTML"></div>' in text


def test_the_page_keeps_the_count_in_a_live_region(checked):
    text = checked.get("/cases").text
    assert re.search(r'id="result-status"[^>]* role="status"', text)
    assert "hx-swap-oob" not in text


def test_a_page_without_a_block_is_always_whole(checked):
    response = checked.get("/about", headers={"HX-Request-Type": "partial"})
    assert response.text.lstrip().startswith("<!doctype html>")


def test_htmx_is_set_up_without_inline_styles(checked):
    config = re.search(r"""name="htmx-config" content='([^']+)'""", checked.get("/").text)
    assert config is not None
    assert json.loads(config[1])["includeIndicatorCSS"] is False


def test_htmx_is_the_unmodified_file_of_its_release():
    expected, name = (VENDOR / "htmx-4.0.1.min.js.sha256").read_text().split()
    body = (VENDOR / name).read_bytes()
    assert hashlib.sha256(body).hexdigest() == expected
    assert b'"4.0.1"' in body


def test_htmx_comes_with_its_licence():
    assert "Zero-Clause BSD" in (VENDOR / "htmx-4.0.1.LICENSE").read_text(encoding="utf-8")
