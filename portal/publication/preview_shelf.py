"""Keeps the previews that reviewers look at just now, so that no page is made twice.

A preview is made of a record, its marks and what has left the lists by today, under one version
of the recognisers: the key names all of them, so a preview on the shelf is never an old one. It
lies in the memory of the office's process, holds private text, and is never written anywhere.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.publication.preview import Preview

ROOM = 64


class PreviewShelf:
    """The newest previews by what they were made of; safe between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._previews: OrderedDict[Hashable, Preview] = OrderedDict()

    def find_or_make(self, key: Hashable, make: Callable[[], Preview]) -> Preview:
        """The preview under this key, made now where it is not on the shelf."""
        with self._lock:
            found = self._previews.get(key)
            if found is not None:
                self._previews.move_to_end(key)
                return found
        made = make()
        with self._lock:
            self._previews[key] = made
            while len(self._previews) > ROOM:
                self._previews.popitem(last=False)
        return made
