"""Puts the parties' views into the public store, closed, and takes them out again.

Works in the gate's turn: what is in the public store and what the registry says of it are
committed together. The registry is the only one to know whose an envelope is, so an envelope that
no good code stands behind is found from its side and removed (``sweep_envelopes``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.disclosure.envelopes import PartyEnvelope
from portal.envelope import kept_key, office_key, seal
from portal.publication.draft import ViewDraft
from portal.publication.party_keys import Desk, party_of
from portal.publication.party_views import compose_view
from portal.publication.turns import Turn
from portal.registry.models import RegistryCase
from portal.registry.party_access import PartyAccess, all_accesses, open_accesses
from redaction import Grade, RecordRedactor

BATCH = 500


def prepare_views(
    desk: Desk, session: Session, case: RegistryCase, by_case: RecordRedactor, read: Grade
) -> tuple[ViewDraft, ...]:
    """Compose a view for every code that is good. ``read`` is what a reviewer settles just now."""
    drafts = []
    for access in open_accesses(session, case.id):
        party = party_of(desk, case.content, access)
        if party is not None:
            settled = max(read, read_grade(access, case.revision), key=list(Grade).index)
            composed = compose_view(by_case, party, case.updated_at, settled)
            drafts.append(ViewDraft(access.id, composed))
    return tuple(drafts)


def put_views(
    desk: Desk, turn: Turn, case: RegistryCase, views: Iterable[ViewDraft], read: Grade
) -> None:
    """Close the views of a case and put them in the place of those it had.

    A code that was ended since the views were made gets none.
    """
    by_access = {view.access_id: view.composed for view in views}
    now = datetime.now(UTC)
    for access in all_accesses(turn.registry, case.id):
        composed = by_access.get(access.id) if access.ended_at is None else None
        if composed is None or composed.view is None:
            turn.public.execute(delete(PartyEnvelope).filter_by(locator=access.locator))
        else:
            turn.public.merge(_closed(desk, access, composed.view.model_dump_json().encode()))
            access.sealed_at, access.sealed_revision = now, case.revision
        if composed is None:
            continue
        access.holds = [
            {"reason": h.reason, "kind": h.kind or "", "path": h.path, "grade": h.grade}
            for h in composed.holds
        ]
        access.withheld = len(access.holds)
        if read is not Grade.MASKED:
            access.read_revision, access.read_grade = case.revision, read
    # A code that was given out since the views were made still waits for its own.
    waiting = any(one.id not in by_access for one in open_accesses(turn.registry, case.id))
    case.views_revision = 0 if waiting else case.revision


def remove_views(turn: Turn, case: RegistryCase) -> bool:
    """Take every envelope of a case out of the public store; False where there was none.

    The codes stay good: when the case comes back, so do the views.
    """
    case.views_revision = 0
    locators = [access.locator for access in all_accesses(turn.registry, case.id)]
    gone = turn.public.execute(delete(PartyEnvelope).where(PartyEnvelope.locator.in_(locators)))
    return bool(gone.rowcount)  # type: ignore[attr-defined]


def remove_ended(turn: Turn, case_id: int) -> None:
    """Take the envelopes of codes that were ended out of the public store."""
    ended = [one.locator for one in all_accesses(turn.registry, case_id) if one.ended_at]
    turn.public.execute(delete(PartyEnvelope).where(PartyEnvelope.locator.in_(ended)))


def has_views(turn: Turn, case: RegistryCase) -> bool:
    """Whether an envelope of the case lies in the public store."""
    locators = [access.locator for access in all_accesses(turn.registry, case.id)]
    found = select(func.count()).where(PartyEnvelope.locator.in_(locators))
    return bool(turn.public.scalar(found))


def sweep_envelopes(turn: Turn) -> int:
    """Remove envelopes behind which no good code stands; return how many there were.

    A process that died after a code was ended, and before its envelope was taken out, leaves one.
    """
    good = set(
        turn.registry.scalars(
            select(PartyAccess.locator)
            .join(RegistryCase, RegistryCase.id == PartyAccess.case_id)
            .where(PartyAccess.ended_at.is_(None), RegistryCase.withdrawn_reason == "")
        )
    )
    strays = [one for one in turn.public.scalars(select(PartyEnvelope.locator)) if one not in good]
    for first in range(0, len(strays), BATCH):
        batch = strays[first : first + BATCH]
        turn.public.execute(delete(PartyEnvelope).where(PartyEnvelope.locator.in_(batch)))
    return len(strays)


def read_grade(access: PartyAccess, revision: int) -> Grade:
    """How far a reviewer has settled the doubts of this revision for this party."""
    read = access.read_grade if access.read_revision == revision else ""
    return Grade(read) if read else Grade.MASKED


def _closed(desk: Desk, access: PartyAccess, content: bytes) -> PartyEnvelope:
    data_key = kept_key(office_key(desk.key), access.locator, access.kept_key)
    return PartyEnvelope(
        locator=access.locator,
        cost=access.cost,
        wrapped_key=access.wrapped_key,
        box=seal(data_key, access.locator, content),
    )
