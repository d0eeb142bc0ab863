"""The part of ``portal verify`` that knows what two people let stand, and tells it apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.disclosure.models import PublicCase
from portal.publication.allowances import Allowance, text_digest, without_allowed
from portal.publication.leakcheck import case_texts
from portal.publication.mark_rows import list_overrides
from portal.registry.marks import OverrideState


@dataclass(frozen=True)
class PublicOverride:
    """Private words that stand in public because two people let them: where, which kinds, who."""

    item: str
    path: str
    kinds: tuple[str, ...]
    asked_by: str
    granted_by: str
    reason: str


def allowed_texts(
    case: PublicCase, allowances: tuple[Allowance, ...]
) -> tuple[tuple[str, str], ...]:
    """Public texts with words that were let stand, each beside the same text without them."""
    if not allowances:
        return ()
    pairs = ((text, without_allowed(text, allowances)) for _path, text in case_texts(case))
    return tuple((text, without) for text, without in pairs if text != without)


def standing_overrides(
    session: Session, case_id: int, revision: int, page: PublicCase | None
) -> Iterator[PublicOverride]:
    """The granted overrides of a published revision whose words really stand on its page."""
    if page is None:
        return
    granted = [
        row
        for row in list_overrides(session, case_id)
        if row.state == OverrideState.GRANTED and row.revision == revision
    ]
    digests = {text_digest(text) for _path, text in case_texts(page)} if granted else set()
    for row in granted:
        if digests.intersection(row.digests):
            yield PublicOverride(
                page.case_number,
                row.path,
                tuple(row.kinds),
                row.asked_by,
                row.decided_by,
                row.decided_reason,
            )
