from __future__ import annotations

from pathlib import Path

import pytest

from portal.staff.models import Role
from portal.staff.permissions import (
    GRANTS,
    ROLE_NAMES,
    Permission,
    is_granted,
    markdown_table,
)

DOCS = Path(__file__).parents[2] / "docs"


def test_every_role_is_in_the_table_and_has_a_name() -> None:
    assert set(GRANTS) == set(Role) == set(ROLE_NAMES)


def test_every_permission_is_held_by_somebody() -> None:
    assert set().union(*GRANTS.values()) == set(Permission)


@pytest.mark.parametrize(
    ("permission", "holders"),
    [
        (Permission.IMPORT, {Role.CLERK}),
        (Permission.REVIEW, {Role.REVIEWER, Role.CHIEF_REVIEWER}),
        (Permission.SECOND_READING, {Role.CHIEF_REVIEWER}),
        (Permission.CONFIRM_WITHDRAWALS, {Role.CHIEF_REVIEWER}),
        (Permission.WITHDRAW_CASES, {Role.REVIEWER, Role.CHIEF_REVIEWER}),
        (Permission.READ_RECORDS, {Role.REVIEWER, Role.CHIEF_REVIEWER, Role.SUPERVISOR}),
        (Permission.READ_LETTERS, {Role.REVIEWER, Role.CHIEF_REVIEWER, Role.SUPERVISOR}),
        (Permission.HANDLE_LETTERS, {Role.REVIEWER, Role.CHIEF_REVIEWER}),
        (Permission.SIGN_ANSWERS, {Role.CHIEF_REVIEWER}),
        (Permission.WRITE_STORIES, {Role.EDITOR}),
        (Permission.SIGN_STORIES, {Role.PRESS_CHIEF}),
        (Permission.MANAGE_ACCOUNTS, {Role.ADMINISTRATOR}),
        (Permission.READ_AUDIT, {Role.SUPERVISOR}),
    ],
)
def test_duties_are_separated(permission: Permission, holders: set[Role]) -> None:
    assert {role for role in Role if is_granted(role, permission)} == holders


def test_a_supervisor_changes_nothing() -> None:
    reading = {permission for permission in Permission if permission.name.startswith("READ_")}
    assert GRANTS[Role.SUPERVISOR] == reading | {Permission.OWN_ACCOUNT}


def test_the_documentation_shows_this_very_table() -> None:
    assert markdown_table() in (DOCS / "roles.md").read_text(encoding="utf-8")
