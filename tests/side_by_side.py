"""Several runs of the gate at once: where they meet, and what they leave behind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from portal.disclosure.base import DisclosureBase
from portal.disclosure.envelopes import PartyEnvelope, read_envelope
from portal.disclosure.lookups import PublicDebtorLookup
from portal.disclosure.party_view import PartyView
from portal.envelope import kept_key, office_key
from portal.registry.audit import AuditEntry, first_broken_entry
from portal.registry.models import Review
from portal.registry.party_access import PartyAccess
from portal.stores import Stores
from redaction import RecordRedactor, Redactor

DEADLINE = 60
RELEASED_AT = datetime(2018, 5, 2, tzinfo=UTC)
OFFICE_SECRET = b"test key"


class Meeting(Redactor):
    """A redactor at which the runs meet: each waits until all have drafted the same case."""

    def __init__(self, parties: int) -> None:
        super().__init__()
        self._barrier = threading.Barrier(parties, timeout=DEADLINE)

    def for_record(self, *arguments: Any, **options: Any) -> RecordRedactor:
        drafted = super().for_record(*arguments, **options)
        self._barrier.wait()
        return drafted


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run each in a thread of its own; give back what each returned or raised."""
    results: list[Any] = [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        try:
            results[place] = work()
        except Exception as error:
            results[place] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE)
        assert not thread.is_alive()
    return results


def opened_views(stores: Stores, secret: bytes = OFFICE_SECRET) -> list[PartyView]:
    """What lies in every envelope, without moments: the envelopes themselves are never alike."""
    with stores.disclosure() as public, stores.registry() as session:
        own_key = office_key(secret)
        accesses = session.scalars(select(PartyAccess).order_by(PartyAccess.id)).all()
        keys = {one.locator: kept_key(own_key, one.locator, one.kept_key) for one in accesses}
        found = set(public.scalars(select(PartyEnvelope.locator)))
        assert found <= set(keys), "an envelope that nobody knows of"
        views = (read_envelope(public, at, key) for at, key in keys.items() if at in found)
        return [view.model_copy(update={"as_of": RELEASED_AT}) for view in views if view]


def rows_of(stores: Stores) -> dict[str, list[Any]]:
    """Everything both stores hold of the gate's acts, without the moments."""
    with stores.disclosure() as public, stores.registry() as session:
        found: dict[str, list[Any]] = {
            table.name: [
                {key: value for key, value in row.items() if not key.endswith("at")}
                for row in public.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in DisclosureBase.metadata.sorted_tables
        }
        # Each folder has a lookup key of its own: of a lookup only whose it is can be compared.
        lookups = select(PublicDebtorLookup.debtor_id).order_by(PublicDebtorLookup.debtor_id)
        found[PublicDebtorLookup.__tablename__] = list(public.scalars(lookups))
        found[PartyEnvelope.__tablename__] = opened_views(stores)
        found["review"] = session.execute(
            select(Review.case_id, Review.revision, Review.state).order_by(Review.id)
        ).all()
        entries = select(AuditEntry.act, AuditEntry.subject, AuditEntry.detail)
        acts = session.execute(entries.order_by(AuditEntry.id)).all()
        found["audit"] = [tuple(act) for act in acts if act[0] != "publish.run"]
        assert first_broken_entry(session) is None
    return found
