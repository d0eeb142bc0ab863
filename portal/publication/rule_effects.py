"""What today's rules would make of what is public, told before they make anything of it.

A page shows the text as it was masked when it was published; a new policy or recogniser changes
nothing of it. Here every public item is drafted anew, beside what it shows: the same text says
that the rules do not affect it, whatever their version.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.disclosure.models import PublicCase
from portal.publication.addresses import list_rows
from portal.publication.article_inspection import all_articles, inspect_article
from portal.publication.gate import Gate
from portal.publication.leakcheck import find_leaks
from portal.publication.preview import section_of
from portal.publication.queue import is_waiting, list_holds
from portal.publication.release import last_entry, public_case
from portal.registry.models import RegistryCase, Review, ReviewState


class Verdict(StrEnum):
    """What publishing an item under today's rules would do."""

    CHANGED = "changed"
    HELD = "held"
    GONE = "gone"
    EDIT = "edit"


@dataclass(frozen=True)
class Effect:
    """One public item that today's rules affect.

    ``changes`` are [{"page", "field", "before", "after"}], of columns that differ; ``reasons``
    is why it would be held. ``kind`` is ``case``, or ``article`` for what the press office has
    to change itself. GONE: what is public would be taken away while it waits for a reviewer.
    """

    kind: str
    key: str
    verdict: Verdict
    changes: tuple[dict[str, str], ...] = ()
    reasons: tuple[str, ...] = ()


def case_effect(gate: Gate, case_number: str) -> Effect | None:
    """What the rules would do with one case; None where nothing. Writes nothing."""
    with gate.stores.registry() as session, gate.stores.disclosure() as public:
        case = session.scalars(
            select(RegistryCase).filter_by(case_number=case_number)
        ).one_or_none()
        shown = public_case(public, case_number)
        if case is None or shown is None or case.withdrawn_reason:
            return None
        if is_waiting(session, case, gate.redactor.version):
            # These very rules sent it to a reviewer already.
            return None
        draft = gate.prepare(session, case).draft
        if find_leaks(shown, draft.private, draft.allowances):
            return Effect(
                "case", case_number, Verdict.GONE, reasons=("公开页面中有按现行规则应屏蔽的内容",)
            )
        entry = last_entry(public, "case", case_number)
        if entry is None or entry.revision != case.revision:
            # A newer version waits for a reviewer already; what it becomes is decided there.
            return None
        changes = tuple(_changes(shown, draft.case))
        holds = list_holds((*draft.leaks, *draft.holds))
        if draft.clean:
            return Effect("case", case_number, Verdict.CHANGED, changes) if changes else None
        if not changes and not draft.leaks and not _new(holds, _approved(session, case)):
            return None
        reasons = tuple(dict.fromkeys(hold["reason"] for hold in holds))
        return Effect("case", case_number, Verdict.HELD, changes, reasons)


def article_effects(gate: Gate) -> Iterator[Effect]:
    """Stories, guides and notices in which the rules find something; nobody masks these."""
    with gate.stores.registry() as session, gate.stores.disclosure() as public:
        for row in all_articles(public):
            reasons = tuple(dict.fromkeys(why for _, why in inspect_article(gate, session, row)))
            if reasons:
                yield Effect("article", row.slug, Verdict.EDIT, reasons=reasons)


def public_numbers(public: Session) -> list[str]:
    """Every case that has a page, in the order of their numbers."""
    return list(public.scalars(select(PublicCase.case_number).order_by(PublicCase.case_number)))


def _changes(shown: PublicCase, drafted: PublicCase) -> Iterator[dict[str, str]]:
    before, after = _said(shown), _said(drafted)
    for page, field in dict.fromkeys([*before, *after]):
        old, new = before.get((page, field), ""), after.get((page, field), "")
        if old != new:
            yield {"page": page, "field": field, "before": old, "after": new}


def _said(case: PublicCase) -> dict[tuple[str, str], str]:
    sections = (section_of(row) for row in list_rows(case))
    return {(page, field): text for page, texts in sections for field, text in texts}


def _approved(session: Session, case: RegistryCase) -> list[dict[str, Any]]:
    """What a reviewer knew of when he let this very revision of the case out."""
    query = select(Review.holds).filter_by(
        case_id=case.id, revision=case.revision, state=ReviewState.APPROVED
    )
    return session.scalars(query.order_by(Review.id.desc())).first() or []


def _new(holds: list[dict[str, Any]], known: list[dict[str, Any]]) -> bool:
    return any(hold not in known for hold in holds)
