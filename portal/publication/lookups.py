"""Writes the blind index of the dishonest-debtor list, and moves it to a new key.

The numbers come from the private record of the revision that is public; only their keyed hashes
reach the public store. A number that is no valid citizen number or credit code gets none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.disclosure.ledger import SHOWN, LedgerEntry
from portal.disclosure.lookups import LookupKey, LookupKeys, PublicDebtorLookup
from portal.disclosure.models import PublicCase, PublicDebtor
from portal.publication.addresses import EntryIds
from portal.publication.listings import measure_facts
from portal.publication.measure_entries import party_index
from portal.publication.turns import Turn, take_turn
from portal.reference.id_numbers import NumberRefused, read_number
from portal.reference.vocabulary import MeasureKind
from portal.registry.audit import record_act
from portal.registry.models import CaseRevision, RegistryCase
from portal.stores import Stores

Record = Mapping[str, Any]
BATCH = 200


def write_lookups(
    session: Session, case: PublicCase, content: Record, address_key: bytes, key: LookupKey
) -> int:
    """Index the entries of a case that was just written; return how many got a hash."""
    public = {row.id for row in case.debtors}
    ids = EntryIds(address_key, case.case_number)
    written = 0
    for entry, number in _numbers(content, ids):
        if entry in public:
            session.merge(
                PublicDebtorLookup(digest=key.digest(number), debtor_id=entry, key_id=key.id)
            )
            written += 1
    return written


def rekey(
    stores: Stores,
    address_key: bytes,
    keys: LookupKeys,
    actor: str,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Index every entry under a new key, then forget the old ones; return the entries indexed.

    While it runs both keys are in the file and lookups try both, so no entry is ever missing.
    Interrupted, the next run goes on under the key that is already there.
    """
    known = keys.read()
    newest = keys.append() if len(known) == 1 else known[-1]
    with stores.disclosure() as session:
        numbers = list(session.scalars(_cases_without(newest)))
    written = 0
    for first in range(0, len(numbers), BATCH):
        with take_turn(stores) as turn:
            for number in numbers[first : first + BATCH]:
                written += _index_again(turn, number, address_key, newest)
        if progress:
            progress(min(first + BATCH, len(numbers)), len(numbers))
    with take_turn(stores) as turn:
        # A case published under the old key meanwhile; after this turn nobody has it any more.
        for number in turn.public.scalars(_cases_without(newest)).all():
            written += _index_again(turn, number, address_key, newest)
        keys.keep_newest()
        turn.public.execute(
            delete(PublicDebtorLookup).where(PublicDebtorLookup.key_id != newest.id)
        )
        record_act(turn.registry, actor, "lookup.rekey", newest.id, {"entries": written})
    return written


def count_lookups(session: Session) -> tuple[int, int]:
    """Entries of the list, and how many of them can be found by number."""
    entries = session.scalar(select(func.count()).select_from(PublicDebtor)) or 0
    found = session.scalar(select(func.count(PublicDebtorLookup.debtor_id.distinct()))) or 0
    return entries, found


def _cases_without(key: LookupKey) -> Any:
    """Cases with an entry that has no hash under this key."""
    indexed = select(PublicDebtorLookup.debtor_id).where(PublicDebtorLookup.key_id == key.id)
    return (
        select(PublicCase.case_number)
        .join(PublicDebtor)
        .where(PublicDebtor.id.not_in(indexed))
        .distinct()
        .order_by(PublicCase.case_number)
    )


def _index_again(turn: Turn, case_number: str, address_key: bytes, key: LookupKey) -> int:
    case = turn.public.scalars(select(PublicCase).filter_by(case_number=case_number)).one_or_none()
    content = _published_content(turn, case_number)
    if case is None or content is None:
        return 0
    return write_lookups(turn.public, case, content, address_key, key)


def _published_content(turn: Turn, case_number: str) -> Record | None:
    """The record of the revision that is public; a newer one may be waiting for a reader."""
    revision = turn.public.scalars(
        select(LedgerEntry.revision)
        .where(
            LedgerEntry.item_kind == "case",
            LedgerEntry.item_key == case_number,
            LedgerEntry.act.in_(SHOWN),
        )
        .order_by(LedgerEntry.id.desc())
        .limit(1)
    ).first()
    return turn.registry.scalars(
        select(CaseRevision.content)
        .join(RegistryCase, RegistryCase.id == CaseRevision.case_id)
        .where(RegistryCase.case_number == case_number, CaseRevision.revision == revision)
    ).one_or_none()


def _numbers(content: Record, ids: EntryIds) -> Iterator[tuple[str, str]]:
    """Every id an entry of this record may bear, with the whole number of its party.

    Ended measures give ids, too, that no row bears; the caller passes over them.
    """
    for measure in content.get("measures") or []:
        facts = measure_facts(measure)
        if facts is None or measure["kind"] != MeasureKind.DISHONEST:
            continue
        entry, who = ids.make(*facts), party_index(content, measure["party"])
        if who is None:
            continue
        try:
            _, number = read_number(content["parties"][who].get("id_number") or "")
        except NumberRefused:
            continue
        yield entry, number
