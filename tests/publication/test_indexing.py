"""Outbox and index: exactly what is public, whatever dies in between."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from portal.disclosure.lookups import PublicDebtorLookup
from portal.disclosure.models import PublicCase, PublicDebtor
from portal.publication.indexing import check_index, open_index, rebuild_index, sync_index
from portal.publication.release import remove_case
from search_index import IndexLocked, Query

NUMBER = "（2018）辽0803执123号"


@pytest.fixture
def published(gate, bring_in, case):
    bring_in(case(), case(case_number="（2018）辽0803执恢124号"))
    gate.publish_all("clerk")
    return gate


def ids(gate):
    index = open_index(gate.index_path)
    try:
        page = index.search(Query(text="营口市西市区人民法院", page_size=100))
        return sorted((hit.kind, hit.id) for hit in page.hits)
    finally:
        index.close()


def difference(gate):
    return check_index(gate.stores.disclosure, gate.index_path, repair=False)


def test_publishing_leaves_the_index_equal_to_the_store(published):
    assert not difference(published)
    assert len(ids(published)) == 6


def test_a_case_is_not_found_by_the_name_of_a_party(published):
    index = open_index(published.index_path)
    kinds = {hit.kind for hit in index.search(Query(text="秦椒榕")).hits}
    assert kinds == {"debtor", "restriction"}
    assert index.search(Query(text="甘蓝芷")).total == 0
    index.close()


def test_changes_left_behind_by_a_crash_are_applied_by_the_next_sync(published):
    # The store commits, then the process dies before the index hears of it.
    with published.stores.disclosure.begin() as public:
        remove_case(public, NUMBER)
    assert difference(published).stale
    sync_index(published.stores.disclosure, published.index_path)
    assert not difference(published)


def test_applying_a_change_twice_does_no_harm(published):
    before = ids(published)
    index = open_index(published.index_path)
    index.close()
    rebuild_index(published.stores.disclosure, published.index_path)
    sync_index(published.stores.disclosure, published.index_path)
    assert ids(published) == before
    assert not difference(published)


def test_check_repairs_both_ways(published):
    with published.stores.disclosure.begin() as public:
        # Rows change without the outbox: what should never happen is still put right.
        gone = public.scalars(select(PublicCase).filter_by(case_number=NUMBER)).one()
        public.delete(gone)
        debtor = public.scalars(select(PublicDebtor)).first()
        public.execute(delete(PublicDebtorLookup).filter_by(debtor_id=debtor.id))
        debtor.id = "a-different-id"
    found = check_index(published.stores.disclosure, published.index_path, repair=True)
    assert found.missing
    assert found.stale
    assert not difference(published)


def test_a_locked_index_keeps_the_changes_for_later(published, bring_in, case, monkeypatch):
    def locked(*_args):
        raise IndexLocked(4711, 1.0)

    bring_in(case(cause="买卖合同纠纷"))
    monkeypatch.setattr("portal.publication.gate.sync_index", locked)
    assert published.publish_all("clerk").released == 2
    monkeypatch.undo()
    assert sync_index(published.stores.disclosure, published.index_path) == 3
    index = open_index(published.index_path)
    assert index.search(Query(text="买卖合同纠纷")).total == 1
    index.close()


def test_a_damaged_index_is_rebuilt(published):
    before = ids(published)
    for path in published.index_path.rglob("*"):
        if path.is_file():
            path.write_bytes(b"\x00" * 16)
    rebuild_index(published.stores.disclosure, published.index_path)
    assert ids(published) == before
