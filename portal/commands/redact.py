"""``portal redact``: masks lines of text from files or a pipe, as ``python -m redaction`` does."""

from __future__ import annotations

import click
from flask.cli import AppGroup


def register(group: AppGroup) -> None:
    """Add this command to the console script."""
    group.add_command(redact)


@click.command()
@click.argument("files", nargs=-1, type=click.Path())
@click.option("--party", "parties", multiple=True, metavar="NAME", help="已知当事人姓名，可重复。")
@click.option("--json", "as_json", is_flag=True, help="每行输出一个 JSON 对象。")
def redact(files: tuple[str, ...], parties: tuple[str, ...], as_json: bool) -> None:
    """屏蔽文字中的个人信息；不给文件时读标准输入。"""
    from redaction.__main__ import main

    arguments = ["--json"] if as_json else []
    arguments += [f"--party={party}" for party in parties]
    try:
        status = main([*arguments, "--", *files])
    except (IsADirectoryError, PermissionError) as error:
        raise click.ClickException(f"文件无法读取：{error.filename}") from error
    raise SystemExit(status)
