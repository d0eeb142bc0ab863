"""The ``portal`` console script: everything an operator does, by hand or by cron.

Commands run with the office's settings, because they prepare what the public sees;
``serve`` and ``redact`` need no stores and open none.
"""

from __future__ import annotations

from flask import Flask
from flask.cli import FlaskGroup

from portal import create_app
from portal.commands import (
    audit,
    data,
    inbox,
    index,
    lists,
    lookup,
    pages,
    publish,
    redact,
    search,
    serve,
    staff,
    statistics,
    stories,
    withdraw,
    work,
)
from portal.settings import Surface, read_settings


def create_office_app() -> Flask:
    """The app the commands work in: both stores bound."""
    return create_app(read_settings(surface=Surface.OFFICE))


main = FlaskGroup(
    name="portal",
    help="营口法院执行信息公开：初始化、导入、发布、检索、服务。",
    create_app=create_office_app,
    add_default_commands=False,
    add_version_option=False,
    set_debug_flag=False,
    load_dotenv=False,
)
for module in (
    data,
    publish,
    lists,
    statistics,
    index,
    search,
    lookup,
    redact,
    staff,
    withdraw,
    stories,
    pages,
    inbox,
    work,
    audit,
    serve,
):
    module.register(main)
