from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask

from portal.staff.models import Role
from portal.staff.sessions import IDLE, LONGEST
from portal.staff.sign_in import REFUSAL

MORNING = datetime(2018, 4, 9, 1, 0, tzinfo=UTC)


def test_signing_in_leads_to_the_page_that_was_wanted(stranger: Any) -> None:
    asked = stranger.get("/imports?page=2")
    assert asked.headers["Location"] == "/sign-in?next=/imports?page%3D2"
    answer = stranger.sign_in("clerk1", next_="/imports?page=2")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/imports?page=2")
    assert "clerk1" in stranger.get("/imports").text


@pytest.mark.parametrize("target", ["https://x.example/", "//x.example", "/\\x.example", "x"])
def test_signing_in_never_leads_away(stranger: Any, target: str) -> None:
    assert stranger.sign_in("clerk1", next_=target).headers["Location"] == "/"


def test_a_refused_sign_in_shows_the_form_again_without_the_password(stranger: Any) -> None:
    answer = stranger.sign_in("clerk1", "my-wrong-password")
    assert answer.status_code == 422
    assert REFUSAL in answer.text
    assert "错误：登录" in answer.text
    assert 'value="clerk1"' in answer.text
    assert "my-wrong-password" not in answer.text
    assert stranger.get("/").status_code == 303


def test_signing_in_replaces_the_session(stranger: Any) -> None:
    stranger.get("/sign-in")
    with stranger.session_transaction() as session:
        session["planted"] = "before"
        before = session["csrf_token"]
    stranger.sign_in("clerk1")
    with stranger.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != before


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(stranger: Any) -> None:
    cookie = stranger.sign_in("clerk1").headers["Set-Cookie"]
    assert cookie.startswith("office_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_signing_out_needs_a_post_and_ends_copied_cookies_too(
    office_app: Flask, person: Callable[..., Any], acts: Callable[..., Any]
) -> None:
    client = person(Role.CLERK)
    copied = client.get_cookie("office_session").value
    assert client.get("/sign-out").status_code == 405
    assert client.submit("/sign-out").headers["Location"] == "/sign-in"
    assert client.get("/").status_code == 303
    thief = office_app.test_client()
    thief.set_cookie("office_session", copied)
    assert thief.get("/").status_code == 303
    assert acts("sign_in") == [
        ("clerk1", "sign_in.success", "clerk1"),
        ("clerk1", "sign_in.end", "clerk1"),
    ]


def test_a_session_ends_after_half_an_hour_of_silence(stranger: Any) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        stranger.sign_in("clerk1")
        for _ in range(3):
            clock.shift(IDLE.total_seconds() - 1)
            assert stranger.get("/").status_code == 200
        clock.shift(IDLE.total_seconds() + 1)
        assert stranger.get("/").status_code == 303


def test_a_session_ends_after_a_working_day_however_busy(stranger: Any) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        stranger.sign_in("clerk1")
        for _ in range(int(LONGEST.total_seconds()) // 1500):
            clock.shift(1500)
            answer = stranger.get("/password")
        assert answer.status_code == 200
        clock.shift(1500)
        assert stranger.get("/").status_code == 303


def test_a_session_moved_to_another_browser_is_void(office_app: Flask, stranger: Any) -> None:
    stranger.sign_in("clerk1")
    thief = office_app.test_client()
    thief.set_cookie("office_session", stranger.get_cookie("office_session").value)
    assert thief.get("/", headers={"User-Agent": "another browser"}).status_code == 303


def test_a_changed_password_ends_other_sessions_and_keeps_this_one(
    person: Callable[..., Any], stranger: Any, acts: Callable[..., Any]
) -> None:
    here, elsewhere = person(Role.CLERK), person(Role.CLERK)
    answer = here.submit(
        "/password",
        current="lan-tian-bai-yun",
        new="qing-shan-lv-shui",
        repeated="qing-shan-lv-shui",
    )
    assert answer.status_code == 303
    assert "密码已修改" in here.get("/").text
    assert elsewhere.get("/").status_code == 303
    assert stranger.sign_in("clerk1").status_code == 422
    assert stranger.sign_in("clerk1", "qing-shan-lv-shui").status_code == 303
    assert ("clerk1", "account.change_password", "clerk1") in acts()


@pytest.mark.parametrize(
    ("fields", "sentence", "field"),
    [
        (
            {"current": "x", "new": "a" * 20, "repeated": "b" * 20},
            "两次输入的新密码不一致",
            "repeated",
        ),
        (
            {"current": "x", "new": "qing-shan-lv-shui", "repeated": "qing-shan-lv-shui"},
            "当前密码不正确",
            "current",
        ),
        (
            {"current": "lan-tian-bai-yun", "new": "short", "repeated": "short"},
            "密码至少需要",
            "new",
        ),
        ({}, "当前密码不正确", "current"),
    ],
)
def test_a_password_that_cannot_be_changed_says_why_beside_the_field(
    person: Callable[..., Any], fields: dict[str, str], sentence: str, field: str
) -> None:
    answer = person(Role.EDITOR).submit("/password", **fields)
    assert answer.status_code == 422
    assert f'<a href="#{field}">{sentence}' in answer.text
