"""The audit log: refused changes, and every change that was made all the same."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import IntegrityError

from portal.registry.audit import (
    AuditEntry,
    AuditHead,
    Fault,
    Flaw,
    find_fault,
    first_broken_entry,
    record_act,
)
from tests.tampering import FOUND_BY_CHAIN, FOUND_BY_HEAD, disarm, tampered_copy


@pytest.fixture
def chain(registry):
    with registry.begin() as session:
        for number in range(1, 13):
            record_act(session, "tester", "act", f"subject {number}", {"n": number})
    return registry


def store_of(registry):
    with registry() as session:
        session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        return session.get_bind().url.database


def test_an_untouched_chain_holds(chain):
    with chain() as session:
        assert find_fault(session) is None


def test_an_empty_log_holds(registry):
    with registry() as session:
        assert find_fault(session) is None


def test_entries_are_numbered_without_gaps_even_after_an_act_was_rolled_back(registry):
    for number in range(3):
        with registry() as session:
            record_act(session, "tester", f"act {number}")
            if number != 1:
                session.commit()
    with registry() as session:
        assert session.scalars(select(AuditEntry.id)).all() == [1, 2]
        assert find_fault(session) is None


@pytest.mark.parametrize(
    "statement",
    [
        update(AuditEntry).where(AuditEntry.id == 3).values(actor="somebody else"),
        delete(AuditEntry).where(AuditEntry.id == 3),
        delete(AuditEntry),
        update(AuditHead).values(length=0),
        update(AuditHead).values(id=2),
        delete(AuditHead),
    ],
)
def test_the_store_itself_refuses_to_change_the_log(chain, statement):
    with pytest.raises(IntegrityError, match=r"append-only|only grows"), chain.begin() as session:
        session.execute(statement)
    with chain() as session:
        assert find_fault(session) is None


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            update(AuditEntry).where(AuditEntry.id == 3).values(actor="x"),
            Fault(3, Flaw.ALTERED),
        ),
        (
            update(AuditEntry).where(AuditEntry.id == 3).values(previous="x"),
            Fault(3, Flaw.UNLINKED),
        ),
        (text("UPDATE audit_entry SET at = 'junk' WHERE id = 3"), Fault(3, Flaw.ALTERED)),
        (delete(AuditEntry).where(AuditEntry.id == 3), Fault(3, Flaw.MISSING)),
        (delete(AuditEntry).where(AuditEntry.id >= 11), Fault(11, Flaw.MISSING)),
        (delete(AuditEntry), Fault(1, Flaw.MISSING)),
        (text("UPDATE audit_entry SET id = 0 WHERE id = 3"), Fault(0, Flaw.ADDED)),
        (update(AuditHead).values(digest="x"), Fault(12, Flaw.HEAD)),
        (delete(AuditHead), Fault(12, Flaw.HEAD)),
    ],
)
def test_the_first_broken_link_is_named_with_what_is_wrong(chain, statement, fault):
    with chain.begin() as session:
        disarm(session)
        session.execute(statement)
    with chain() as session:
        assert find_fault(session) == fault
        assert first_broken_entry(session) == fault.entry


def test_tampering_by_sql_is_found_a_hundred_times_out_of_a_hundred(chain):
    store, missed = store_of(chain), []
    for seed in range(100):
        act = FOUND_BY_CHAIN[seed % len(FOUND_BY_CHAIN)]
        with tampered_copy(store, act, seed) as (done, session):
            if find_fault(session) is None:
                missed.append(done)
    assert missed == []


@pytest.mark.parametrize("act", FOUND_BY_HEAD)
def test_a_log_written_anew_is_whole_in_itself(chain, act):
    """Why heads are signed and kept elsewhere: the chain alone cannot know."""
    with tampered_copy(store_of(chain), act, 7) as (_, session):
        assert find_fault(session) is None


def test_an_act_that_is_rolled_back_leaves_no_entry(registry):
    with pytest.raises(ZeroDivisionError), registry.begin() as session:
        record_act(session, "tester", "act")
        _ = 1 / 0
    with registry() as session:
        assert session.scalars(select(AuditEntry)).all() == []
        assert first_broken_entry(session) is None
