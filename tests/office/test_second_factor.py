from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from flask import Flask

from portal.staff.models import Role
from portal.staff.second_factor import RECOVERY_CODES

OFFER = re.compile(r'name="offer" value="([^"]+)"')
SECRET = re.compile(r'class="secret"><code>([A-Z2-7 ]+)</code>')
CODES = re.compile(r"<li><code>([^<]+)</code></li>")
STEP = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2018-04-09T01:00:00+00:00", tick=False) as moving:
        yield moving


def bind(client: Any) -> tuple[pyotp.TOTP, list[str]]:
    """Put an authenticator into use as a person does: by the secret on the page."""
    page = client.get("/second-factor").text
    offer, secret = OFFER.search(page), SECRET.search(page)
    assert offer is not None and secret is not None
    totp = pyotp.TOTP(secret[1].replace(" ", ""))
    answer = client.submit("/second-factor", "/second-factor", offer=offer[1], code=totp.now())
    assert answer.status_code == 200, answer.text
    return totp, CODES.findall(answer.text)


@pytest.fixture
def required(office_app: Flask) -> None:
    """The office as it stands with real data: nobody works without a second factor."""
    settings = office_app.extensions["settings"]
    office_app.extensions["settings"] = replace(settings, totp_required=True)


def test_an_authenticator_is_put_into_use_and_asked_for_from_then_on(
    person: Callable[..., Any], stranger: Any, clock: Any, acts: Callable[..., Any]
) -> None:
    clerk = person(Role.CLERK)
    assert 'class="qr"' in clerk.get("/second-factor").text
    totp, codes = bind(clerk)
    assert len(codes) == RECOVERY_CODES
    assert clerk.get("/imports").status_code == 200
    assert codes[0] not in clerk.get("/second-factor").text

    clock.shift(STEP)
    answer = stranger.sign_in("clerk1", next_="/imports")
    assert answer.headers["Location"] == "/sign-in/code?next=/imports"
    assert stranger.get("/imports").headers["Location"].startswith("/sign-in")
    wrong = stranger.submit("/sign-in/code", "/sign-in/code", code="000000", next="/imports")
    assert (wrong.status_code, "错误：输入验证码" in wrong.text) == (422, True)
    right = stranger.submit("/sign-in/code", "/sign-in/code", code=totp.now(), next="/imports")
    assert right.headers["Location"] == "/imports"
    assert stranger.get("/imports").status_code == 200
    assert [act for _, act, _ in acts("second_factor")] == [
        "second_factor.enrol",
        "second_factor.failure",
    ]


def test_the_page_for_the_code_leads_back_without_a_password(stranger: Any) -> None:
    assert stranger.get("/sign-in/code").headers["Location"] == "/sign-in"
    answer = stranger.submit("/sign-in/code", "/sign-in", code="123456")
    assert answer.headers["Location"] == "/sign-in"
    assert "登录已超时" in stranger.get("/sign-in").text


def test_the_code_never_leads_away(person: Callable[..., Any], stranger: Any) -> None:
    _, codes = bind(person(Role.CLERK))
    stranger.sign_in("clerk1")
    answer = stranger.submit(
        "/sign-in/code", "/sign-in/code", code=codes[0], next="https://x.example/"
    )
    assert answer.headers["Location"] == "/"


def test_a_refused_first_code_keeps_the_picture(person: Callable[..., Any]) -> None:
    clerk = person(Role.CLERK)
    page = clerk.get("/second-factor").text
    offer, secret = OFFER.search(page), SECRET.search(page)
    assert offer is not None and secret is not None
    answer = clerk.submit("/second-factor", "/second-factor", offer=offer[1], code="000000")
    assert answer.status_code == 422
    assert secret[1] in answer.text
    foreign = clerk.submit("/second-factor", "/second-factor", offer="junk", code="000000")
    assert (foreign.status_code, "重新绑定" in foreign.text) == (422, True)


def test_where_it_is_required_nothing_opens_before_it_is_in_use(
    required: None, person: Callable[..., Any], stranger: Any
) -> None:
    clerk = person(Role.CLERK)
    for address in ("/", "/imports", "/account"):
        assert clerk.get(address).headers["Location"] == "/second-factor"
    assert clerk.submit("/imports", "/second-factor").headers["Location"] == "/second-factor"
    fragment = {"HX-Request": "true", "HX-Request-Type": "partial"}
    assert clerk.get("/imports", headers=fragment).headers["HX-Redirect"] == "/second-factor"
    assert "须使用两步验证" in clerk.get("/second-factor").text
    bind(clerk)
    assert clerk.get("/imports").status_code == 200
    assert stranger.get("/imports").status_code == 303


def test_signing_out_is_open_whatever_has_to_be_done_first(
    required: None, person: Callable[..., Any]
) -> None:
    clerk = person(Role.CLERK)
    assert clerk.submit("/sign-out", "/second-factor").headers["Location"] == "/sign-in"


def test_recovery_codes_are_renewed_and_the_authenticator_given_up_by_code(
    person: Callable[..., Any], clock: Any
) -> None:
    clerk = person(Role.CLERK)
    totp, codes = bind(clerk)
    page = "/second-factor"
    assert clerk.submit(f"{page}/codes", page, code=totp.now()).status_code == 422, "used already"
    clock.shift(STEP)
    fresh = CODES.findall(clerk.submit(f"{page}/codes", page, code=totp.now()).text)
    assert len(fresh) == RECOVERY_CODES and not set(fresh) & set(codes)
    refused = clerk.submit(f"{page}/remove", page, removing_code=codes[0])
    assert (refused.status_code, 'href="#removing_code"' in refused.text) == (422, True)
    assert clerk.submit(f"{page}/remove", page, removing_code=fresh[0]).status_code == 303
    assert 'class="qr"' in clerk.get(page).text


def test_an_administrator_takes_a_lost_authenticator_off(
    person: Callable[..., Any],
    stranger: Any,
    account_id: Callable[[str], int],
    acts: Callable[..., Any],
) -> None:
    clerk, administrator = person(Role.CLERK), person(Role.ADMINISTRATOR)
    own = f"/accounts/{account_id('clerk1')}"
    assert administrator.submit(f"{own}/reset-second-factor", own).status_code == 422
    bind(clerk)
    assert "解除验证器" in administrator.get(own).text
    assert administrator.submit(f"{own}/reset-second-factor", own).status_code == 303
    assert clerk.get("/").status_code == 303
    assert stranger.sign_in("clerk1").headers["Location"] == "/"
    assert ("administrator1", "second_factor.reset", "clerk1") in acts()


def test_one_sees_where_one_is_signed_in_and_ends_the_others(
    person: Callable[..., Any],
) -> None:
    here = person(Role.CLERK)
    others = [person(Role.CLERK) for _ in range(2)]
    page = here.get("/account").text
    assert page.count("本机") == 1
    revoke = re.findall(r'action="(/account/sessions/\d+/revoke)"', page)
    assert len(revoke) == 2
    assert here.submit(revoke[0], "/account").status_code == 303
    assert [other.get("/").status_code for other in others].count(303) == 1
    assert here.submit("/account/sessions/revoke-others", "/account").status_code == 303
    assert [other.get("/").status_code for other in others] == [303, 303]
    assert here.get("/account").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(person: Callable[..., Any]) -> None:
    clerk, editor = person(Role.CLERK), person(Role.EDITOR)
    own = re.findall(
        r'action="(/account/sessions/\d+/revoke)"', person(Role.CLERK).get("/account").text
    )
    assert len(own) == 1
    assert editor.submit(own[0], "/password").status_code == 404
    assert clerk.get("/").status_code == 200
