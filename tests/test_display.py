"""Large type and high contrast: kept in one cookie, changed by a plain form."""

from __future__ import annotations

import pytest

from portal.display import Display, own_path


@pytest.mark.parametrize(
    ("cookie", "display"),
    [
        ("", Display()),
        ("large", Display(large=True)),
        ("large.contrast", Display(large=True, contrast=True)),
        ("contrast.large.large", Display(large=True, contrast=True)),
        ("css_classes", Display()),
        ("large<script>", Display()),
    ],
)
def test_only_known_words_are_read(cookie, display):
    assert Display.read(cookie) == display


def test_the_choice_persists_and_can_be_taken_back(checked):
    for expected in ('class="display-large"', '<html lang="zh-CN">'):
        response = checked.post("/display", data={"toggle": "large", "next": "/cases?stage=结案"})
        assert response.status_code == 303
        assert response.headers["Location"] == "/cases?stage=%E7%BB%93%E6%A1%88"
        assert response.headers["Cache-Control"] == "no-store"
        assert expected in checked.get("/").text


def test_both_choices_stand_side_by_side(checked):
    checked.post("/display", data={"toggle": "large"})
    checked.post("/display", data={"toggle": "contrast"})
    assert 'class="display-large display-contrast"' in checked.get("/").text


def test_the_cookie_says_nothing_else_and_lives_a_year(checked):
    cookie = checked.post("/display", data={"toggle": "contrast"}).headers["Set-Cookie"]
    assert cookie.startswith("display=contrast;")
    for part in ("Max-Age=31536000", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie


def test_an_unknown_choice_changes_nothing(checked):
    checked.post("/display", data={"toggle": "__class__"})
    assert '<html lang="zh-CN">' in checked.get("/").text


def test_pages_vary_by_the_cookie(checked):
    assert "Cookie" in checked.get("/").vary


@pytest.mark.parametrize(
    "target",
    [
        "",
        "https://example.com/",
        "//example.com/",
        "/\\example.com/",
        "\\\\example.com",
        "/\t/example.com",
        "/\n/example.com",
        "javascript:alert(1)",
        "cases",
        "///example.com",
        "http:example.com",
    ],
)
def test_no_way_back_leads_off_the_site(checked, target):
    response = checked.post("/display", data={"toggle": "large", "next": target})
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize("target", ["/", "/cases", "/search?q=钱多多&page=2", "/debtors/abc"])
def test_a_path_of_this_site_is_kept(target):
    assert own_path(target) == target


def test_an_error_page_of_a_post_leads_home(checked):
    assert 'name="next" value="/"' in checked.post("/cases").text
