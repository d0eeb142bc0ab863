"""``portal staff add``: the first accounts, before anybody can sign in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from portal.staff.models import Role
from portal.staff.sign_in import authenticate

PASSWORD = "lan-tian-bai-yun"


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
