"""Headers are pinned: what a browser may do with an answer, and keep of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask

from portal import create_app
from portal.formatting import init_formatting
from portal.security import init_security
from portal.settings import Surface

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
INDEXED = ["/", "/inability", "/stories", "/guides", "/rules", "/about"]
NOT_INDEXED = ["/cases", "/debtors", "/restrictions", "/terminations", "/auctions", "/search"]


def test_the_content_security_policy_word_for_word(checked):
    assert checked.get("/").headers["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/nowhere", "/healthz", "/static/css/base.css"])
def test_every_answer_carries_the_fixed_headers(checked, path, name, value):
    assert checked.get(path).headers[name] == value


def test_no_device_feature_is_granted(checked):
    granted = checked.get("/").headers["Permissions-Policy"]
    assert "camera=()" in granted and "geolocation=()" in granted
    assert all(part.endswith("=()") for part in granted.split(", "))


@pytest.mark.parametrize("path", INDEXED)
def test_pages_for_everybody_may_be_indexed(checked, path):
    assert "X-Robots-Tag" not in checked.get(path).headers


@pytest.mark.parametrize("path", [*NOT_INDEXED, "/nowhere", "/stories/nowhere", "/healthz"])
def test_everything_else_may_not(checked, index_rows, path):
    index_rows()
    assert checked.get(path).headers["X-Robots-Tag"].startswith("noindex")


def test_pages_on_a_case_or_a_person_may_not_be_indexed(checked, rows):
    case = rows.case()
    for path in (
        f"/cases/{case.slug}",
        f"/debtors/{rows.debtor(case).id}",
        f"/restrictions/{rows.restriction(case).id}",
        f"/terminations/{rows.termination(case).id}",
        f"/auctions/{rows.auction(case).id}",
    ):
        response = checked.get(path)
        assert response.status_code == 200
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"


def test_strict_transport_only_behind_https(public_settings, disclosure):
    for https, expected in ((False, None), (True, "max-age=31536000; includeSubDomains")):
        client = create_app(replace(public_settings, https=https)).test_client()
        assert client.get("/healthz").headers.get("Strict-Transport-Security") == expected


def test_a_page_is_revalidated_by_a_strong_tag_of_its_body(checked, rows):
    first = checked.get("/stories")
    assert first.headers["Cache-Control"] == "no-cache"
    assert not first.get_etag()[1], "the tag is weak"
    again = checked.get("/stories", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data
    assert "X-Robots-Tag" not in again.headers
    rows.story()
    changed = checked.get("/stories", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_page_and_fragment_have_different_tags(checked):
    page = checked.get("/cases")
    fragment = checked.get("/cases", headers={"HX-Request-Type": "partial"})
    assert page.headers["ETag"] != fragment.headers["ETag"]


@pytest.mark.parametrize("path", ["/search", "/search?q=物流", "/debtors?q=物流", "/debtors"])
def test_what_somebody_looked_for_is_stored_nowhere(checked, index_rows, path):
    index_rows()
    response = checked.get(path)
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_assets_under_their_version_never_change(checked, public_app):
    version = public_app.extensions["asset_versions"]["css/base.css"]
    forever = checked.get(f"/static/css/base.css?v={version}")
    assert forever.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for path in ("/static/css/base.css", "/static/css/base.css?v=0123456789ab"):
        assert checked.get(path).headers["Cache-Control"] == "no-cache"


def test_a_missing_asset_is_not_kept_forever(checked):
    assert checked.get("/static/nothing.css?v=None").headers["Cache-Control"] == "no-store"


def test_pages_name_assets_by_version(checked, public_app):
    versions = public_app.extensions["asset_versions"]
    named = re.findall(r'"/static/([^"?]+)\?v=([^"]+)"', checked.get("/").text)
    assert len(named) >= 5
    assert all(versions[name] == version for name, version in named)


def test_the_office_keeps_nothing(public_settings, tmp_path):
    app = Flask("portal")
    settings = replace(public_settings, surface=Surface.OFFICE)
    app.extensions["settings"] = settings
    init_formatting(app)
    init_security(app, settings)
    app.add_url_rule("/", "home", lambda: "office")
    response = app.test_client().get("/")
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    assert response.headers["X-Robots-Tag"].startswith("noindex")


def test_no_page_sets_a_cookie(checked, rows):
    rows.case()
    for path in (*INDEXED, "/cases", "/nowhere"):
        assert "Set-Cookie" not in checked.get(path).headers
