"""``portal init``: both stores and the index, as often as one likes."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest


def test_init_makes_both_stores_and_the_index(bare: Any) -> None:
    result = bare("init")
    assert result.exit_code == 0, result.output
    assert str(bare.home) in result.stdout
    assert (bare.home / "public" / "disclosure.db").is_file()
    assert (bare.home / "office" / "registry.db").is_file()
    assert (bare.home / "public" / "index").is_dir()
    assert stat.S_IMODE((bare.home / "office").stat().st_mode) == 0o700
    assert bare.json("index", "check") == {"missing": 0, "stale": 0, "repaired": False}


def test_init_again_keeps_what_is_there(
    portal: Any, record: Callable[..., Any], export: Callable[..., Path]
) -> None:
    portal.json("import", str(export(record())))
    portal.json("publish")
    assert portal("init").exit_code == 0
    assert portal("init").exit_code == 0
    assert portal.json("search", "（2018）辽0803执123号")["total"] == 1
    assert portal.json("publish")["released"] == 1


def test_init_rebuilds_an_index_of_an_earlier_version(
    portal: Any,
    record: Callable[..., Any],
    export: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    portal.json("import", str(export(record())))
    portal.json("publish")
    monkeypatch.setattr("search_index.whoosh_engine.snapshots.LAYOUT", 999)
    monkeypatch.setattr("search_index.whoosh_engine.schema.LAYOUT", 999)
    result = portal("init")
    assert result.exit_code == 0, result.output
    assert "其他版本" in result.stderr
    assert "索引已重建" in result.stdout
    assert portal.json("search", "（2018）辽0803执123号")["total"] == 1
    assert "索引已重建" not in portal("init").stdout


def test_init_says_what_the_index_lacks(portal: Any) -> None:
    assert "索引落后" not in portal("init").output
    with closing(sqlite3.connect(portal.home / "public" / "disclosure.db")) as store, store:
        store.execute(
            "INSERT INTO index_change (item_kind, item_id, deleted) VALUES ('reward', 'x', 0)"
        )
    assert "检索索引落后 1 项变动，请运行 portal index sync" in portal("init").output
    portal("index", "sync")
    assert "索引落后" not in portal("init").output


@pytest.mark.parametrize(
    "command",
    [
        ("publish",),
        ("verify",),
        ("index", "rebuild"),
        ("index", "sync"),
        ("index", "check"),
        ("search", "执行"),
        ("seed", "--cases", "1"),
        ("staff", "add", "wang", "--role", "clerk"),
        ("import", __file__),
    ],
    ids=" ".join,
)
def test_every_command_says_that_init_comes_first(bare: Any, command: tuple[str, ...]) -> None:
    result = bare(*command)
    assert result.exit_code == 1
    assert "portal init" in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_the_public_surface_named_in_the_environment_does_not_hinder_a_command(bare: Any) -> None:
    assert bare("init", env={"PORTAL_SURFACE": "public"}).exit_code == 0
