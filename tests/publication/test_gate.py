"""The gate: what is released, what is held, what is taken back, and what stays the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from portal.disclosure.ledger import IndexChange, Tombstone
from portal.disclosure.models import PublicCase, PublicDebtor
from portal.publication.errors import CaseUnknown
from portal.publication.gate import Outcome
from portal.registry.audit import AuditEntry, first_broken_entry
from portal.registry.models import RegistryCase, Review, ReviewState

NUMBER = "（2018）辽0803执123号"


def publish(gate):
    return gate.publish_case(NUMBER, "clerk")


def reviews(gate, state=ReviewState.WAITING):
    with gate.stores.registry() as session:
        return list(session.scalars(select(Review).filter_by(state=state)))


def test_a_clean_case_is_released_masked(gate, bring_in, case, public_row):
    bring_in(case())
    assert publish(gate) is Outcome.RELEASED
    row = public_row()
    assert [party["name"] for party in row.parties] == ["甘某", "秦某"]
    assert "秦椒榕" not in row.events[1].text
    assert "4071" not in row.events[1].text
    assert row.handler_name == "范淑衡"
    assert row.controls == [{"kind": "银行存款", "action": "冻结", "count": 1}]


def test_the_list_entry_shows_what_article_6_asks_for(gate, bring_in, case, public_row):
    bring_in(case())
    publish(gate)
    (debtor,) = public_row().debtors
    assert (debtor.name, debtor.sex, debtor.age) == ("秦椒榕", "男", 43)
    assert (debtor.behaviour, debtor.performance) == ("违反财产报告制度", "全部未履行")
    assert (debtor.basis_document, debtor.basis_unit) == (
        "（2017）辽0803民初9号",
        "营口市西市区人民法院",
    )
    assert debtor.expires_on.isoformat() == "2020-05-03"
    # The masked number gives neither the birthday nor the sequence away.
    assert "*" in debtor.id_masked
    assert "19750105" not in debtor.id_masked
    assert "甘蓝芷" not in debtor.obligation


def test_a_second_debtor_of_the_same_name_is_nobody_we_could_list(gate, bring_in, case):
    twin = case()["parties"][1]
    bring_in(case(parties=[case()["parties"][0], twin, twin]))
    assert publish(gate) is Outcome.HELD
    assert any("唯一" in hold["reason"] for hold in reviews(gate)[0].holds)


def test_a_minor_is_never_listed(gate, bring_in, case, public_row):
    record = case()
    record["parties"][1]["birth_date"] = "2001-06-01"
    bring_in(record)
    assert publish(gate) is Outcome.HELD
    assert public_row() is None


def test_a_measure_that_ended_is_on_no_list(gate, bring_in, case, public_row):
    record = case()
    record["measures"][0] |= {"ended_on": "2018-06-01", "end_reason": "履行完毕"}
    bring_in(record)
    publish(gate)
    assert public_row().debtors == []
    assert len(public_row().restrictions) == 1


def test_a_closed_case_shows_number_court_date_and_reason_only(
    gate, bring_in, case, public_row, public
):
    bring_in(case(disclosure={"level": "不公开", "reason": "涉及个人隐私"}))
    assert publish(gate) is Outcome.NOT_PUBLIC
    row = public_row()
    shown = {
        column.key: getattr(row, column.key)
        for column in PublicCase.__table__.columns
        if getattr(row, column.key) not in (None, "", [])
    }
    assert shown.keys() == {
        "id",
        "case_number",
        "slug",
        "court_code",
        "court_name",
        "filed_on",
        "level",
        "closed_reason",
        "version",
        "released_at",
    }
    assert public.scalar(select(func.count(PublicDebtor.id))) == 0


@pytest.mark.parametrize("disclosure", [None, {"level": "不公开"}])
def test_a_case_whose_level_or_reason_is_missing_is_held(
    gate, bring_in, case, disclosure, public_row
):
    bring_in(case(disclosure=disclosure))
    assert publish(gate) is Outcome.HELD
    assert public_row() is None


def test_a_closing_reason_that_names_somebody_is_not_published(gate, bring_in, case, public_row):
    bring_in(case(disclosure={"level": "不公开", "reason": "涉及秦椒榕的个人隐私"}))
    publish(gate)
    row = public_row()
    assert row is None or "秦椒榕" not in row.closed_reason


def test_publishing_again_changes_nothing(gate, bring_in, case, public_row, public):
    bring_in(case())
    publish(gate)
    before = public.scalar(select(func.max(IndexChange.id))), public_row().released_at
    assert publish(gate) is Outcome.RELEASED
    public.rollback()
    assert (public.scalar(select(func.max(IndexChange.id))), public_row().released_at) == before


def test_a_new_revision_makes_a_new_version_and_keeps_the_addresses(
    gate, bring_in, case, public_row
):
    bring_in(case())
    publish(gate)
    debtor_id, row_id = public_row().debtors[0].id, public_row().id
    bring_in(case(cause="买卖合同纠纷"))
    publish(gate)
    row = public_row()
    assert (row.version, row.cause, row.id) == (2, "买卖合同纠纷", row_id)
    assert row.debtors[0].id == debtor_id


def test_a_listing_that_is_no_longer_sent_leaves_a_tombstone(
    gate, bring_in, case, public_row, public
):
    bring_in(case())
    publish(gate)
    debtor_id = public_row().debtors[0].id
    bring_in(case(measures=[]))
    publish(gate)
    grave = public.get(Tombstone, f"/debtors/{debtor_id}")
    assert grave is not None
    assert "秦" not in grave.notice
    # Listed anew, the same address shows the entry again.
    bring_in(case())
    publish(gate)
    public.rollback()
    assert public_row().debtors[0].id == debtor_id
    assert public.get(Tombstone, f"/debtors/{debtor_id}") is None


def test_a_case_closed_later_takes_the_old_page_with_it(gate, bring_in, case, public_row):
    bring_in(case())
    publish(gate)
    bring_in(case(disclosure={"level": "不公开", "reason": "涉及个人隐私"}))
    assert publish(gate) is Outcome.NOT_PUBLIC
    assert public_row().parties is None or public_row().parties == []
    assert public_row().debtors == []


def test_when_a_new_revision_is_held_an_ended_listing_goes_at_once(
    gate, bring_in, case, public_row
):
    bring_in(case())
    publish(gate)
    bring_in(case(disclosure=None, measures=[]))
    assert publish(gate) is Outcome.HELD
    row = public_row()
    assert row.version == 1
    assert row.debtors == []
    assert row.restrictions == []


def test_when_a_held_revision_shows_the_old_page_to_be_unsafe_it_goes_at_once(
    gate, bring_in, case, public_row, public
):
    bring_in(case(cause="关于蓝鲸计划的纠纷"))
    publish(gate)
    assert public_row() is not None
    # The newer record tells that the phrase on the old page is somebody's employer.
    record = case(cause="民间借贷纠纷", disclosure=None)
    record["parties"][1]["employer"] = "蓝鲸计划"
    bring_in(record)
    assert publish(gate) is Outcome.HELD
    assert public_row() is None
    assert public.get(Tombstone, "/cases/2018-辽0803-执-123") is not None


def test_a_held_case_waits_once_and_is_replaced_by_the_next_revision(gate, bring_in, case):
    bring_in(case(disclosure=None))
    publish(gate)
    publish(gate)
    assert len(reviews(gate)) == 1
    bring_in(case(disclosure=None, cause="买卖合同纠纷"))
    publish(gate)
    assert len(reviews(gate)) == 1
    assert len(reviews(gate, ReviewState.SUPERSEDED)) == 1


def test_one_broken_case_does_not_keep_the_others_back(gate, bring_in, case, stores):
    bring_in(case(), case(case_number="（2018）辽0803执124号"))
    with stores.registry.begin() as session:
        broken = session.scalars(select(RegistryCase).filter_by(case_number=NUMBER)).one()
        broken.content = broken.content | {"filed_on": "never"}
    report = gate.publish_all("clerk")
    assert (report.released, report.errors) == (1, (NUMBER,))


def test_rows_outbox_and_ledger_stand_or_fall_together(gate, bring_in, case, public, public_row):
    bring_in(case())
    # The last of the three to be written fails: nothing of the others may stay.
    with gate.stores.disclosure.begin() as session:
        session.connection().exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON ledger_entry"
            " BEGIN SELECT raise(ABORT, 'disk full'); END"
        )
    report = gate.publish_all("clerk")
    assert report.errors == (NUMBER,)
    public.rollback()
    assert public_row() is None
    assert public.scalar(select(func.count(IndexChange.id))) == 0


def test_an_unknown_case_is_refused(gate):
    with pytest.raises(CaseUnknown):
        publish(gate)


def test_every_act_is_in_the_audit_log_and_none_tells_a_name(gate, bring_in, case, stores):
    bring_in(case())
    gate.publish_all("clerk")
    with stores.registry() as session:
        acts = [entry.act for entry in session.scalars(select(AuditEntry))]
        written = "".join(
            f"{entry.subject}{entry.detail}" for entry in session.scalars(select(AuditEntry))
        )
        assert first_broken_entry(session) is None
    assert acts == ["import.start", "import.finish", "case.released", "publish.run"]
    assert "秦椒榕" not in written


def test_two_offices_with_different_keys_make_different_addresses(gate, bring_in, case, public_row):
    bring_in(case())
    publish(gate)
    first = public_row().debtors[0].id
    other = replace(gate, key=b"another key")
    other.publish_case(NUMBER, "clerk", again=True)
    assert public_row().debtors[0].id != first
