"""Shows a reviewer what would be published, beside what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.disclosure.models import PublicCase
from portal.publication.addresses import list_rows, public_path
from portal.publication.errors import CaseUnknown
from portal.publication.gate import Gate
from portal.publication.leakcheck import public_texts
from portal.publication.queue import list_terms
from portal.registry.models import CaseTerm, RegistryCase
from redaction import FieldFinding, Hold

# Columns that say nothing to a reader: keys, versions, and what the page repeats.
_SILENT = frozenset({"id", "case_id", "slug", "version", "released_at", "court_code"})


@dataclass(frozen=True)
class Preview:
    """One case as it came and as it would appear; nothing of it is written anywhere.

    ``sections`` is (path of the page, [(column, text)]) for the case page and each entry.
    """

    case_number: str
    record: dict[str, Any]
    case: PublicCase
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    findings: tuple[FieldFinding, ...]
    holds: tuple[Hold, ...]
    leaks: tuple[Hold, ...]
    terms: tuple[CaseTerm, ...]


def preview_case(gate: Gate, case_number: str) -> Preview:
    """Compose, redact and verify one case for the eye only. Raises CaseUnknown."""
    with gate.stores.registry() as session:
        case = session.scalars(
            select(RegistryCase).filter_by(case_number=case_number)
        ).one_or_none()
        if case is None:
            raise CaseUnknown(f"没有案件 {case_number}")
        prepared = gate.prepare(session, case)
        draft = prepared.draft
        record = dict(case.content)
        terms = list_terms(session, case.id)
    return Preview(
        case_number,
        record,
        draft.case,
        tuple(_section(row) for row in list_rows(draft.case)),
        draft.findings,
        draft.holds,
        draft.leaks,
        tuple(terms),
    )


def _section(row: Any) -> tuple[str, tuple[tuple[str, str], ...]]:
    texts = [
        (path, text)
        for path, text in public_texts(row)
        if text and path.split("[")[0].split(".")[0] not in _SILENT
    ]
    if isinstance(row, PublicCase):
        texts += [(f"events[{event.position}]", event.text) for event in row.events]
    return public_path(row), tuple(texts)
