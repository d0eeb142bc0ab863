"""``portal stories due``: publishes and takes down what was signed for this hour; by cron."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from flask.cli import AppGroup, with_appcontext

from portal.commands.office import echo_json, office_gate, operator
from portal.publication.story_schedule import run_due


def register(group: AppGroup) -> None:
    """Add these commands to the console script."""
    group.add_command(stories)


@click.group()
def stories() -> None:
    """宣传稿件：定时发布与下线。"""


@stories.command()
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象。")
@with_appcontext
def due(as_json: bool) -> None:
    """发布、下线已到约定时间的稿件；可以反复运行，有稿件未能发布时以 1 退出。"""
    report = run_due(office_gate(), operator(), datetime.now(UTC))
    if as_json:
        names = ("published", "expired", "kept")
        echo_json({name: list(getattr(report, name)) for name in names})
    else:
        click.echo(
            f"发布 {len(report.published)} 篇，下线 {len(report.expired)} 篇，"
            f"未能发布 {len(report.kept)} 篇"
        )
    for slug in report.kept:
        click.echo(f"  未能发布：{slug}", err=True)
    if report.kept:
        raise SystemExit(1)
