"""The audit log as a file: a table for people, or the entries whole for a check elsewhere."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC
from types import MappingProxyType

from portal.formatting import BEIJING
from portal.office.sentences import sentence_of
from portal.registry.audit import AuditEntry

HEAD = ("序号", "时间（北京）", "操作人", "操作代码", "对象", "说明", "前一条摘要", "本条摘要")
# A cell that begins so is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """Lines of a table that spreadsheets open as UTF-8."""
    yield "\ufeff" + _line(HEAD)
    for entry in entries:
        at = entry.at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")
        texts = (entry.actor, entry.act, entry.subject, sentence_of(entry))
        yield _line((entry.id, at, *map(_plain, texts), entry.previous, entry.digest))


def write_jsonl(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """One JSON object an entry, with all that its digest covers."""
    for entry in entries:
        facts = {
            "id": entry.id,
            "at": entry.at.astimezone(UTC).isoformat(),
            "actor": entry.actor,
            "act": entry.act,
            "subject": entry.subject,
            "detail": entry.detail,
            "previous": entry.previous,
            "digest": entry.digest,
        }
        yield json.dumps(facts, ensure_ascii=False) + "\n"


Writer = Callable[[Iterable[AuditEntry]], Iterator[str]]
# form → what writes it, and its media type.
FORMS: MappingProxyType[str, tuple[Writer, str]] = MappingProxyType(
    {
        "csv": (write_csv, "text/csv; charset=utf-8"),
        "jsonl": (write_jsonl, "application/x-ndjson; charset=utf-8"),
    }
)


def _line(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
