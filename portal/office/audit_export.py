"""The audit log as a file: a table for people, or the entries whole for a check elsewhere.

An entry that cannot be read any more keeps its line, which says so; the last line names all such.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC
from types import MappingProxyType
from typing import Any

from portal.formatting import BEIJING
from portal.office.sentences import sentence_of
from portal.registry.audit import AuditEntry

Entries = Iterable[tuple[int, AuditEntry | None]]

HEAD = ("序号", "时间（北京）", "操作人", "操作代码", "对象", "说明", "前一条摘要", "本条摘要")
UNREADABLE = "这一条已被改动，无法读取"
# A cell that begins so is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(entries: Entries) -> Iterator[str]:
    """Lines of a table that spreadsheets open as UTF-8."""
    unreadable: list[int] = []
    yield "\ufeff" + _line(HEAD)
    for number, entry in entries:
        if entry is None:
            unreadable.append(number)
            yield _line((number, "", "", "", "", UNREADABLE, "", ""))
            continue
        at = entry.at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")
        texts = (entry.actor, entry.act, entry.subject, sentence_of(entry))
        yield _line((number, at, *map(_plain, texts), entry.previous, entry.digest))
    if unreadable:
        yield _line(("注意", "", "", "", "", _warning(unreadable), "", ""))


def write_jsonl(entries: Entries) -> Iterator[str]:
    """One JSON object an entry, with all that its digest covers."""
    unreadable: list[int] = []
    for number, entry in entries:
        if entry is None:
            unreadable.append(number)
            yield _object({"id": number, "unreadable": UNREADABLE})
            continue
        yield _object(
            {
                "id": number,
                "at": entry.at.astimezone(UTC).isoformat(),
                "actor": entry.actor,
                "act": entry.act,
                "subject": entry.subject,
                "detail": entry.detail,
                "previous": entry.previous,
                "digest": entry.digest,
            }
        )
    if unreadable:
        yield _object({"unreadable_entries": unreadable, "warning": _warning(unreadable)})


Writer = Callable[[Entries], Iterator[str]]
# form → what writes it, and its media type.
FORMS: MappingProxyType[str, tuple[Writer, str]] = MappingProxyType(
    {
        "csv": (write_csv, "text/csv; charset=utf-8"),
        "jsonl": (write_jsonl, "application/x-ndjson; charset=utf-8"),
    }
)


def _warning(unreadable: list[int]) -> str:
    numbers = "、".join(map(str, unreadable))
    return f"共 {len(unreadable)} 条已被改动、无法读取：第 {numbers} 条。请核对日志链，查明原因。"


def _object(facts: dict[str, Any]) -> str:
    return _sendable(json.dumps(facts, ensure_ascii=False)) + "\n"


def _line(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return _sendable(line.getvalue())


def _sendable(line: str) -> str:
    """Without halves of characters, which an altered entry may hold and UTF-8 does not."""
    return line.encode("utf-8", "replace").decode()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
