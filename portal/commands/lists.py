"""``portal lists due``: clears the public lists of what has left them; made for cron."""

from __future__ import annotations

from datetime import date, datetime

import click
from flask.cli import AppGroup, with_appcontext

from portal.commands.office import (
    echo_json,
    office_gate,
    office_settings,
    operator,
    progress_bar,
)
from portal.reference.clock import today_in_beijing
from portal.settings import demo_day


def register(group: AppGroup) -> None:
    """Add these commands to the console script."""
    group.add_command(lists)


@click.group()
def lists() -> None:
    """失信、限制消费、终本名单的期限。"""


@lists.command()
@click.option(
    "--on",
    "day",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="按这一天计算（北京时间，不得晚于今天）；不写就是今天，演示数据按其最后一日。",
)
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象。")
@with_appcontext
def due(day: datetime | None, as_json: bool) -> None:
    """移除已经到期、解除或者更正的名单记录（可重复运行，适合每天定时）。"""
    from portal.publication.list_clearing import clear_lists

    with progress_bar("清理名单") as advance:
        report = clear_lists(office_gate(), operator(), _day(day), progress=advance)
    if as_json:
        echo_json(
            {
                "day": report.day.isoformat(),
                "examined": report.examined,
                "removed": report.removed,
                "late": report.late,
                "certain": report.certain,
                "errors": list(report.errors),
            }
        )
    else:
        click.echo(
            f"{report.day.isoformat()}：核对 {report.examined} 案，移除 {report.removed} 条，"
            f"其中逾期 {report.late} 条，出错 {len(report.errors)} 案"
        )
        if not report.certain:
            click.echo("部分期限所在年份的放假安排尚未收录，按周一至周五计算。")
        for number in report.errors:
            click.echo(f"  出错：{number}", err=True)
    if report.errors:
        raise SystemExit(1)


def _day(given: datetime | None) -> date:
    # A seeded instance lives in the last day of its data, on the office's page as well.
    today = demo_day(office_settings().home) or today_in_beijing()
    if given is None:
        return today
    if given.date() > today:
        raise click.BadParameter("不得晚于今天：还没有到期的记录不能移除", param_hint="--on")
    return given.date()
