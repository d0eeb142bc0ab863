"""``portal lookup``: the key behind lookups by ID number on the dishonest-debtor list."""

from __future__ import annotations

import click
from flask.cli import AppGroup, with_appcontext

from portal.commands.office import office_gate, operator, progress_bar
from portal.disclosure.lookups import LookupKeyError


def register(group: AppGroup) -> None:
    """Add these commands to the console script."""
    group.add_command(lookup)


@click.group()
def lookup() -> None:
    """按证件号码查询失信名单：状态和密钥更换。"""


@lookup.command()
@with_appcontext
def status() -> None:
    """名单中有多少条可以按完整证件号码查到，现有几把密钥。"""
    from portal.publication.lookups import count_lookups

    gate = office_gate()
    with gate.stores.disclosure() as session:
        entries, found = count_lookups(session)
    try:
        keys = gate.lookup_keys.read()
    except LookupKeyError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"名单共 {entries} 条，可按证件号码查到 {found} 条")
    names = "、".join(key.id for key in keys)
    click.echo(f"密钥：{names}" + ("（更换中）" if len(keys) > 1 else ""))


@lookup.command()
@with_appcontext
def rekey() -> None:
    """换一把新密钥并重新建立索引；期间查询照常，中断后再次运行即可继续。"""
    from portal.publication.lookups import rekey as exchange

    gate = office_gate()
    try:
        with progress_bar("重建") as advance:
            written = exchange(gate.stores, gate.key, gate.lookup_keys, operator(), advance)
    except LookupKeyError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"已更换密钥，{written} 条记录改用新密钥；旧密钥已作废")
