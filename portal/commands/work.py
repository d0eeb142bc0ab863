"""``portal work``: works off the jobs of the office in a process of its own."""

from __future__ import annotations

import signal
from threading import Event
from types import FrameType

import click
from flask.cli import AppGroup, with_appcontext

from portal.commands.office import office_gate, office_settings
from portal.publication.worker import Worker


def register(group: AppGroup) -> None:
    """Add this command to the console script."""
    group.add_command(work)


@click.command()
@click.option("--once", is_flag=True, help="处理完等待中的任务即结束。")
@with_appcontext
def work(once: bool) -> None:
    """处理办公站的后台任务：预览和导入上传的文件；中断后再次运行会接着处理。"""
    worker = Worker(office_gate(), office_settings().office_dir / "uploads")
    if once:
        click.echo(f"处理 {worker.work_off()} 个任务")
        return
    stop = Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    worker.run(stop)
