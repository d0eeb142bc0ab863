"""``portal statistics``: counts the figures of 统计公开 again and publishes them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import click
from flask.cli import AppGroup, with_appcontext

from portal.commands.office import echo_json, office_gate, office_settings, operator
from portal.publication.statistics import publish_statistics
from portal.reference.clock import today_in_beijing
from portal.settings import demo_day


def register(group: AppGroup) -> None:
    """Add this command to the console script."""
    group.add_command(statistics)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象。")
@with_appcontext
def statistics(as_json: bool) -> None:
    """重新计算统计公开的各项数字并公布（publish 结束时也会计算；可重复运行）。"""
    published = publish_statistics(office_gate().stores, operator(), statistics_day())
    if as_json:
        facts = asdict(published) | {"cut_off": str(published.cut_off)} if published else {}
        echo_json(facts)
    elif published:
        click.echo(
            f"统计第 {published.version} 版：{published.cases} 案，截至 {published.cut_off}，"
            f"无法读取 {published.broken} 案"
        )
    else:
        click.echo("登记库中的案件太少，没有公布统计数字。")


def statistics_day() -> date:
    """Today; in a seeded instance the day its data ends."""
    return demo_day(office_settings().home) or today_in_beijing()
