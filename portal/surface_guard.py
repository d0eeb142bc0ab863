"""Locks a public process out of everything private, for as long as it lives.

The import contracts say that the public surface needs no registry; this makes it so at
run time: private packages cannot be imported, and no file under the office folder can
be opened, by any code in the process, whatever path it found. An audit hook cannot be
taken off again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from portal.settings import ConfigurationError, Settings, Surface

PRIVATE_PACKAGES = (
    "portal.registry",
    "portal.publication",
    "portal.office",
    "portal.staff",
    "portal.press",
)
_FILE_EVENTS = frozenset({"open", "os.listdir", "os.scandir", "sqlite3.connect"})


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
        if event not in _FILE_EVENTS or not arguments:
            return
        target = arguments[0]
        if isinstance(target, bytes | str | os.PathLike):
            text = os.fsdecode(target).removeprefix("file:").split("?")[0]
            real = os.path.realpath(text)
            if real == office or real.startswith(office + os.sep):
                raise PermissionError("the office folder is closed to the public surface")

    sys.meta_path.insert(0, _Refuser())
    sys.addaudithook(refuse)
