"""Writes public rows: rows, index outbox, ledger and tombstones, inside one transaction.

These functions work in the caller's disclosure session and never commit: whoever opens
the transaction decides, so that all of it stands or none of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.disclosure.ledger import Act, IndexChange, LedgerEntry, Tombstone
from portal.disclosure.models import PublicAuction, PublicCase
from portal.publication.addresses import PublicRow, item_id, item_kind, list_rows, public_path
from portal.publication.draft import CaseDraft
from portal.publication.errors import NoteLeak
from portal.publication.leakcheck import find_note_leaks
from portal.publication.notes import Why, note_entries, notes_of, snapshot
from portal.reference.vocabulary import DisclosureLevel

CASE_GONE = "该案件信息已由法院撤下。"
ENTRY_GONE = "该条信息已移除，本页不再显示任何内容。"


def public_case(session: Session, case_number: str) -> PublicCase | None:
    """The public row of a case, or None."""
    return session.scalars(select(PublicCase).filter_by(case_number=case_number)).one_or_none()


def last_entry(session: Session, kind: str, key: str) -> LedgerEntry | None:
    """The newest act of the gate on an item."""
    return session.scalars(
        select(LedgerEntry)
        .filter_by(item_kind=kind, item_key=key)
        .order_by(LedgerEntry.id.desc())
        .limit(1)
    ).first()


def replace_case(
    session: Session, draft: CaseDraft, *, revision: int, policy_version: str
) -> LedgerEntry:
    """Put the draft in the place of what the public store holds of this case.

    The leak check has read the draft; the version note is made only here, and read here.
    Raises NoteLeak, which keeps the whole case from release.
    """
    now = datetime.now(UTC)
    case = draft.case
    earlier = public_case(session, case.case_number)
    previous = last_entry(session, "case", case.case_number)
    case.version = previous.version + 1 if previous else 1
    case.released_at = now
    old_rows = _addresses(list_rows(earlier)) if earlier else {}
    replaced = snapshot(earlier) if earlier else None
    if earlier:
        case.id = earlier.id
        session.delete(earlier)
        session.flush()
    session.add(case)
    session.flush()
    case.notes = notes_of(
        case, replaced, previous, revision=revision, policy_version=policy_version
    )
    if find_note_leaks(case, draft.private):
        raise NoteLeak(case.case_number)
    new_rows = _addresses(list_rows(case))
    for kind, key in old_rows.keys() - new_rows.keys():
        bury(session, kind, key, old_rows[kind, key], ENTRY_GONE)
    for kind, key in new_rows:
        session.add(IndexChange(item_kind=kind, item_id=key, deleted=False))
    session.execute(delete(Tombstone).where(Tombstone.path.in_(new_rows.values())))
    closed = case.level == DisclosureLevel.CLOSED
    return _enter(
        session,
        case.case_number,
        Act.NOT_PUBLIC if closed else Act.RELEASED,
        case.version,
        revision,
        policy_version,
    )


def remove_case(session: Session, case_number: str) -> LedgerEntry | None:
    """Take every public row of a case away; its addresses answer 410 from now on."""
    case = public_case(session, case_number)
    if case is None:
        return None
    for (kind, key), path in _addresses(list_rows(case)).items():
        bury(session, kind, key, path, CASE_GONE)
    version = case.version
    session.delete(case)
    previous = last_entry(session, "case", case_number)
    revision = previous.revision if previous else 0
    policy = previous.policy_version if previous else ""
    return _enter(session, case_number, Act.WITHDRAWN, version + 1, revision, policy)


def remove_entries(session: Session, case: PublicCase, rows: Iterable[PublicRow]) -> LedgerEntry:
    """Take single list entries away, leaving the case page at the version it has."""
    for row in rows:
        bury(session, item_kind(row), item_id(row), public_path(row), ENTRY_GONE)
        session.delete(row)
    case.notes = note_entries(case, datetime.now(UTC), Why.REMOVED)
    previous = last_entry(session, "case", case.case_number)
    revision = previous.revision if previous else 0
    policy = previous.policy_version if previous else ""
    return _enter(session, case.case_number, Act.REDUCED, case.version, revision, policy)


def change_link(
    session: Session, case: PublicCase, auction: PublicAuction, url: str, state: str
) -> LedgerEntry:
    """Put another link on an auction, with a version of its own; all else of the case stays."""
    previous = last_entry(session, "case", case.case_number)
    act = Act(previous.act) if previous else Act.RELEASED
    auction.url, auction.link_state = url, state
    case.version += 1
    case.released_at = datetime.now(UTC)
    case.notes = note_entries(case, case.released_at, Why.LINK)
    for row in (case, auction):
        session.add(IndexChange(item_kind=item_kind(row), item_id=item_id(row), deleted=False))
    revision = previous.revision if previous else 0
    policy = previous.policy_version if previous else ""
    return _enter(session, case.case_number, act, case.version, revision, policy)


def bury(session: Session, kind: str, key: str, path: str, notice: str) -> None:
    """Leave a tombstone and tell the index; the notice names nobody."""
    session.merge(Tombstone(path=path, gone_at=datetime.now(UTC), notice=notice))
    session.add(IndexChange(item_kind=kind, item_id=key, deleted=True))


def _addresses(rows: Iterable[PublicRow]) -> dict[tuple[str, str], str]:
    return {(item_kind(row), item_id(row)): public_path(row) for row in rows}


def _enter(
    session: Session,
    case_number: str,
    act: Act,
    version: int,
    revision: int,
    policy_version: str,
) -> LedgerEntry:
    entry = LedgerEntry(
        item_kind="case",
        item_key=case_number,
        act=act,
        version=version,
        revision=revision,
        policy_version=policy_version,
        at=datetime.now(UTC),
    )
    session.add(entry)
    return entry
