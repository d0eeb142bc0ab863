"""Clearing the lists: what has ended goes, by its article and in time, and never comes back."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from portal.disclosure.ledger import Tombstone
from portal.disclosure.lookups import PublicDebtorLookup
from portal.publication.inspection import inspect_public
from portal.publication.list_clearing import clear_lists
from portal.registry.audit import AuditEntry
from portal.registry.models import ListRun, RegistryCase
from search_index import Query, WhooshIndex
from tests.invented import CASE

NUMBER = "（2018）辽0803执123号"
# Listed on 2018-05-03 for 24 months.
LAST_DAY = date(2020, 5, 3)
DAY_AFTER = date(2020, 5, 4)
REFUSAL = "有履行能力而拒不履行生效法律文书确定义务"


def listing(case, **fields):
    """The measures of the case, those of the listing replaced."""
    first, second = case()["measures"]
    changed = {key: value for key, value in (first | fields).items() if value is not None}
    return {"measures": [changed, second]}


def termless(case, **fields):
    return listing(case, behaviour=REFUSAL, term_months=None, **fields)


def closed(method, **fields):
    return {"closing": {"closed_on": "2018-08-20", "method": method, **fields}}


@pytest.fixture
def published(gate, bring_in, case):
    bring_in(case())
    gate.publish_all("clerk")
    return gate


def names_found(gate, text="秦椒榕"):
    index = WhooshIndex.open(gate.index_path)
    kinds = sorted(str(hit.kind) for hit in index.search(Query(text=text)).hits)
    index.close()
    return kinds


def test_a_term_is_served_to_its_last_day(published, public_row):
    assert clear_lists(published, "cron", LAST_DAY).removed == 0
    assert len(public_row().debtors) == 1
    report = clear_lists(published, "cron", DAY_AFTER)
    assert (report.removed, report.late, report.errors) == (1, 0, ())
    assert public_row().debtors == []


def test_the_entry_leaves_every_place_and_its_address_names_nobody(published, public_row, public):
    path = f"/debtors/{public_row().debtors[0].id}"
    assert names_found(published) == ["debtor", "restriction"]
    lookups = select(PublicDebtorLookup.debtor_id)
    assert len(public.scalars(lookups).all()) == 1
    public.rollback()
    clear_lists(published, "cron", DAY_AFTER)
    assert names_found(published) == ["restriction"]
    assert public.scalars(lookups).all() == []
    stone = public.get(Tombstone, path)
    assert stone is not None and "秦" not in stone.notice
    assert inspect_public(published).leaks == ()


def test_the_case_page_and_the_other_list_stay(published, public_row):
    clear_lists(published, "cron", DAY_AFTER)
    assert public_row() is not None and len(public_row().restrictions) == 1


def test_running_again_finds_nothing_and_publishing_brings_nothing_back(published, public_row):
    clear_lists(published, "cron", DAY_AFTER)
    assert clear_lists(published, "cron", DAY_AFTER).removed == 0
    for _ in range(2):
        assert published.publish_all("clerk").released == 1
        assert public_row().debtors == []
    # A run for an earlier day, by mistake, opens no door.
    clear_lists(published, "cron", date(2019, 1, 1))
    published.publish_all("clerk")
    assert public_row().debtors == []


def test_an_export_that_lengthens_the_term_lists_again(published, public_row, bring_in, case):
    clear_lists(published, "cron", DAY_AFTER)
    bring_in(case(**listing(case, term_months=36)))
    published.publish_all("clerk")
    assert public_row().debtors[0].expires_on == date(2021, 5, 3)


def test_a_listing_over_before_it_was_ever_published_never_appears(
    gate, bring_in, case, public_row
):
    bring_in(case())
    clear_lists(gate, "cron", DAY_AFTER)
    gate.publish_all("clerk")
    assert public_row().debtors == [] and len(public_row().restrictions) == 1


def test_a_missing_term_counts_as_the_statutory_two_years(gate, bring_in, case, public_row):
    bring_in(case(**listing(case, term_months=None)))
    gate.publish_all("clerk")
    assert public_row().debtors[0].expires_on == LAST_DAY
    assert clear_lists(gate, "cron", DAY_AFTER).removed == 1


@pytest.mark.parametrize(
    ("method", "goes"),
    [("执行完毕", True), ("不予执行", True), ("终结执行", True), ("销案", False)],
)
def test_a_listing_without_a_term_ends_with_its_case(
    gate, bring_in, case, public_row, method, goes
):
    bring_in(case(**termless(case), **closed(method)))
    gate.publish_all("clerk")
    assert len(public_row().debtors) == 1
    clear_lists(gate, "cron", date(2018, 8, 21))
    assert (public_row().debtors == []) is goes


def test_a_listing_with_a_term_does_not_end_with_its_case(gate, bring_in, case, public_row):
    bring_in(case(**closed("执行完毕")))
    gate.publish_all("clerk")
    clear_lists(gate, "cron", date(2018, 8, 21))
    assert len(public_row().debtors) == 1


def test_nothing_but_the_court_ends_a_listing_without_a_term(gate, bring_in, case, public_row):
    bring_in(case(**termless(case)))
    gate.publish_all("clerk")
    assert clear_lists(gate, "cron", date(2050, 1, 1)).removed == 0
    assert len(public_row().debtors) == 1


# Two names of one length, so that the record stays one the gate would release.
NEWER = {
    "ended by the court": lambda case: listing(
        case, ended_on="2018-06-01", end_reason="不应纳入，予以撤销"
    ),
    "no longer in the record": lambda case: {"measures": case()["measures"][1:]},
}


@pytest.mark.parametrize("newer", NEWER)
def test_what_was_wrong_goes_before_anybody_publishes_the_newer_record(
    published, public_row, bring_in, case, newer
):
    bring_in(case(**NEWER[newer](case)))
    assert len(public_row().debtors) == 1
    assert clear_lists(published, "cron", date(2018, 6, 1)).removed == 1
    assert public_row().debtors == []


def test_an_entry_that_was_public_too_long_is_counted(published):
    # 2020-05-04 and -05 were holidays: three working days after the 3rd is the 8th.
    assert clear_lists(published, "cron", date(2020, 5, 9)).late == 1


def test_a_lifted_restriction_goes(published, public_row, bring_in, case):
    first, second = case()["measures"]
    bring_in(case(measures=[first, second | {"ended_on": "2018-06-01"}]))
    clear_lists(published, "cron", date(2018, 6, 1))
    assert public_row().restrictions == [] and len(public_row().debtors) == 1


RESUMED = "（2019）辽0803执恢7号"
FRUITLESS = closed("终结本次执行程序", amount_unpaid="50000.00")


def resumed(case, **fields):
    return case(case_number=RESUMED, filed_on="2019-02-01", resumed_from=NUMBER, **fields)


def test_a_fruitless_case_leaves_its_list_when_it_is_paid_after_all(
    gate, bring_in, case, public_row
):
    first = case(resumed_as=RESUMED, measures=[], **FRUITLESS)
    bring_in(first, resumed(case, measures=[]))
    gate.publish_all("clerk")
    assert clear_lists(gate, "cron", date(2019, 3, 1)).removed == 0
    paid = {"closed_on": "2019-03-04", "method": "执行完毕", "amount_unpaid": "0.00"}
    bring_in(resumed(case, measures=[], closing=paid))
    assert clear_lists(gate, "cron", date(2019, 3, 5)).removed == 1
    assert public_row().termination is None
    gate.publish_all("clerk")
    assert public_row().termination is None


def test_two_listings_of_one_day_are_told_apart(gate, bring_in, case, public_row):
    first, second = case()["measures"]
    bring_in(case(measures=[first, first, second]))
    gate.publish_all("clerk")
    assert len(public_row().debtors) == 2
    bring_in(case(measures=[first | {"ended_on": "2018-06-01"}, first, second]))
    assert clear_lists(gate, "cron", date(2018, 6, 1)).removed == 1
    kept = public_row().debtors[0].id
    gate.publish_all("clerk")
    assert [row.id for row in public_row().debtors] == [kept]


def test_a_run_is_on_record_with_what_it_did_and_by_which_rule(published):
    clear_lists(published, "cron", DAY_AFTER)
    with published.stores.registry() as session:
        run = session.scalars(select(ListRun)).one()
        assert (run.day, run.actor, run.examined, run.removed) == (DAY_AFTER, "cron", 1, 1)
        assert run.finished_at is not None
        acts = {
            entry.act: entry.detail
            for entry in session.scalars(select(AuditEntry).where(AuditEntry.actor == "cron"))
        }
    assert acts["case.retracted"]["reason"] == "法释〔2017〕7号第十条"
    assert acts["lists.clear"] == {
        "day": "2020-05-04", "examined": 1, "removed": 1, "late": 0, "errors": 0,
    }  # fmt: skip


def test_one_broken_record_does_not_keep_the_others_listed(published, bring_in, case, public_row):
    bring_in(case(case_number="（2018）辽0803执124号"))
    published.publish_all("clerk")
    with published.stores.registry.begin() as session:
        broken = session.scalars(
            select(RegistryCase).filter_by(case_number="（2018）辽0803执124号")
        ).one()
        broken.content = broken.content | {"measures": [{"kind": "失信"}]}
    report = clear_lists(published, "cron", DAY_AFTER)
    assert (report.removed, report.errors) == (1, ("（2018）辽0803执124号",))
    assert public_row().debtors == []
    with published.stores.registry() as session:
        assert session.scalars(select(ListRun)).one().failed == 1


def test_a_draft_made_before_the_lists_were_cleared_is_made_anew(gate, bring_in, case, public_row):
    bring_in(case())
    with gate.stores.registry() as session:
        prepared = gate.prepare(session, session.scalars(select(RegistryCase)).one())
    clear_lists(gate, "cron", DAY_AFTER)
    assert gate._decide(prepared, "clerk") is None
    gate.publish_case(NUMBER, "clerk")
    assert public_row().debtors == []


def test_a_withdrawn_case_and_one_nobody_imported_are_passed_over(published, public_row):
    from portal.publication.withdrawal import suspend_case, withdraw_ended

    suspend_case(published, NUMBER, "reviewer", "异议")
    assert clear_lists(published, "cron", DAY_AFTER).examined == 0
    assert withdraw_ended(published, CASE["case_number"] + "之一", "cron", DAY_AFTER) == ()
