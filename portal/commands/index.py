"""Commands for the search index: rebuild, sync, tidy, check."""

from __future__ import annotations

import click
from flask.cli import AppGroup, with_appcontext

from portal.commands.office import (
    echo_json,
    office_gate,
    office_settings,
    plain_errors,
    progress_bar,
)
from portal.publication.indexing import (
    check_index,
    rebuild_index,
    sync_index,
    tidy_index,
)


def register(group: AppGroup) -> None:
    """Add these commands to the console script."""
    group.add_command(index)


@click.group()
def index() -> None:
    """检索索引：重建、同步、整理、核对。"""


@index.command()
@with_appcontext
def rebuild() -> None:
    """依据公开库重建索引，建成后一次替换。"""
    gate = office_gate()
    with plain_errors(), progress_bar("重建索引") as advance:
        count = rebuild_index(gate.stores.disclosure, office_settings().index_path, advance)
    click.echo(f"索引已重建，共 {count} 项")


@index.command()
@with_appcontext
def sync() -> None:
    """把尚未进入索引的变更写入索引。"""
    gate = office_gate()
    with plain_errors():
        count = sync_index(gate.stores.disclosure, office_settings().index_path)
    click.echo(f"已同步 {count} 项变更")


@index.command()
@with_appcontext
def tidy() -> None:
    """合并长期更新留下的零散部分；可随时中断，发布与检索照常进行。"""
    with plain_errors():
        steps = tidy_index(office_settings().index_path)
    click.echo(f"索引已整理，共 {steps} 步")


@index.command()
@click.option("--repair", is_flag=True, help="修复发现的差异。")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象。")
@with_appcontext
def check(repair: bool, as_json: bool) -> None:
    """双向核对索引与公开库；有差异且未修复时以 1 退出。"""
    gate = office_gate()
    with plain_errors():
        difference = check_index(
            gate.stores.disclosure, office_settings().index_path, repair=repair
        )
    missing, stale = len(difference.missing), len(difference.stale)
    if as_json:
        echo_json({"missing": missing, "stale": stale, "repaired": repair})
    else:
        click.echo(f"索引缺少 {missing} 项，多出 {stale} 项" + ("，已修复" if repair else ""))
    if difference and not repair:
        raise SystemExit(1)
