"""Version notes: what changed on a case page, when and why, written as a version is released.

A note is made of public words only: the names of the page's parts, names of nodes from the
table of the flow, counts, and one of a few reasons. It never repeats what a part said, because
that may be what had to go; and it names a node only while the page itself does. Notes live on
the public row, so they go when the page goes, and the leak check reads them with it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import inspect

from portal.disclosure.base import DisclosureBase
from portal.disclosure.ledger import Act, LedgerEntry
from portal.disclosure.models import PublicCase, PublicNote
from portal.reference.stages import BY_NAME
from portal.reference.vocabulary import DisclosureLevel

KEPT = 30
"""Notes a page keeps; older ones are dropped, and the page says so."""


class Why(StrEnum):
    """Why a version was released."""

    FIRST = "首次公开"
    NEWER = "执行法院更新了案件信息"
    RULES = "信息屏蔽规则更新后重新发布"
    REVIEWED = "核对后重新发布"
    OPENED = "依法改为公开"
    RESTORED = "核对后恢复公开"
    REMOVED = "有关条目依法移除"
    LINK = "拍卖平台的链接经法院核实"


_COMPARED = frozenset({Why.NEWER, Why.RULES, Why.REVIEWED})


EVENTS, ENTRIES, LINKS = "办理经过", "名单和拍卖", "关联案件"
PARTS: dict[str, tuple[str, ...]] = {
    "立案信息": ("court_code", "court_name", "filed_on", "cause"),
    "所处阶段": ("stage",),
    "金额和财产状况": (
        "amount_claimed",
        "amount_recovered",
        "amount_unpaid",
        "property_status",
    ),
    "采取的措施": ("controls", "measures"),
    "当事人": ("parties",),
    "执行依据": ("basis_document", "basis_unit", "obligation"),
    "承办人": ("handler_name", "handler_title"),
    "结案情况": ("closed_on", "closing_method", "closing_text"),
}
"""Parts of the page and the columns of the case each is made of."""

SILENT = frozenset(
    {"id", "case_number", "slug", "level", "closed_reason", "version", "released_at", "masked"}
)
"""Columns whose change is no news: what names the page, and what follows from the rest."""


@dataclass(frozen=True)
class Snapshot:
    """What a version of a page said, part by part, for comparing it with the next.

    ``nodes`` counts the events by node, whatever they said.
    """

    level: str
    parts: Mapping[str, str]
    nodes: Counter[str]
    notes: tuple[PublicNote, ...]


def snapshot(case: PublicCase) -> Snapshot:
    """Take down what the page of a stored case says now."""
    parts = {
        part: json.dumps([_said(getattr(case, column)) for column in columns])
        for part, columns in PARTS.items()
    }
    parts[EVENTS] = _texts(case.events, but={"id", "case_id", "position"})
    parts[LINKS] = _texts(case.links, but={"id", "case_id"})
    termination = [case.termination] if case.termination else []
    entries = [*case.debtors, *case.restrictions, *termination, *case.auctions]
    parts[ENTRIES] = _texts(entries, but={"case_id"})
    nodes = Counter(event.node for event in case.events)
    return Snapshot(case.level, parts, nodes, tuple(map(_copy, case.notes)))


def notes_of(
    case: PublicCase,
    earlier: Snapshot | None,
    previous: LedgerEntry | None,
    *,
    revision: int,
    policy_version: str,
) -> list[PublicNote]:
    """The notes of a newly stored version: its own before those that it keeps.

    ``earlier`` is the version it replaces and ``previous`` the gate's act before this one;
    both are None the first time. A case closed to the public has no notes.
    """
    if case.level == DisclosureLevel.CLOSED:
        return []
    now = snapshot(case)
    if previous is None:
        why = Why.FIRST
    elif earlier is None or previous.act == Act.WITHDRAWN:
        why = Why.RESTORED
    elif earlier.level == DisclosureLevel.CLOSED:
        why = Why.OPENED
    elif previous.revision != revision:
        why = Why.NEWER
    else:
        why = Why.RULES if previous.policy_version != policy_version else Why.REVIEWED
    changes = list(_changes(earlier, now)) if earlier and why in _COMPARED else []
    note = _note(case.version, case.released_at, why, changes)
    return _kept(note, earlier.notes if earlier else (), now.nodes)


def note_entries(case: PublicCase, at: datetime, why: Why) -> list[PublicNote]:
    """The notes of a page some of whose entries were taken away or changed, and nothing else."""
    note = _note(case.version, at, why, [_change(ENTRIES)])
    older = [_copy(one) for one in case.notes]
    return _kept(note, older, Counter(event.node for event in case.events))


def _changes(earlier: Snapshot, now: Snapshot) -> Iterator[dict[str, Any]]:
    for part, said in now.parts.items():
        if said == earlier.parts[part]:
            continue
        added = now.nodes - earlier.nodes if part == EVENTS else Counter[str]()
        known = [node for node in BY_NAME if node in added]
        yield _change(part, known, sum(added.values()) - sum(added[node] for node in known))


def _change(part: str, nodes: Iterable[str] = (), more: int = 0) -> dict[str, Any]:
    return {"part": part, "nodes": list(nodes), "more": more}


def _note(version: int, at: datetime, why: Why, changes: list[dict[str, Any]]) -> PublicNote:
    return PublicNote(version=version, at=at, why=why, changes=changes)


def _copy(note: PublicNote) -> PublicNote:
    return PublicNote(version=note.version, at=note.at, why=note.why, changes=note.changes)


def _kept(newest: PublicNote, older: Iterable[PublicNote], nodes: Counter[str]) -> list[PublicNote]:
    """The newest note and the older ones, without the nodes the page does not name any more."""
    kept = [newest, *older][:KEPT]
    for position, note in enumerate(kept):
        note.position = position
        note.changes = [
            change | {"nodes": [node for node in change["nodes"] if node in nodes]}
            for change in note.changes
        ]
    return kept


def _texts(rows: Iterable[DisclosureBase], but: set[str]) -> str:
    """What rows say, in an order that does not depend on how they are stored."""
    said = (
        [
            _said(getattr(row, column.key))
            for column in inspect(type(row)).columns
            if column.key not in but
        ]
        for row in rows
    )
    return json.dumps(sorted(said))


def _said(value: Any) -> str:
    """A value as both a new row and a stored one have it: 50000 and 50000.00 are one sum."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, list | dict):
        return json.dumps(value)
    return "" if value is None else str(value)
