"""``portal serve``: starts one surface, or both side by side."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

import click
from flask.cli import AppGroup

from portal.commands.demo_accounts import (
    demo_parties_in_words,
    read_demo_accounts,
    read_demo_inbox,
    read_demo_parties,
)
from portal.settings import OFFICE_PORT, PUBLIC_PORT, Surface, surface_key

PORTS = {Surface.PUBLIC: PUBLIC_PORT, Surface.OFFICE: OFFICE_PORT}
# What only the office may know is taken out of a public process's environment.
OFFICE_VARIABLES = (
    "PORTAL_REGISTRY_URL",
    "PORTAL_STAFF_PASSWORD",
    "PORTAL_INBOX_PASSPHRASE",
)


def register(group: AppGroup) -> None:
    """Add this command to the console script."""
    group.add_command(serve)


@click.command()
@click.option("--surface", type=click.Choice([surface.value for surface in Surface]))
@click.option("--port", type=click.IntRange(1, 65535), help="只在指定 --surface 时有效。")
@click.option("--host", default="127.0.0.1", show_default=True)
def serve(surface: str | None, port: int | None, host: str) -> None:
    """启动公开站和（或）办公站；不指定 --surface 时两个都启动。"""
    if port and not surface:
        raise click.UsageError("--port 须与 --surface 一起使用")
    chosen = [Surface(surface)] if surface else list(Surface)
    children = []
    for one in chosen:
        own_port = port or PORTS[one]
        children.append(_start(one, host, own_port))
        label = "公开站" if one is Surface.PUBLIC else "办公站"
        click.echo(f"{label}  http://{host}:{own_port}/")
    if Surface.OFFICE in chosen:
        _print_demo_accounts()
    raise SystemExit(_supervise(children))


def _start(surface: Surface, host: str, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "portal.serving", "--host", host, "--port", str(port)]
    environ = surface_environ(surface)
    return subprocess.Popen(command, env=environ)  # noqa: S603 - our own module


def surface_environ(surface: Surface) -> dict[str, str]:
    """What a process of this surface is told; the public one nothing of the office."""
    environ = dict(os.environ, PORTAL_SURFACE=surface.value)
    if surface is Surface.PUBLIC:
        for name in OFFICE_VARIABLES:
            environ.pop(name, None)
    if environ.get("PORTAL_SECRET_KEY"):
        # Not the secret itself, from which the other surface's key could be made.
        environ["PORTAL_SECRET_KEY"] = surface_key(environ["PORTAL_SECRET_KEY"], surface)
    return environ


def _print_demo_accounts() -> None:
    office_dir = Path(os.environ.get("PORTAL_HOME", "instance")) / "office"
    accounts, inbox = read_demo_accounts(office_dir), read_demo_inbox(office_dir)
    if accounts:
        click.echo("演示账号（仅限演示数据）：")
    for account in accounts:
        click.echo(f"  {account.name:<22}{account.password}")
    if inbox:
        answered = inbox.receipts[-1]
        click.echo(f"收件箱口令：{inbox.passphrase}")
        click.echo(f"已答复的来信：回执号 {answered.number}，查询密码 {answered.pin}")
    for line in demo_parties_in_words(read_demo_parties(office_dir)):
        click.echo(line)


def _supervise(children: list[subprocess.Popen[bytes]]) -> int:
    """Wait for the children; when one ends, or we are told to end, end them all."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for child in children:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    process, status = os.wait()
    for child in children:
        if child.pid == process:
            child.returncode = os.waitstatus_to_exitcode(status)
        else:
            child.terminate()
    codes = [child.wait() for child in children]
    ended = (0, -signal.SIGTERM, -signal.SIGINT)
    return next((abs(code) for code in codes if code not in ended), 0)
