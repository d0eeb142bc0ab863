"""``portal staff``: makes the first accounts, before anybody can log in."""

from __future__ import annotations

import click
from flask.cli import AppGroup, with_appcontext

from portal.commands.office import office_gate, operator
from portal.staff.models import Role


def register(group: AppGroup) -> None:
    """Add these commands to the console script."""
    group.add_command(staff)


@click.group()
def staff() -> None:
    """办公站账号。"""


@staff.command()
@click.argument("name")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--password", envvar="PORTAL_STAFF_PASSWORD", help="不给时随机生成并显示一次。")
@with_appcontext
def add(name: str, role: str, password: str | None) -> None:
    """新建账号。"""
    from portal.staff.accounts import AccountError, create_account
    from portal.staff.passwords import WeakPassword, make_password

    generated = None if password else make_password()
    try:
        create_account(
            office_gate().stores.registry,
            name,
            Role(role),
            password or generated or "",
            actor=operator(),
        )
    except (AccountError, WeakPassword) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"已建立账号 {name}（{role}）")
    if generated:
        click.echo(f"初始密码：{generated}")
