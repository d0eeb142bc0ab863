"""A public surface of one's own, asked for one page after another over a pipe."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from portal.commands.serve import surface_environ
from portal.publication.page_inspection import Page, Render
from portal.settings import Surface

STOPPED = "公开站的进程已经停止，页面没有核验完"


@contextmanager
def public_pages() -> Iterator[Render]:
    """Start the process (portal.rendering) and give what fetches a page of it."""
    with subprocess.Popen(
        [sys.executable, "-m", "portal.rendering"],
        env=surface_environ(Surface.PUBLIC),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        # An interrupt is for the command; the process ends when its pipe does.
        start_new_session=True,
    ) as process:
        asking, answering = process.stdin, process.stdout
        assert asking is not None and answering is not None  # noqa: S101 - both are pipes

        def render(address: str) -> Page:
            try:
                asking.write(json.dumps(address) + "\n")
                asking.flush()
            except BrokenPipeError:
                raise click.ClickException(STOPPED) from None
            line = answering.readline()
            if not line:
                raise click.ClickException(STOPPED)
            return Page(**json.loads(line))

        try:
            yield render
        finally:
            # Not by closing the pipe alone: an interrupt may have come in the middle of a page.
            process.terminate()
