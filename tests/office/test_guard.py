"""Closed by default: every address, every role, every way in."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from portal.office import MAX_FORM
from portal.office.guard import OPEN_ENDPOINTS
from portal.staff.models import Role
from portal.staff.permissions import is_granted
from tests.office.conftest import TOKEN

OPEN_VIEWS = {
    "sign_in.show",
    "sign_in.enter",
    "sign_in.show_code",
    "sign_in.enter_code",
    "previews.show",
    "previews.picture",
    "previews.file",
}
VALUES = {
    "access_id": 1,
    "index": 0,
    "check_id": 1,
    "job_id": "1",
    "receipt": "ABCD-EFGH-JKMN",
    "position": 1,
    "revision": 1,
    "picture_id": 1,
    "run_id": 1,
    "review_id": 1,
    "story_id": 1,
    "account_id": 1,
    "act_id": 1,
    "session_id": 1,
    "secret": "unknown",
    "slug": "2018-辽0803-执-1",
}


def address(app: Flask, rule: Rule) -> str:
    with app.test_request_context():
        return app.url_for(rule.endpoint, **{name: VALUES[name] for name in rule.arguments})


def views(app: Flask) -> list[tuple[Rule, str]]:
    """Every address with the method it is meant for, except the open ones."""
    return [
        (rule, "POST" if "POST" in (rule.methods or ()) else "GET")
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in OPEN_ENDPOINTS | OPEN_VIEWS
    ]


def test_every_view_names_the_permission_it_asks_for(office_app: Flask) -> None:
    unnamed = [
        rule.endpoint
        for rule, _ in views(office_app)
        if not hasattr(office_app.view_functions[rule.endpoint], "permission")
    ]
    assert unnamed == []


def test_nothing_but_signing_in_and_a_linked_draft_is_open_to_strangers(office_app: Flask) -> None:
    found = {
        endpoint
        for endpoint, view in office_app.view_functions.items()
        if hasattr(view, "open_to_strangers")
    }
    assert found == OPEN_VIEWS
    assert {"static", "display.change"} == OPEN_ENDPOINTS


def test_a_view_that_names_no_permission_stays_shut(
    office_app: Flask, person: Callable[..., Any]
) -> None:
    office_app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert person(Role.SUPERVISOR).get("/forgotten").status_code == 403


def test_strangers_reach_no_view(office_app: Flask, stranger: Any) -> None:
    for rule, method in views(office_app):
        answer = stranger.open(address(office_app, rule), method=method)
        assert answer.status_code == 303, rule
        assert answer.headers["Location"].startswith("/sign-in"), rule


@pytest.mark.parametrize("role", Role)
def test_each_role_reaches_exactly_the_views_the_table_grants(
    office_app: Flask, person: Callable[..., Any], role: Role
) -> None:
    client = person(role)
    for rule, method in views(office_app):
        if rule.endpoint == "sign_in.leave":
            continue
        permission = office_app.view_functions[rule.endpoint].permission  # type: ignore[attr-defined]
        answer = client.open(address(office_app, rule), method=method)
        # Without a token a permitted POST gets as far as the CSRF check and no further.
        admitted = {400} if method == "POST" else {200, 404}
        expected = admitted if is_granted(role, permission) else {403}
        assert answer.status_code in expected, f"{role} {method} {rule}"


def test_an_unknown_address_tells_a_stranger_nothing(stranger: Any) -> None:
    assert stranger.get("/no-such-page").status_code == 303
    assert stranger.post("/no-such-page").status_code == 303


def test_signed_in_people_are_told_that_a_page_is_missing(person: Callable[..., Any]) -> None:
    client = person(Role.CLERK)
    assert client.get("/no-such-page").status_code == 404
    assert client.get("/sign-out").status_code == 405


def test_every_post_needs_a_token(office_app: Flask, person: Callable[..., Any]) -> None:
    client = person(Role.ADMINISTRATOR)
    for path in ("/accounts", "/password", "/sign-out"):
        answer = client.post(path, data={"csrf_token": "made up"})
        assert answer.status_code == 400
        assert "表单已过期" in answer.text


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
def test_a_change_asked_for_by_another_site_is_refused(
    person: Callable[..., Any], site: str
) -> None:
    client = person(Role.CLERK)
    answer = client.post("/sign-out", headers={"Sec-Fetch-Site": site})
    assert (answer.status_code, "其他网站" in answer.text) == (403, True)
    assert client.get("/", headers={"Sec-Fetch-Site": site}).status_code == 200


def test_a_sign_in_asked_for_by_another_site_is_refused(stranger: Any) -> None:
    answer = stranger.post("/sign-in", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_a_stranger_cannot_make_the_office_take_a_file_in(stranger: Any, home: Path) -> None:
    class Unread(BytesIO):
        """A body that fails when anybody reads it."""

        def read(self, *_: object) -> bytes:
            raise AssertionError("the body was read")

        readline = read1 = read

    answer = stranger.post(
        "/imports",
        input_stream=Unread(b"x" * 1000),
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 303
    assert list((home / "office" / "uploads").iterdir()) == []


def test_only_the_upload_takes_a_large_body(person: Callable[..., Any]) -> None:
    client = person(Role.CLERK)
    answer = client.post("/password", data={"current": "x" * (MAX_FORM + 1)})
    assert answer.status_code == 413


def test_an_expired_fragment_leaves_the_page_instead_of_landing_in_it(stranger: Any) -> None:
    answer = stranger.get("/cases", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in")


def test_the_menu_shows_what_may_be_opened_and_nothing_else(person: Callable[..., Any]) -> None:
    page = person(Role.ADMINISTRATOR).get("/").text
    assert 'href="/accounts"' in page
    for closed in ("/cases", "/imports", "/reviews", "/stories", "/audit"):
        assert f'href="{closed}"' not in page


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://x.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://x.example"}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({}, 303),
    ],
)
def test_a_change_that_another_site_asked_for_is_refused_in_words(
    person: Callable[..., Any], headers: dict[str, str], status: int
) -> None:
    client = person(Role.CLERK)
    token = TOKEN.search(client.get("/password").text)
    assert token is not None
    answer = client.post("/sign-out", data={"csrf_token": token[1]}, headers=headers)
    assert answer.status_code == status
    if status == 403:
        assert "没有执行这次操作" in answer.text
        assert "来自其他网站" in answer.text
        assert client.get("/").status_code == 200


def test_a_refusal_is_written_down_with_its_permission_and_without_what_was_typed(
    person: Callable[..., Any], acts: Callable[..., Any]
) -> None:
    clerk = person(Role.CLERK)
    assert clerk.get("/cases/2018-辽0803-执-1?number=秦椒榕").status_code == 403
    assert clerk.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert clerk.post("/password", data={"csrf_token": "made up"}).status_code == 400
    assert acts("refusal") == [
        ("clerk1", "refusal.permission", "/cases/<slug>"),
        ("clerk1", "refusal.other_site", "/sign-out"),
        ("clerk1", "refusal.stale_form", "/password"),
    ]
    page = person(Role.SUPERVISOR).get("/audit?act=refusal").text
    assert "共 3 条" in page
    assert (
        "clerk1 请求被拒绝（没有权限）：网址 /cases/&lt;slug&gt;"
        "（方式：GET；所需权限：查看案件原始信息和待审事项）"
    ) in page


def test_strangers_and_missing_pages_are_no_refusals(
    person: Callable[..., Any], stranger: Any, acts: Callable[..., Any]
) -> None:
    stranger.get("/audit")
    stranger.post("/sign-in", headers={"Sec-Fetch-Site": "cross-site"})
    person(Role.CLERK).post("/no-such-page", headers={"Sec-Fetch-Site": "cross-site"})
    assert acts("refusal") == []
