"""What changed on a case page from version to version, as the gate wrote it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.disclosure.models import PublicCase


@dataclass(frozen=True)
class Change:
    """A part of the page that changed; of the timeline, which nodes are new.

    ``more`` counts new nodes that stand in a clerk's own words.
    """

    part: str
    nodes: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class VersionNote:
    """One version of a page: when it appeared, why, and what changed against the one before."""

    version: int
    at: datetime
    why: str
    changes: tuple[Change, ...]

    @property
    def words(self) -> str:
        """The changes in one sentence: 办理经过（新增：拍卖）、结案情况; empty where none."""
        return "、".join(_change_words(change) for change in self.changes)


def read_notes(case: PublicCase) -> tuple[VersionNote, ...]:
    """The notes of a public case, newest first."""
    return tuple(
        VersionNote(
            version=note.version,
            at=note.at,
            why=note.why,
            changes=tuple(
                Change(change["part"], tuple(change["nodes"]), change["more"])
                for change in note.changes
            ),
        )
        for note in case.notes
    )


def _change_words(change: Change) -> str:
    added = [*change.nodes, *([f"其他节点 {change.more} 个"] if change.more else [])]
    return f"{change.part}（新增：{'、'.join(added)}）" if added else change.part
