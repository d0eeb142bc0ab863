"""One person takes everything off, everywhere, at once; two withdraw it or bring it back."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from portal.disclosure.ledger import Act, LedgerEntry, Tombstone
from portal.publication.errors import CaseUnknown, NotPublished, ReasonMissing
from portal.publication.gate import Outcome
from portal.publication.withdrawal import (
    ask_restoration,
    confirm_restoration,
    confirm_withdrawal,
    decline_restoration,
    suspend_case,
)
from portal.registry.audit import AuditEntry
from portal.registry.joint_acts import JointActRefused, waiting_of
from search_index import Query, WhooshIndex

NUMBER = "（2018）辽0803执123号"


def restore(gate, reason):
    """Bring the case back by two people."""
    act_id = ask_restoration(gate, NUMBER, "reviewer", reason)
    return confirm_restoration(gate, act_id, "chief", senior=True)


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
    suspend_case(published, NUMBER, "reviewer", "当事人异议成立")
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
    suspend_case(published, NUMBER, "reviewer", "当事人异议成立")
    files = list(tmp_path.glob("disclosure.db*"))
    files += [path for path in published.index_path.rglob("*") if path.is_file()]
    assert files
    assert [path.name for path in files if name in path.read_bytes()] == []


def test_a_new_import_does_not_bring_a_withdrawn_case_back(published, bring_in, case, public_row):
    suspend_case(published, NUMBER, "reviewer", "异议")
    bring_in(case(cause="买卖合同纠纷"))
    report = published.publish_all("clerk")
    assert (report.released, report.withdrawn) == (0, 1)
    assert public_row() is None


def test_restoring_brings_the_case_back_under_its_addresses(published, public_row, public):
    debtor_id = public_row().debtors[0].id
    suspend_case(published, NUMBER, "reviewer", "异议")
    assert restore(published, "异议不成立") is Outcome.RELEASED
    assert public_row().debtors[0].id == debtor_id
    public.rollback()
    assert public.scalar(select(func.count(Tombstone.path))) == 0


def test_the_ledger_tells_the_whole_story(published, public):
    suspend_case(published, NUMBER, "reviewer", "异议")
    restore(published, "撤销")
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
        suspend_case(gate, NUMBER, "reviewer", "异议")
    bring_in(case())
    with pytest.raises(ReasonMissing):
        suspend_case(gate, NUMBER, "reviewer", "")
    with pytest.raises(NotPublished):
        ask_restoration(gate, NUMBER, "reviewer", "异议")


def acts(gate):
    with gate.stores.registry() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.act.startswith("case.")))
        return [(entry.actor, entry.act) for entry in entries.all()][-2:]


def waiting_id(gate):
    return waiting_of(gate.stores.registry, NUMBER).id


@pytest.mark.parametrize(
    ("first", "second", "complete"),
    [
        (("reviewer", False), ("chief", True), True),
        (("chief", True), ("reviewer", False), True),
        (("chief", True), ("another chief", True), True),
        (("reviewer", False), ("another reviewer", False), False),
        (("reviewer", False), ("reviewer", False), False),
        (("chief", True), ("chief", True), False),
        # promoted in between: still the same person
        (("reviewer", False), ("reviewer", True), False),
    ],
)
def test_a_pair_is_two_people_and_one_of_them_senior(published, first, second, complete):
    (asker, asker_is_senior), (other, other_is_senior) = first, second
    for ask, confirm in (
        (suspend_case, confirm_withdrawal),
        (ask_restoration, confirm_restoration),
    ):
        ask(published, NUMBER, asker, "异议", senior=asker_is_senior)
        act_id = waiting_id(published)
        if complete:
            confirm(published, act_id, other, senior=other_is_senior)
            assert waiting_of(published.stores.registry, NUMBER) is None
        else:
            with pytest.raises(JointActRefused):
                confirm(published, act_id, other, senior=other_is_senior)
            assert waiting_id(published) == act_id


def test_a_suspended_case_is_gone_before_anybody_confirms(published, public_row):
    suspend_case(published, NUMBER, "reviewer", "发现身份证号")
    assert public_row() is None
    assert acts(published)[-2:] == [("reviewer", "case.suspend"), ("reviewer", "case.retracted")]
    confirm_withdrawal(published, waiting_id(published), "chief", senior=True)
    assert acts(published)[-1] == ("chief", "case.withdraw")
    assert published.publish_all("clerk").withdrawn == 1


def test_asking_for_a_restoration_publishes_nothing_and_drops_the_withdrawal(published, public_row):
    suspend_case(published, NUMBER, "reviewer", "误操作")
    withdrawal = waiting_id(published)
    act_id = ask_restoration(published, NUMBER, "reviewer", "误操作，申请恢复")
    assert published.publish_all("clerk").withdrawn == 1
    assert public_row() is None
    with pytest.raises(JointActRefused, match="已由 reviewer 处理"):
        confirm_withdrawal(published, withdrawal, "chief", senior=True)
    with pytest.raises(JointActRefused, match="正在等待"):
        ask_restoration(published, NUMBER, "chief", "再申请", senior=True)
    decline_restoration(published, act_id, "chief", "仍有疑问")
    with pytest.raises(JointActRefused, match="已由 chief 处理"):
        confirm_restoration(published, act_id, "chief", senior=True)
    assert public_row() is None


def test_an_act_is_confirmed_as_what_it_is_and_once(published):
    suspend_case(published, NUMBER, "reviewer", "异议")
    act_id = waiting_id(published)
    with pytest.raises(JointActRefused, match="没有这项申请"):
        confirm_restoration(published, act_id, "chief", senior=True)
    with pytest.raises(JointActRefused, match="没有这项申请"):
        confirm_withdrawal(published, 404, "chief", senior=True)
    confirm_withdrawal(published, act_id, "chief", senior=True)
    with pytest.raises(JointActRefused, match="已由 chief 处理"):
        confirm_withdrawal(published, act_id, "another chief", senior=True)
    with pytest.raises(ReasonMissing):
        decline_restoration(published, act_id, "chief", " ")


def test_suspending_again_only_finishes_the_work(published):
    suspend_case(published, NUMBER, "reviewer", "异议")
    with pytest.raises(NotPublished):
        suspend_case(published, NUMBER, "another", "重复")
    assert waiting_of(published.stores.registry, NUMBER).asked_by == "reviewer"
