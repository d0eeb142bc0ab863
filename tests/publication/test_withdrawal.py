"""Withdrawing takes everything, everywhere, at once; restoring brings it back."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.disclosure.ledger import Act, LedgerEntry, Tombstone
from portal.publication.errors import CaseUnknown, NotPublished, ReasonMissing
from portal.publication.gate import Outcome
from portal.publication.withdrawal import restore_case, withdraw_case
from search_index import Query, WhooshIndex

NUMBER = "（2018）辽0803执123号"


@pytest.fixture
def published(gate, bring_in, case):
    bring_in(case())
    gate.publish_all("clerk")
    return gate


def test_page_entries_and_index_go_together(published, public_row, public):
    row = public_row()
    paths = {
        f"/cases/{row.slug}",
        f"/debtors/{row.debtors[0].id}",
        f"/restrictions/{row.restrictions[0].id}",
    }
    withdraw_case(published, NUMBER, "reviewer", "当事人异议成立")
    assert public_row() is None
    assert set(public.scalars(select(Tombstone.path))) == paths
    index = WhooshIndex.open(published.index_path)
    assert index.search(Query(text="秦椒榕")).total == 0
    assert list(index.stored()) == []
    index.close()


def test_no_byte_of_a_withdrawn_name_stays_on_disk(published, tmp_path):
    with published.stores.disclosure.begin() as session:
        session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    name = "秦椒榕".encode()
    assert name in (tmp_path / "disclosure.db").read_bytes()
    withdraw_case(published, NUMBER, "reviewer", "当事人异议成立")
    files = list(tmp_path.glob("disclosure.db*"))
    files += [path for path in published.index_path.rglob("*") if path.is_file()]
    assert files
    assert [path.name for path in files if name in path.read_bytes()] == []


def test_a_new_import_does_not_bring_a_withdrawn_case_back(published, bring_in, case, public_row):
    withdraw_case(published, NUMBER, "reviewer", "异议")
    bring_in(case(cause="买卖合同纠纷"))
    report = published.publish_all("clerk")
    assert (report.released, report.withdrawn) == (0, 1)
    assert public_row() is None


def test_restoring_brings_the_case_back_under_its_addresses(published, public_row, public):
    debtor_id = public_row().debtors[0].id
    withdraw_case(published, NUMBER, "reviewer", "异议")
    assert restore_case(published, NUMBER, "reviewer", "异议不成立") is Outcome.RELEASED
    assert public_row().debtors[0].id == debtor_id
    public.rollback()
    assert public.scalar(select(func.count(Tombstone.path))) == 0


def test_the_ledger_tells_the_whole_story(published, public):
    withdraw_case(published, NUMBER, "reviewer", "异议")
    restore_case(published, NUMBER, "reviewer", "撤销")
    acts = public.execute(
        select(LedgerEntry.act, LedgerEntry.version).order_by(LedgerEntry.id)
    ).all()
    assert [tuple(row) for row in acts] == [
        (Act.RELEASED, 1),
        (Act.WITHDRAWN, 2),
        (Act.RELEASED, 3),
    ]


def test_what_cannot_be_withdrawn_is_refused(gate, bring_in, case):
    with pytest.raises(CaseUnknown):
        withdraw_case(gate, NUMBER, "reviewer", "异议")
    bring_in(case())
    with pytest.raises(ReasonMissing):
        withdraw_case(gate, NUMBER, "reviewer", "")
    with pytest.raises(NotPublished):
        restore_case(gate, NUMBER, "reviewer", "异议")
