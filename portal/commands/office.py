"""What the commands share: the office's gate, a progress bar, one JSON object, who is acting."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask import current_app
from tqdm import tqdm

from portal.extensions import db, open_stores
from portal.inbox.base import INBOX_BIND
from portal.migrations.runner import Store, is_current
from portal.publication.gate import Gate, open_gate
from portal.settings import Settings
from portal.stores import REGISTRY_BIND
from search_index import SearchIndexError


def office_settings() -> Settings:
    """Settings of the app the command runs in."""
    settings: Settings = current_app.extensions["settings"]
    return settings


def office_gate() -> Gate:
    """The gate over both stores; says what to do when one of ours is not there yet."""
    for bind, store in (
        (None, Store.DISCLOSURE),
        (REGISTRY_BIND, Store.REGISTRY),
        (INBOX_BIND, Store.INBOX),
    ):
        if not is_current(db.engines[bind], store):
            raise click.ClickException("数据库尚未初始化或版本不符，请先运行 portal init")
    return open_gate(office_settings(), open_stores())


def operator() -> str:
    """Who stands in the audit log for what a command does."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):
        # A container may run under a number that has no name.
        return f"cli:{os.getuid()}"


@contextmanager
def progress_bar(label: str, total: int | None = None) -> Iterator[Callable[..., None]]:
    """A bar on stderr where somebody is looking; the callback takes (done[, total])."""
    with tqdm(desc=label, total=total, disable=None, file=sys.stderr, leave=False) as bar:

        def advance(done: int, whole: int | None = None) -> None:
            if whole is not None:
                bar.total = whole
            bar.update(done - bar.n)

        yield advance


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what the index refuses into a console message and exit code 1."""
    try:
        yield
    except SearchIndexError as error:
        raise click.ClickException(str(error)) from error


def echo_json(value: Any) -> None:
    """Print one JSON object on stdout, Chinese as it is."""
    click.echo(json.dumps(value, ensure_ascii=False))
