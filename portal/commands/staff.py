"""``portal staff``: the first accounts, and looking after accounts when nobody can sign in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.orm import Session, sessionmaker

from portal.commands.office import echo_json, office_gate, operator
from portal.staff.accounts import create_account, reset_password, set_active, set_role
from portal.staff.members import AccountError, StaffMember, find_by_name, list_members
from portal.staff.models import Role
from portal.staff.passwords import WeakPassword, make_password
from portal.staff.second_factor import reset_second_factor
from portal.staff.sessions import list_sessions, revoke_sessions

ROLE = click.Choice([role.value for role in Role])


def register(group: AppGroup) -> None:
    """Add these commands to the console script."""
    group.add_command(staff)


@click.group()
def staff() -> None:
    """办公站账号：新建、停用、重置、角色、登录。每次操作都记入日志。"""


@staff.command()
@click.argument("name")
@click.option("--role", required=True, type=ROLE)
@click.option("--password", envvar="PORTAL_STAFF_PASSWORD", help="不给时随机生成并显示一次。")
@with_appcontext
def add(name: str, role: str, password: str | None) -> None:
    """新建账号；本人第一次登录时必须修改密码。"""
    generated = None if password else make_password()
    with plain_refusals():
        create_account(_registry(), name, Role(role), password or generated or "", actor=operator())
    click.echo(f"已建立账号 {name}（{role}）")
    if generated:
        click.echo(f"初始密码：{generated}")


@staff.command("list")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象。")
@with_appcontext
def list_accounts(as_json: bool) -> None:
    """列出全部账号。"""
    members = list_members(_registry())
    if as_json:
        echo_json({"accounts": [_facts(member) for member in members]})
        return
    for member in members:
        facts = _facts(member)
        state = "使用中" if facts["active"] else "已停用"
        factor = "已绑定验证器" if facts["second_factor"] else "未绑定验证器"
        seen = f"最近登录 {facts['last_login_at'] or '从未'}"
        click.echo(f"{member.name}\t{member.role}\t{state}\t{factor}\t{seen}")


@staff.command()
@click.argument("name")
@with_appcontext
def lock(name: str) -> None:
    """停用账号，退出其全部登录。"""
    with plain_refusals():
        set_active(_registry(), _id(name), False, actor=operator())
    click.echo(f"已停用 {name}")


@staff.command()
@click.argument("name")
@with_appcontext
def unlock(name: str) -> None:
    """重新启用账号，并解除多次失败后的等待。"""
    with plain_refusals():
        set_active(_registry(), _id(name), True, actor=operator())
    click.echo(f"{name} 可以登录")


@staff.command("reset-password")
@click.argument("name")
@with_appcontext
def reset_one_password(name: str) -> None:
    """换一个随机密码并显示一次；本人登录时必须修改。"""
    with plain_refusals():
        _, password = reset_password(_registry(), _id(name), actor=operator())
    click.echo(f"{name} 的新密码：{password}")


@staff.command("reset-totp")
@click.argument("name")
@with_appcontext
def reset_totp(name: str) -> None:
    """解除账号的验证器和恢复码（手机遗失时，先核实身份）。"""
    with plain_refusals():
        reset_second_factor(_registry(), _id(name), actor=operator())
    click.echo(f"已解除 {name} 的验证器")


@staff.command()
@click.argument("name")
@click.argument("role", type=ROLE)
@with_appcontext
def role(name: str, role: str) -> None:
    """更改角色，退出其全部登录。"""
    with plain_refusals():
        set_role(_registry(), _id(name), Role(role), actor=operator())
    click.echo(f"{name} 的角色已改为 {role}")


@staff.group()
def sessions() -> None:
    """登录：查看、退出。"""


@sessions.command("list")
@click.argument("name")
@with_appcontext
def list_one(name: str) -> None:
    """列出账号正在登录的地方。"""
    with plain_refusals():
        found = list_sessions(_registry(), _id(name))
    for session in found:
        click.echo(
            f"{session.started_at.isoformat(timespec='seconds')}\t"
            f"{session.seen_at.isoformat(timespec='seconds')}\t"
            f"{session.where.address}\t{session.where.browser}"
        )


@sessions.command()
@click.argument("name")
@with_appcontext
def revoke(name: str) -> None:
    """退出账号的全部登录。"""
    with plain_refusals():
        ended = revoke_sessions(_registry(), _id(name), actor=operator())
    click.echo(f"已退出 {name} 的 {ended} 处登录")


@contextmanager
def plain_refusals() -> Iterator[None]:
    """Turn what cannot be done with an account into a console message and exit code 1."""
    try:
        yield
    except (AccountError, WeakPassword) as error:
        raise click.ClickException(str(error)) from error


def _registry() -> sessionmaker[Session]:
    return office_gate().stores.registry


def _id(name: str) -> int:
    return find_by_name(_registry(), name).id


def _facts(member: StaffMember) -> dict[str, object]:
    seen = member.last_login_at
    return {
        "name": member.name,
        "role": str(member.role),
        "active": member.active,
        "second_factor": member.second_factor_since is not None,
        "last_login_at": seen.isoformat(timespec="seconds") if seen else None,
    }
