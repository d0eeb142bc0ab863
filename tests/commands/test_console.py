"""The console script itself: every command is there, and none brings the others along."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import click
import pytest

from portal.commands import MODULES
from tests.commands.conftest import ROOT, Console


@pytest.mark.parametrize("name", sorted(set(MODULES.values())))
def test_a_module_adds_the_commands_the_table_says(name: str) -> None:
    group = click.Group()
    import_module(f"portal.commands.{name}").register(group)
    assert set(group.commands) == {command for command, where in MODULES.items() if where == name}


def test_the_help_lists_every_command(bare: Console) -> None:
    commands = bare("--help").output.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in commands] == sorted(MODULES)


def test_serving_imports_nothing_of_the_office() -> None:
    """The command stands beside the surfaces as long as they run."""
    code = "import sys; from portal.commands import serve; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    private = ("portal.registry", "portal.publication", "portal.office", "redaction", "sqlalchemy")
    assert not [name for name in done.stdout.split() if name.startswith(private)]
