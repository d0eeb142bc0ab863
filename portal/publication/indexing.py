"""Drains the outbox into the search index, rebuilds it, and compares the two.

The index commit records the outbox position it contains, so a crash on either side
leaves nothing to guess: what comes after the position is still to be done, and doing a
change twice does no harm.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

import search_index
from portal.disclosure.ledger import IndexChange
from portal.publication.documents import all_documents, expected_ids, load_document
from search_index import Change, Difference, IndexMissing, Kind, SearchIndex, Where

BATCH = 2000


def open_index(where: Where) -> SearchIndex:
    """Open the index, making an empty one the first time."""
    try:
        return search_index.open_index(where)
    except IndexMissing:
        return search_index.create_index(where)


def sync_index(disclosure: sessionmaker[Session], where: Where) -> int:
    """Bring the index to the newest outbox position; return the changes applied.

    Raises IndexLocked when another writer is at work: the outbox keeps what is left.
    """
    index = open_index(where)
    applied = 0
    try:
        while changes := _pending(disclosure, index.position):
            index.apply(changes)
            applied += len(changes)
        if applied > BATCH:
            # After a flood only: nobody who withdraws one item waits for housekeeping.
            _tidy(index)
    finally:
        index.close()
    return applied


def tidy_index(where: Where) -> int:
    """Merge what many commits left in pieces; return the steps that took.

    Every step takes the writer's lock for itself, so that publishing gets in between.
    Raises IndexLocked when another writer is at work: what is done is done.
    """
    index = search_index.open_index(where)
    try:
        return _tidy(index)
    finally:
        index.close()


def rebuild_index(
    disclosure: sessionmaker[Session],
    where: Where,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Build the index anew from the public rows, beside the old one; return its documents.

    Works where the old index is missing or damaged too.
    """
    with disclosure() as public:
        # Taken before the rows are read: what changes meanwhile is applied again.
        position = public.scalar(select(func.max(IndexChange.id))) or 0
        search_index.replace_index(where, all_documents(public), position, progress)
        count = sum(1 for _ in expected_ids(public))
    sync_index(disclosure, where)
    return count


def check_index(disclosure: sessionmaker[Session], where: Where, *, repair: bool) -> Difference:
    """Compare index and public rows both ways; with ``repair`` put right what differs."""
    index = search_index.open_index(where)
    try:
        with disclosure() as public:
            difference = index.check(expected_ids(public))
            if repair and difference:
                _repair(public, index, difference)
    finally:
        index.close()
    return difference


def _repair(public: Session, index: SearchIndex, difference: Difference) -> None:
    items = (*difference.missing, *difference.stale)
    position = index.position
    index.apply(
        Change(position, kind, item_id, load_document(public, kind, item_id))
        for kind, item_id in items
    )


def _tidy(index: SearchIndex) -> int:
    steps = 0
    while index.tidy():
        steps += 1
    return steps


def _pending(disclosure: sessionmaker[Session], position: int) -> list[Change]:
    with disclosure() as public:
        rows = public.scalars(
            select(IndexChange)
            .where(IndexChange.id > position)
            .order_by(IndexChange.id)
            .limit(BATCH)
        ).all()
        # The row as it is now, not as it was then: a later withdrawal wins at once.
        return [
            Change(
                row.id,
                Kind(row.item_kind),
                row.item_id,
                load_document(public, Kind(row.item_kind), row.item_id),
            )
            for row in rows
        ]
