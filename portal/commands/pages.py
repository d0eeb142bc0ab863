"""``portal pages install``: the guides and the 执行不能 channel that come with the software."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from flask.cli import AppGroup, with_appcontext

from portal.commands.office import echo_json, office_gate, operator
from portal.press.shipped_pages import shipped_pages
from portal.publication.errors import StoryHeld
from portal.publication.shipped_pages import install_pages


def register(group: AppGroup) -> None:
    """Add these commands to the console script."""
    group.add_command(pages)


@click.group()
def pages() -> None:
    """随软件提供的办事指南和执行不能专栏。"""


@pages.command()
@click.option("--as-drafts", is_flag=True, help="只放入草稿，由编辑接手、三审后再公开。")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象。")
@with_appcontext
def install(as_drafts: bool, as_json: bool) -> None:
    """放入还没有的页面；法院接手或者撤下的不动（可重复运行）。"""
    try:
        done = install_pages(
            office_gate(), operator(), shipped_pages(), now=datetime.now(UTC), as_drafts=as_drafts
        )
    except StoryHeld as held:
        raise click.ClickException("；".join(held.reasons)) from held
    if as_json:
        echo_json({name: list(getattr(done, name)) for name in ("added", "renewed", "left")})
    else:
        click.echo(
            f"{'放入草稿' if as_drafts else '发布'} {len(done.added)} 页，"
            f"更新 {len(done.renewed)} 页，保持原样 {len(done.left)} 页"
        )
