"""The written material of the demo world, kept as TOML files beside the code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_DATA = files("seed") / "data"


@cache
def read_table(name: str) -> dict[str, Any]:
    """The contents of ``data/<name>.toml``; FileNotFoundError where there is none."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))


def read_folder(name: str) -> list[dict[str, Any]]:
    """The contents of every TOML file of ``data/<name>/``, in the order of the file names."""
    entries = sorted(entry.name for entry in (_DATA / name).iterdir())
    return [read_table(f"{name}/{entry.removesuffix('.toml')}") for entry in entries]


def words(key: str) -> tuple[str, ...]:
    """One list of ``data/words.toml``."""
    return tuple(read_table("words")[key])
