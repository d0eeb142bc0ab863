"""Where a case stands in plain words, what usually comes next, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.disclosure.models import PublicCase, PublicEvent
from portal.reference.limits import AFTER_TERMINATION, Limit, limits_at
from portal.reference.stages import AFTER_CLOSING, BY_NAME, enforces
from portal.reference.vocabulary import TERMINATION_OF_PROCEDURE, PropertyStatus


@dataclass(frozen=True)
class DueLimit:
    """A statutory limit as it falls in one case; ``due`` is None where it is not counted."""

    words: str
    source: str
    due: date | None


@dataclass(frozen=True)
class Outlook:
    """The newest known node, the usual next step and the limits that now matter.

    ``latest`` is None where no node is recorded whose meaning the portal knows; ``next`` is
    empty where nothing usual can be said.
    """

    latest: PublicEvent | None
    meaning: str
    next: str
    limits: tuple[DueLimit, ...]


def outlook_of(case: PublicCase) -> Outlook:
    """What a reader of this case may expect; a node in a clerk's own words tells nothing.

    What comes next and by when is told of enforcement alone: the review of an objection
    follows rules of its own.
    """
    known = [event for event in case.events if event.node in BY_NAME]
    latest = max(known, key=lambda event: (event.at, event.position), default=None)
    node = BY_NAME[latest.node] if latest else None
    if case.closed_on:
        terminated = case.closing_method == TERMINATION_OF_PROCEDURE
        return Outlook(
            latest=latest,
            meaning=node.meaning if node else "",
            next=AFTER_CLOSING.get(case.closing_method, ""),
            limits=_fallen(AFTER_TERMINATION, case) if terminated else (),
        )
    if not enforces(case.case_number):
        return Outlook(latest, node.meaning if node else "", next="", limits=())
    limits = limits_at(
        node.name if node else "", with_property=case.property_status == PropertyStatus.FOUND
    )
    return Outlook(
        latest=latest,
        meaning=node.meaning if node else "",
        next=node.next if node else "",
        limits=_fallen(limits, case),
    )


def _fallen(limits: tuple[Limit, ...], case: PublicCase) -> tuple[DueLimit, ...]:
    return tuple(DueLimit(limit.words, limit.source, limit.due(case.filed_on)) for limit in limits)
