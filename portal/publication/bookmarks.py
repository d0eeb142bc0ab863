"""Where a long ``portal verify`` was when it was stopped; kept in the office folder."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass
class Bookmark:
    """Cases up to ``after`` have been read since ``started_at``, with what was found in them.

    ``found`` and ``faults`` say where and of what kind, never the value. Another version of the
    masking policy makes the bookmark worthless.
    """

    started_at: datetime
    policy: str
    after: int = 0
    scanned: int = 0
    pages: int = 0
    found: list[list[str]] = field(default_factory=list)
    faults: list[list[str]] = field(default_factory=list)

    def note(self, item: str, path: str, kind: str, reason: str) -> None:
        """Keep what was found: where, of what kind, and why it must not be there."""
        self.found.append([item, path, kind, reason])

    def has_read(self, case_id: int, changes: Iterable[datetime | None]) -> bool:
        """Whether this case was read, and has not been changed since the run began."""
        moments = [moment for moment in changes if moment is not None]
        return case_id <= self.after and all(moment < self.started_at for moment in moments)


def read_bookmark(path: Path, policy: str) -> Bookmark | None:
    """The bookmark of a run that was stopped; None where there is none that is of use."""
    try:
        kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
        kept["started_at"] = datetime.fromisoformat(kept["started_at"])
        bookmark = Bookmark(**kept)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return bookmark if bookmark.policy == policy else None


def keep_bookmark(path: Path, bookmark: Bookmark) -> None:
    """Write the bookmark, whole or not at all, for its owner alone."""
    kept = asdict(bookmark) | {"started_at": bookmark.started_at.isoformat()}
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        json.dump(kept, handle)
    Path(draft).replace(path)
