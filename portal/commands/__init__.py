"""The ``portal`` console script: everything an operator does, by hand or by cron.

Commands run with the office's settings, because they prepare what the public sees;
``serve`` and ``redact`` need no stores and open none.
"""

from __future__ import annotations

from importlib import import_module

import click
from flask import Flask
from flask.cli import FlaskGroup

from portal import create_app
from portal.settings import Surface, read_settings

# Command → the module here that adds it.
MODULES = {
    "audit": "audit",
    "import": "data",
    "inbox": "inbox",
    "index": "index",
    "init": "data",
    "lists": "lists",
    "lookup": "lookup",
    "pages": "pages",
    "publish": "publish",
    "redact": "redact",
    "restore": "withdraw",
    "search": "search",
    "seed": "data",
    "serve": "serve",
    "staff": "staff",
    "statistics": "statistics",
    "stories": "stories",
    "verify": "data",
    "withdraw": "withdraw",
    "work": "work",
}


class Console(FlaskGroup):
    """Imports the module of a command when it is asked for, and no other.

    ``serve`` stands beside the surfaces as long as they run, and needs nothing of the office.
    """

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name in MODULES:
            import_module(f"{__name__}.{MODULES[name]}").register(self)
        return super().get_command(ctx, name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*MODULES, *super().list_commands(ctx)})


def create_office_app() -> Flask:
    """The app the commands work in: both stores bound."""
    return create_app(read_settings(surface=Surface.OFFICE))


main = Console(
    name="portal",
    help="营口法院执行信息公开：初始化、导入、发布、检索、服务。",
    create_app=create_office_app,
    add_default_commands=False,
    add_version_option=False,
    set_debug_flag=False,
    load_dotenv=False,
)
