"""The audit chain: an edit, a gap, a swap and a cut tail are each found."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select, update

from portal.registry.audit import AuditEntry, first_broken_entry, record_act


@pytest.fixture
def chain(registry):
    with registry.begin() as session:
        for number in range(1, 6):
            record_act(session, "tester", "act", f"subject {number}", {"n": number})
    return registry


def test_an_untouched_chain_holds(chain):
    with chain() as session:
        assert first_broken_entry(session) is None


def test_an_empty_log_holds(registry):
    with registry() as session:
        assert first_broken_entry(session) is None


TAMPERING = [
    # (statement, first entry that no longer fits)
    (update(AuditEntry).where(AuditEntry.id == 3).values(actor="somebody else"), 3),
    (update(AuditEntry).where(AuditEntry.id == 3).values(detail={"n": 99}), 3),
    (delete(AuditEntry).where(AuditEntry.id == 3), 4),
    (delete(AuditEntry).where(AuditEntry.id == 5), 5),
    (delete(AuditEntry), 1),
]


@pytest.mark.parametrize(("statement", "broken"), TAMPERING)
def test_tampering_is_found_where_it_happened(chain, statement, broken):
    with chain.begin() as session:
        session.execute(statement)
    with chain() as session:
        assert first_broken_entry(session) == broken


def test_an_act_that_is_rolled_back_leaves_no_entry(registry):
    with pytest.raises(ZeroDivisionError), registry.begin() as session:
        record_act(session, "tester", "act")
        _ = 1 / 0
    with registry() as session:
        assert session.scalars(select(AuditEntry)).all() == []
        assert first_broken_entry(session) is None
