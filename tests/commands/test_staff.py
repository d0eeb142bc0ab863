"""``portal staff``: accounts from the console, before or when nobody can sign in."""

from __future__ import annotations

import re
from typing import Any

import pyotp
import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from portal.staff.members import find_by_name
from portal.staff.models import Role
from portal.staff.second_factor import enrol, make_offer
from portal.staff.secrets import SecretBox
from portal.staff.sessions import Whereabouts, find_session
from portal.staff.sign_in import SignInRefused, authenticate, start_session

PASSWORD = "lan-tian-bai-yun"
DESK = Whereabouts("10.1.2.3", "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0")


def registry_of(portal: Any) -> Any:
    return sessionmaker(create_engine(f"sqlite:///{portal.home}/office/registry.db"))


def test_a_generated_password_is_shown_once_and_works(portal: Any) -> None:
    result = portal("staff", "add", "wang", "--role", "reviewer")
    assert result.exit_code == 0, result.output
    shown = re.search(r"初始密码：(\S+)", result.stdout)
    assert shown is not None
    member = authenticate(registry_of(portal), "wang", shown[1])
    assert (member.name, member.role) == ("wang", Role.REVIEWER)
    stored = portal.read("office/registry", "SELECT * FROM staff_account")
    assert shown[1] not in str(stored)


@pytest.mark.parametrize("way", ["option", "environment"])
def test_a_given_password_is_not_shown(portal: Any, way: str) -> None:
    if way == "option":
        result = portal("staff", "add", "wang", "--role", "clerk", "--password", PASSWORD)
    else:
        environ = {"PORTAL_STAFF_PASSWORD": PASSWORD}
        result = portal("staff", "add", "wang", "--role", "clerk", env=environ)
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    assert authenticate(registry_of(portal), "wang", PASSWORD).role is Role.CLERK


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (("wang", "--role", "clerk", "--password", "short"), 1),
        (("wang", "--role", "clerk", "--password", "wang-lan-tian-bai"), 1),
        (("", "--role", "clerk"), 1),
        (("w", "--role", "emperor"), 2),
        (("wang",), 2),
    ],
    ids=["weak", "holds the name", "no name", "unknown role", "no role"],
)
def test_what_does_not_make_an_account(
    portal: Any, arguments: tuple[str, ...], exit_code: int
) -> None:
    result = portal("staff", "add", *arguments)
    assert result.exit_code == exit_code
    assert result.stderr.strip() and "Traceback" not in result.output
    assert portal.read("office/registry", "SELECT count(*) FROM staff_account") == [(0,)]


def test_a_name_is_given_once(portal: Any) -> None:
    assert portal("staff", "add", "wang", "--role", "clerk").exit_code == 0
    again = portal("staff", "add", "wang", "--role", "supervisor")
    assert again.exit_code == 1
    assert portal.read("office/registry", "SELECT role FROM staff_account") == [("clerk",)]


def test_the_log_says_who_made_the_account(portal: Any) -> None:
    portal("staff", "add", "wang", "--role", "editor")
    (entry,) = portal.read("office/registry", "SELECT actor, act, subject FROM audit_entry")
    assert entry[0].startswith("cli:")
    assert entry[1:] == ("account.create", "wang")


def test_a_made_password_has_to_be_changed(portal: Any) -> None:
    portal("staff", "add", "wang", "--role", "clerk", "--password", PASSWORD)
    assert authenticate(registry_of(portal), "wang", PASSWORD).must_change_password


def test_an_account_is_looked_after_from_the_console(portal: Any) -> None:
    registry = registry_of(portal)
    portal("staff", "add", "wang", "--role", "clerk", "--password", PASSWORD)
    started = start_session(registry, "wang", PASSWORD, DESK)
    assert "10.1.2.3" in portal("staff", "sessions", "list", "wang").stdout
    assert "1 处登录" in portal("staff", "sessions", "revoke", "wang").stdout
    assert find_session(registry, started.ticket, DESK) is None

    assert portal("staff", "lock", "wang").exit_code == 0
    (account,) = portal.json("staff", "list")["accounts"]
    assert (account["name"], account["role"], account["active"]) == ("wang", "clerk", False)
    with pytest.raises(SignInRefused):
        authenticate(registry, "wang", PASSWORD)
    assert portal("staff", "unlock", "wang").exit_code == 0
    assert portal("staff", "role", "wang", "editor").exit_code == 0
    shown = re.search(r"新密码：(\S+)", portal("staff", "reset-password", "wang").stdout)
    assert shown is not None
    assert authenticate(registry, "wang", shown[1]).role is Role.EDITOR
    assert "wang\teditor\t使用中\t未绑定验证器" in portal("staff", "list").stdout
    acts = [
        act for (act,) in portal.read("office/registry", "SELECT act FROM audit_entry ORDER BY id")
    ]
    assert acts == [
        "account.create",
        "sign_in.success",
        "session.revoke",
        "account.close",
        "sign_in.failure",
        "account.reopen",
        "account.role",
        "account.reset_password",
        "sign_in.success",
    ]


def test_a_lost_authenticator_is_taken_off_from_the_console(portal: Any) -> None:
    registry, box = registry_of(portal), SecretBox(b"a key" * 8)
    portal("staff", "add", "wang", "--role", "clerk", "--password", PASSWORD)
    member = find_by_name(registry, "wang")
    assert portal("staff", "reset-totp", "wang").exit_code == 1
    offer = make_offer(box, member)
    enrol(registry, box, member.id, offer.sealed, pyotp.TOTP(offer.secret).now())
    assert portal("staff", "reset-totp", "wang").exit_code == 0
    assert not start_session(registry, "wang", PASSWORD, DESK).awaits_code


@pytest.mark.parametrize(
    "arguments",
    [
        ("lock", "nobody"),
        ("unlock", "nobody"),
        ("reset-password", "nobody"),
        ("reset-totp", "nobody"),
        ("role", "nobody", "clerk"),
        ("sessions", "list", "nobody"),
        ("sessions", "revoke", "nobody"),
    ],
)
def test_an_unknown_name_is_said_to_be_unknown(portal: Any, arguments: tuple[str, ...]) -> None:
    result = portal("staff", *arguments)
    assert (result.exit_code, "没有账号 nobody" in result.stderr) == (1, True)
