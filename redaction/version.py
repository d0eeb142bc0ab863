"""Which recognisers read a text: a digest of everything that decides what they find."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def reader_version() -> str:
    """Twelve hex digits that change with the code, the word lists or the policy of this package,
    and with the characters it reads as others."""
    digest = hashlib.sha256()
    for package in ("redaction", "characters"):
        for name, content in sorted(_contents(files(package), "")):
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]


def _contents(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            found += _contents(entry, f"{name}/")
        elif entry.name.endswith((".py", ".toml", ".txt")):
            found.append((name, entry.read_bytes()))
    return found
