"""``portal withdraw`` and ``portal restore``: one stops a case, two withdraw or restore it."""

from __future__ import annotations

from typing import Any

import pyotp
import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from portal.settings import Surface, read_settings
from portal.staff.accounts import create_account
from portal.staff.models import Role
from portal.staff.second_factor import enrol, make_offer
from portal.staff.secrets import SecretBox
from tests.invented import CASE

NUMBER = CASE["case_number"]
PASSWORD = "lan-tian-bai-yun"
PAIR = ("--by", "reviewer1", "--confirmed-by", "chief_reviewer1")
BOTH = f"{PASSWORD}\n{PASSWORD}\n"


@pytest.fixture
def staffed(published: Any) -> Any:
    """A published instance with two reviewers, their chief and a clerk."""
    registry = sessionmaker(create_engine(f"sqlite:///{published.home}/office/registry.db"))
    people = {"reviewer2": Role.REVIEWER} | {
        f"{role}1": role for role in (Role.REVIEWER, Role.CHIEF_REVIEWER, Role.CLERK)
    }
    for name, role in people.items():
        create_account(registry, name, role, PASSWORD, actor="shell", provisional=False)
    return published


def public(portal: Any) -> int:
    numbers = portal.read("public/disclosure", "SELECT case_number FROM public_case")
    return numbers.count((NUMBER,))


def acts(portal: Any) -> list[tuple[str, str]]:
    query = "SELECT actor, act FROM audit_entry WHERE act LIKE 'case.%' ORDER BY id"
    return [row for row in portal.read("office/registry", query) if row[1] != "case.held"]


def test_one_person_stops_a_case_and_no_more(staffed: Any) -> None:
    result = staffed("withdraw", NUMBER, "--reason", "发现身份证号")
    assert result.exit_code == 0, result.output
    assert "须由审核人员在后台" in result.stdout
    assert public(staffed) == 0
    done = [act for who, act in acts(staffed) if who.startswith("cli:")]
    assert done[-2:] == ["case.suspend", "case.retracted"]
    assert "case.withdraw" not in done


def test_two_who_type_their_passwords_withdraw_and_restore(staffed: Any) -> None:
    result = staffed("withdraw", NUMBER, "--reason", "异议成立", *PAIR, input=BOTH)
    assert result.exit_code == 0, result.output
    assert "已撤回" in result.stdout
    assert PASSWORD not in result.output
    assert acts(staffed)[-1] == ("chief_reviewer1", "case.withdraw")
    again = staffed("restore", NUMBER, "--reason", "已更正", *PAIR, input=BOTH)
    assert again.exit_code == 0, again.output
    assert public(staffed) == 1


def test_a_code_is_asked_for_where_there_is_an_authenticator(staffed: Any) -> None:
    settings = read_settings({"PORTAL_HOME": str(staffed.home)}, Surface.OFFICE)
    registry = sessionmaker(create_engine(settings.registry_url or ""))
    box = SecretBox(settings.second_factor_key)
    member = create_account(
        registry, "赵审核", Role.REVIEWER, PASSWORD, actor="shell", provisional=False
    )
    offer = make_offer(box, member)
    codes = enrol(registry, box, member.id, offer.sealed, pyotp.TOTP(offer.secret).now())
    pair = ("--by", "赵审核", "--confirmed-by", "chief_reviewer1")
    typed = f"{PASSWORD}\n000000\n{PASSWORD}\n"
    refused = staffed("withdraw", NUMBER, "--reason", "异议", *pair, input=typed)
    assert (refused.exit_code, public(staffed)) == (1, 1)
    typed = f"{PASSWORD}\n{codes[0]}\n{PASSWORD}\n"
    assert staffed("withdraw", NUMBER, "--reason", "异议", *pair, input=typed).exit_code == 0
    assert public(staffed) == 0


@pytest.mark.parametrize(
    ("pair", "typed", "said"),
    [
        (PAIR, f"{PASSWORD}\nwrong-wrong-wrong\n", "chief_reviewer1：账号或密码不正确"),
        (("--by", "clerk1", "--confirmed-by", "chief_reviewer1"), BOTH, "clerk1 没有"),
        (("--by", "reviewer1", "--confirmed-by", "reviewer2"), BOTH, "至少一人须为审核负责人"),
        (("--by", "chief_reviewer1", "--confirmed-by", "chief_reviewer1"), BOTH, "不能自己确认"),
    ],
    ids=["wrong password", "wrong role", "no chief", "one person twice"],
)
def test_a_pair_that_is_none_restores_nothing(
    staffed: Any, pair: tuple[str, ...], typed: str, said: str
) -> None:
    staffed("withdraw", NUMBER, "--reason", "异议")
    result = staffed("restore", NUMBER, "--reason", "恢复", *pair, input=typed)
    assert (result.exit_code, said in result.stderr) == (1, True), result.output
    assert public(staffed) == 0


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (("withdraw", "nonsense", "--reason", "x"), 2),
        (("withdraw", NUMBER), 2),
        (("withdraw", NUMBER, "--reason", " "), 1),
        (("withdraw", NUMBER, "--reason", "x", "--by", "reviewer1"), 2),
        (("withdraw", "（2018）辽0803执999号", "--reason", "x"), 1),
        (("restore", NUMBER, "--reason", "x"), 2),
    ],
)
def test_what_cannot_be_done_says_why(
    published: Any, arguments: tuple[str, ...], exit_code: int
) -> None:
    result = published(*arguments)
    assert result.exit_code == exit_code
    assert result.stderr.strip() and "Traceback" not in result.output
    assert public(published) == 1
