"""A case on the desk: its record, its public form and every masked place, ready for a template."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from portal.office.field_names import path_label
from portal.office.record_view import (
    Section,
    draft_sections,
    record_sections,
    record_texts,
)
from portal.office.tied_view import PublicTexts, Tie, ties_of
from portal.publication.preview import MarkedCase, Preview
from portal.registry.marks import CaseMark, LeakOverride, OverrideState
from redaction import Grade, Hold, Policy
from redaction.policy import Action

_INDEX = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class DeskView:
    """What a page shows of a case.

    ``fields`` are (path, label) of the free texts a mark can be put on; ``people`` (name, shown
    as) those a mention can be linked to; ``in_record`` and ``in_public`` the numbers of the
    masked places that stand on either side.
    """

    preview: Preview
    record: tuple[Section, ...]
    draft: tuple[Section, ...]
    ties: tuple[Tie, ...]
    fields: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    marks: tuple[CaseMark, ...]
    overrides: tuple[LeakOverride, ...]
    in_record: frozenset[int]
    in_public: frozenset[int]

    @property
    def leaks(self) -> tuple[Hold, ...]:
        """What nobody can approve as it is."""
        return (*self.preview.leaks, *(h for h in self.preview.holds if h.grade is Grade.LEAK))

    @property
    def doubts(self) -> tuple[Hold, ...]:
        """What a reader may decide, or two."""
        return tuple(h for h in self.preview.holds if h.grade is not Grade.LEAK)

    @property
    def takes_two(self) -> bool:
        """Whether a second reader has to agree."""
        return any(hold.grade is Grade.FORBIDDEN for hold in self.preview.holds)

    @property
    def open_overrides(self) -> tuple[LeakOverride, ...]:
        """Requests nobody has decided yet."""
        return tuple(row for row in self.overrides if row.state == OverrideState.ASKED)

    def tie(self, number: int) -> Tie | None:
        """The masked place of a number."""
        return self.ties[number - 1] if 0 < number <= len(self.ties) else None


def view_case(marked: MarkedCase, policy: Policy) -> DeskView:
    """Tie a preview together."""
    preview = marked.preview
    texts = record_texts(preview.record)
    ties = ties_of(texts, preview.findings, preview.machine, marked.marks)
    record = record_sections(preview.record, ties)
    draft = draft_sections(preview.sections, PublicTexts(texts, ties))
    free = {rule.field for rule in policy.rules if rule.action is Action.REDACT_TEXT}
    return DeskView(
        preview,
        record,
        draft,
        ties,
        tuple((path, path_label(path)) for path, _ in texts if _INDEX.sub("[]", path) in free),
        tuple(preview.people.items()),
        marked.marks,
        marked.overrides,
        _numbers(record),
        _numbers(draft),
    )


def _numbers(sections: Iterable[Section]) -> frozenset[int]:
    return frozenset(
        piece.tie.number
        for section in sections
        for line in section.lines
        for piece in line.pieces
        if piece.tie
    )
