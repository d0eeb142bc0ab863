from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portal.registry.audit import AuditEntry
from portal.staff.models import Role


@pytest.fixture
def administrator(person: Callable[..., Any]) -> Any:
    return person(Role.ADMINISTRATOR)


def shown_password(answer: Any) -> str:
    found = re.search(r"<code>([^<]+)</code>", answer.text)
    assert answer.status_code == 200
    assert found is not None
    return found[1]


def test_a_new_account_gets_a_password_that_is_shown_once_and_works(
    administrator: Any, stranger: Any, acts: Callable[..., Any]
) -> None:
    answer = administrator.submit("/accounts", "/accounts", name="周审核", role="reviewer")
    password = shown_password(answer)
    assert password not in administrator.get("/accounts").text
    assert stranger.sign_in("周审核", password).status_code == 303
    assert stranger.get("/reviews").headers["Location"] == "/password"
    fields = {"current": password, "new": "qing-shan-lv-shui", "repeated": "qing-shan-lv-shui"}
    assert stranger.submit("/password", **fields).status_code == 303
    assert stranger.get("/reviews").status_code == 200
    assert ("administrator1", "account.create", "周审核") in acts()


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"name": "clerk1", "role": "clerk"}, "name", "已经有人使用"),
        ({"name": "<b>", "role": "clerk"}, "name", "账号名须为"),
        ({"name": "周审核", "role": ""}, "role", "请选择角色"),
        ({"name": "周审核", "role": "root"}, "role", "请选择角色"),
        ({}, "role", "请选择角色"),
    ],
)
def test_an_account_that_cannot_be_made_says_why(
    administrator: Any, fields: dict[str, str], field: str, sentence: str
) -> None:
    answer = administrator.submit("/accounts", "/accounts", **fields)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert sentence in answer.text


def test_a_closed_account_is_out_at_once_and_back_after_reopening(
    administrator: Any, person: Callable[..., Any], stranger: Any, account_id: Callable[[str], int]
) -> None:
    clerk, id_ = person(Role.CLERK), account_id("clerk1")
    assert administrator.submit(f"/accounts/{id_}/close", "/accounts").status_code == 303
    assert clerk.get("/").status_code == 303
    assert stranger.sign_in("clerk1").status_code == 422
    assert administrator.submit(f"/accounts/{id_}/reopen", "/accounts").status_code == 303
    assert stranger.sign_in("clerk1").status_code == 303


def test_a_reset_password_replaces_the_old_one(
    administrator: Any, stranger: Any, account_id: Callable[[str], int]
) -> None:
    answer = administrator.submit(f"/accounts/{account_id('clerk1')}/reset", "/accounts")
    password = shown_password(answer)
    assert stranger.sign_in("clerk1").status_code == 422
    assert stranger.sign_in("clerk1", password).status_code == 303


@pytest.mark.parametrize("act", ["close", "reset", "reopen", "role", "reset-second-factor"])
def test_nobody_changes_his_own_account(
    administrator: Any, account_id: Callable[[str], int], act: str
) -> None:
    own = f"/accounts/{account_id('administrator1')}"
    answer = administrator.submit(f"{own}/{act}", "/accounts", role="supervisor")
    assert answer.status_code == 422
    assert f'action="{own}' not in administrator.get(own).text
    assert administrator.get("/").status_code == 200


@pytest.mark.parametrize("act", ["close", "reset", "reopen"])
def test_an_unknown_account_is_said_to_be_unknown(administrator: Any, act: str) -> None:
    answer = administrator.submit(f"/accounts/404/{act}", "/accounts")
    assert (answer.status_code, "没有这个账号" in answer.text) == (404, True)
    assert administrator.get("/accounts/404").status_code == 404


def test_a_supervisor_sees_the_accounts_without_buttons(
    person: Callable[..., Any], account_id: Callable[[str], int]
) -> None:
    supervisor = person(Role.SUPERVISOR)
    page = supervisor.get("/accounts").text
    assert "clerk1" in page
    assert "新建账号" not in page
    account = supervisor.get(f"/accounts/{account_id('clerk1')}").text
    assert "录入员" in account
    assert "重置密码" not in account
    assert "/accounts/" not in "".join(re.findall(r'action="([^"]+)"', account))


def test_another_role_ends_the_sessions_and_opens_other_pages(
    administrator: Any,
    person: Callable[..., Any],
    stranger: Any,
    account_id: Callable[[str], int],
    registry: Any,
) -> None:
    clerk, own = person(Role.CLERK), f"/accounts/{account_id('clerk1')}"
    assert administrator.submit(f"{own}/role", own, role="root").status_code == 422
    assert clerk.get("/imports").status_code == 200
    assert administrator.submit(f"{own}/role", own, role="editor").status_code == 303
    assert clerk.get("/imports").status_code == 303
    stranger.sign_in("clerk1")
    assert (stranger.get("/imports").status_code, stranger.get("/stories").status_code) == (
        403,
        200,
    )
    with registry() as session:
        (entry,) = session.scalars(select(AuditEntry).filter_by(act="account.role"))
        assert entry.detail == {"former_role": "clerk", "role": "editor"}


def test_an_administrator_sees_where_an_account_is_signed_in_and_ends_it(
    administrator: Any,
    person: Callable[..., Any],
    account_id: Callable[[str], int],
    acts: Callable[..., Any],
) -> None:
    clerk, own = person(Role.CLERK), f"/accounts/{account_id('clerk1')}"
    assert "127.0.0.1" in administrator.get(own).text
    assert administrator.submit(f"{own}/sign-out", own).status_code == 303
    assert "目前没有登录" in administrator.get(own).text
    assert clerk.get("/").status_code == 303
    assert acts("session") == [("administrator1", "session.revoke", "clerk1")]
