"""Puts onto notices the correction notes that were signed before notices could show them.

A note was asked for and signed whenever a live notice was changed, and until disclosure_0013 it
got no further than the office. What was signed stands in the revisions, when it went out in the
log; the notes pass today's mask check before they are shown. Doing it again does nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.articles import PublicNotice
from portal.press.content import read_content
from portal.press.models import Story, StoryRevision
from portal.publication.gate import Gate
from portal.publication.story_lint import CORRECTION, lint_story, open_findings
from portal.publication.turns import take_turn
from portal.reference.clock import BEIJING
from portal.registry.audit import AuditEntry, read_entries, record_act
from portal.stores import Stores

_PUBLISHED, _WITHDRAWN = "story.publish", "story.withdraw"


@dataclass(frozen=True)
class FilledNotes:
    """Addresses of the notices that show their notes now, and of those the mask check kept."""

    filled: tuple[str, ...]
    held: tuple[str, ...]


def lack_notes(stores: Stores) -> list[str]:
    """Addresses of the public notices that show less than was signed for them."""
    with stores.registry() as session, stores.disclosure() as public:
        rows = public.scalars(select(PublicNotice).order_by(PublicNotice.id))
        return [row.slug for row in rows if _lost(session, row)]


def fill_notes(gate: Gate, actor: str) -> FilledNotes:
    """Put the notes that are lacking onto their notices, oldest first."""
    filled, held = [], []
    for slug in lack_notes(gate.stores):
        if _is_private(gate, slug):
            held.append(slug)
            continue
        with take_turn(gate.stores) as turn:
            row = turn.public.scalars(select(PublicNotice).filter_by(slug=slug)).one_or_none()
            lost = _lost(turn.registry, row) if row else []
            if row and lost:
                row.corrections = [note for note, _ in lost] + row.corrections
                record_act(turn.registry, actor, "story.fill_notes", slug, {"count": len(lost)})
                filled.append(slug)
    return FilledNotes(tuple(filled), tuple(held))


def _lost(session: Session, row: PublicNotice) -> list[tuple[dict[str, Any], int]]:
    """The notes a notice does not show, each with its revision; none where what it shows is other.

    The first revision that went out corrected nothing, and a withdrawal begins anew.
    """
    story = session.scalars(select(Story).filter_by(slug=row.slug)).one_or_none()
    if story is None:
        return []
    about = (AuditEntry.subject == row.slug, AuditEntry.act.in_((_PUBLISHED, _WITHDRAWN)))
    signed: list[tuple[dict[str, Any], int]] = []
    is_out = False
    for _, entry in read_entries(session, *about):
        if entry is None:
            return []
        if entry.act == _WITHDRAWN:
            signed, is_out = [], False
            continue
        revision = entry.detail.get("revision", 0)
        note = _note_of(session, story.id, revision) if is_out else ""
        if note:
            day = entry.at.astimezone(BEIJING).date()
            signed.append(({"on": day.isoformat(), "note": note}, revision))
        is_out = True
    shown = [correction["note"] for correction in row.corrections]
    rest = len(signed) - len(shown)
    agrees = rest > 0 and [note["note"] for note, _ in signed[rest:]] == shown
    return signed[:rest] if agrees else []


def _note_of(session: Session, story_id: int, revision: int) -> str:
    kept = session.scalars(
        select(StoryRevision).filter_by(story_id=story_id, revision=revision)
    ).one_or_none()
    return read_content(kept.content).correction if kept else ""


def _is_private(gate: Gate, slug: str) -> bool:
    """Whether a lost note holds what must not go out by today's rules and records."""
    with gate.stores.registry() as session, gate.stores.disclosure() as public:
        row = public.scalars(select(PublicNotice).filter_by(slug=slug)).one()
        revisions = [revision for _, revision in _lost(session, row)]
        story = session.scalars(select(Story).filter_by(slug=slug)).one()
        kept = session.scalars(
            select(StoryRevision).where(
                StoryRevision.story_id == story.id, StoryRevision.revision.in_(revisions)
            )
        ).all()
        session.expunge(story)
        for each in kept:
            story.content = each.content
            findings = open_findings(session, story.id, lint_story(gate, story, links=False))
            if any(finding.place == CORRECTION for finding in findings):
                return True
    return False
