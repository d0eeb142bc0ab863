"""Shows a reviewer what would be published, beside what speaks against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.models import PublicCase
from portal.publication.addresses import list_rows, public_path
from portal.publication.errors import CaseUnknown
from portal.publication.gate import Gate
from portal.publication.leakcheck import public_texts
from portal.publication.listings import ended_paths, paid_in_resumed
from portal.publication.mark_rows import (
    list_marks,
    list_overrides,
    read_marks,
    stored_reading,
)
from portal.registry.link_marks import marked_links
from portal.registry.list_runs import lists_day
from portal.registry.marks import CaseMark, LeakOverride
from portal.registry.models import RegistryCase
from redaction import FieldFinding, Hold, Mark, PrivateValue

# Columns that say nothing to a reader: keys, versions, and what the page repeats.
_SILENT = frozenset({"id", "case_id", "slug", "version", "released_at", "court_code"})


@dataclass(frozen=True)
class Preview:
    """One case as it came and as it would appear; nothing of it is written anywhere.

    ``sections`` is (path of the page, [(column, text)]) for the case page and each entry.
    ``machine`` are the findings of the recognisers alone, ``findings`` those with the marks on
    top. ``people`` maps the names of the case to what is shown for them.
    """

    case_number: str
    record: Mapping[str, Any]
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    findings: tuple[FieldFinding, ...]
    machine: tuple[FieldFinding, ...]
    holds: tuple[Hold, ...]
    leaks: tuple[Hold, ...]
    private: tuple[PrivateValue, ...]
    people: Mapping[str, str]


@dataclass(frozen=True)
class MarkedCase:
    """A preview with the rows of the marks and overrides it was made under."""

    preview: Preview
    marks: tuple[CaseMark, ...]
    overrides: tuple[LeakOverride, ...]


def preview_case(gate: Gate, case_number: str) -> MarkedCase:
    """Compose, redact and verify one case for the eye only. Raises CaseUnknown."""
    with gate.stores.registry() as session:
        case = session.scalars(
            select(RegistryCase).filter_by(case_number=case_number)
        ).one_or_none()
        if case is None:
            raise CaseUnknown(f"没有案件 {case_number}")
        marks = read_marks(session, case.id, case.revision)
        return MarkedCase(
            preview_marked(gate, session, case, marks),
            tuple(list_marks(session, case.id)),
            tuple(list_overrides(session, case.id)),
        )


def preview_marked(
    gate: Gate, session: Session, case: RegistryCase, marks: tuple[Mark, ...]
) -> Preview:
    """What would become of a case under these marks; taken from the shelf where it lies there."""
    content = case.content
    ended = ended_paths(content, lists_day(session), paid_in_resumed(session, content))
    links = marked_links(session, case.id)

    def make() -> Preview:
        draft = gate.draft(content, marks, ended, links)
        machine = draft.findings
        if marks:
            stored = stored_reading(session, case)
            machine = preview_marked(gate, session, case, ()).findings if stored is None else stored
        return Preview(
            case.case_number,
            dict(content),
            tuple(section_of(row) for row in list_rows(draft.case)),
            draft.findings,
            machine,
            draft.holds,
            draft.leaks,
            draft.private,
            draft.people,
        )

    key = (
        case.id,
        case.digest,
        marks,
        ended,
        links,
        gate.redactor.version,
    )
    return gate.previews.find_or_make(key, make)


def section_of(row: Any) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Path of a page and what it says, column by column, without keys and versions."""
    texts = [
        (path, text)
        for path, text in public_texts(row)
        if text and path.split("[")[0].split(".")[0] not in _SILENT
    ]
    if isinstance(row, PublicCase):
        for event in row.events:
            texts += [
                (f"events[{event.position}].{name}", text)
                for name, text in (("node", event.node), ("text", event.text))
                if text
            ]
    return public_path(row), tuple(texts)
