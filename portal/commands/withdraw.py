"""``portal withdraw`` and ``portal restore``: cases taken off and brought back from the console.

One person takes a case off. What takes two people takes two here as well: both type their own
passwords, and the codes of their authenticators where they have one.
"""

from __future__ import annotations

import click
from flask.cli import AppGroup, with_appcontext

from portal.commands.office import office_gate, office_settings, operator
from portal.publication.errors import NotPublished, PublicationError
from portal.publication.gate import Gate
from portal.publication.withdrawal import (
    ask_restoration,
    confirm_restoration,
    confirm_withdrawal,
    suspend_case,
)
from portal.reference import case_numbers
from portal.registry.joint_acts import JointActRefused, Person, waiting_of
from portal.staff.members import AccountError
from portal.staff.permissions import Permission, is_granted
from portal.staff.second_factor import confirm_code
from portal.staff.secrets import SecretBox
from portal.staff.sign_in import SignInRefused, authenticate

REASON = click.option("--reason", required=True, help="理由，记入日志。")


def register(group: AppGroup) -> None:
    """Add these commands to the console script."""
    for command in (withdraw, restore):
        group.add_command(command)


@click.command()
@click.argument("number")
@REASON
@click.option("--by", "asker", help="提出撤回的审核人员（须输入其密码）。")
@click.option("--confirmed-by", "second", help="确认撤回的另一人（须输入其密码）。")
@with_appcontext
def withdraw(number: str, reason: str, asker: str | None, second: str | None) -> None:
    """立即停止公开一个案件；写明两人时同时正式撤回，否则等待在后台确认。"""
    if (asker is None) != (second is None):
        raise click.UsageError("--by 与 --confirmed-by 须同时给出")
    gate, case_number = office_gate(), _number(number)
    pair = (_prove(gate, asker), _prove(gate, second)) if asker and second else None
    person = pair[0] if pair else Person(operator())
    try:
        suspend_case(gate, case_number, person.name, reason, senior=person.senior)
        click.echo(f"{case_number} 已停止公开")
    except NotPublished as nothing_public:
        click.echo(str(nothing_public))
    except PublicationError as error:
        raise click.ClickException(str(error)) from error
    waiting = waiting_of(gate.stores.registry, case_number)
    if pair is None or waiting is None:
        click.echo("正式撤回须由审核人员在后台“撤回与恢复”中确认" if waiting else "此前已正式撤回")
        return
    try:
        confirm_withdrawal(gate, waiting.id, pair[1].name, senior=pair[1].senior)
    except JointActRefused as error:
        raise click.ClickException(f"已停止公开，但没有正式撤回：{error}") from error
    click.echo(f"{case_number} 已撤回")


@click.command()
@click.argument("number")
@REASON
@click.option("--by", "asker", required=True, help="申请恢复的审核人员（须输入其密码）。")
@click.option("--confirmed-by", "second", required=True, help="同意恢复的另一人（须输入其密码）。")
@with_appcontext
def restore(number: str, reason: str, asker: str, second: str) -> None:
    """由两人恢复公开一个案件；案件重新屏蔽、核验，有疑点时转人工审核。"""
    gate, case_number = office_gate(), _number(number)
    first, other = _prove(gate, asker), _prove(gate, second)
    try:
        act_id = ask_restoration(gate, case_number, first.name, reason, senior=first.senior)
        outcome = confirm_restoration(gate, act_id, other.name, senior=other.senior)
    except (PublicationError, JointActRefused) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{case_number} 恢复的结果：{outcome}")


def _prove(gate: Gate, name: str) -> Person:
    """Have a named person type his password (and code); he must be one who may withdraw."""
    registry = gate.stores.registry
    password = click.prompt(f"{name} 的密码", hide_input=True, err=True)
    try:
        member = authenticate(registry, name, password)
        if member.must_change_password:
            raise click.ClickException(f"{name} 须先在后台修改他人设置的密码")
        if member.second_factor_since is not None:
            code = click.prompt(f"{name} 的验证码", err=True)
            confirm_code(registry, SecretBox(office_settings().second_factor_key), member.id, code)
    except (SignInRefused, AccountError) as error:
        raise click.ClickException(f"{name}：{error}") from error
    if not is_granted(member.role, Permission.WITHDRAW_CASES):
        raise click.ClickException(f"{name} 没有撤回、恢复案件的权限")
    return Person(member.name, is_granted(member.role, Permission.CONFIRM_WITHDRAWALS))


def _number(text: str) -> str:
    try:
        return case_numbers.parse(text).canonical
    except case_numbers.CaseNumberError as error:
        raise click.BadParameter("不是案号", param_hint="NUMBER") from error
