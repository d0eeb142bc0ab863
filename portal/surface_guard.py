"""Locks a public process out of everything private, for as long as it lives.

The import contracts say that the public surface needs no registry; this makes it so at
run time: private packages cannot be imported, no file under the office folder can be
opened or brought elsewhere under another name, by any code in the process, whatever
path it found, and no program can be started that would not be locked itself. An audit
hook cannot be taken off again. SQLite's ATTACH raises no audit event: the connections
of the public surface are made without it (portal.extensions).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlsplit

from portal.settings import ConfigurationError, Settings, Surface

PRIVATE_PACKAGES = (
    "portal.registry",
    "portal.publication",
    "portal.office",
    "portal.staff",
    "portal.press",
    "portal.correspondence",
    "portal.commands",
)
_FILE_EVENTS = frozenset(
    {
        "open",
        "os.chdir",
        "os.link",
        "os.listdir",
        "os.rename",
        "os.scandir",
        "sqlite3.connect",
    }
)
# A handle of a folder above, or a new name for one, would give the office by another path.
_EVENTS_FROM_ABOVE = frozenset({"open", "os.rename"})
_PROGRAM_EVENTS = frozenset({"os.exec", "os.posix_spawn", "os.system", "subprocess.Popen"})


class PrivateImport(ImportError):
    """The public surface tried to import a private package."""


class _Refuser:
    """Import hook that refuses the private packages."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.startswith(PRIVATE_PACKAGES):
            raise PrivateImport(f"{name} is closed to the public surface")
        return None


def lock_public_process(settings: Settings) -> None:
    """Close the office to this process. Raises ConfigurationError when it is open already."""
    if settings.surface is not Surface.PUBLIC:
        raise ConfigurationError("only the public surface is locked")
    loaded = [name for name in sys.modules if name.startswith(PRIVATE_PACKAGES)]
    if loaded:
        raise ConfigurationError(f"already imported: {', '.join(sorted(loaded))}")
    office = os.path.realpath(settings.office_dir)

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _PROGRAM_EVENTS:
            raise PermissionError("the public surface starts no programs")
        if event not in _FILE_EVENTS:
            return
        for real in _real_paths(arguments[0]):
            if _lies_in(real, office) or (event in _EVENTS_FROM_ABOVE and _lies_in(office, real)):
                raise PermissionError("the office folder is closed to the public surface")

    sys.meta_path.insert(0, _Refuser())
    sys.addaudithook(refuse)


def _lies_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _real_paths(target: Any) -> Iterator[str]:
    """Files an argument may mean: the path it is, and the one it names as a SQLite address."""
    if not isinstance(target, bytes | str | os.PathLike):
        return
    text = os.fsdecode(target)
    yield os.path.realpath(text)
    if text.startswith("file:"):
        yield os.path.realpath(unquote(urlsplit(text).path))
