"""Reading the lists: debtors, restrictions, terminations, auctions."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Date, text

from portal.columns import Instant, Yuan
from portal.disclosure.auctions import AUCTIONS, open_auctions, property_kinds, read_auction
from portal.disclosure.cases import CASES
from portal.disclosure.debtors import DEBTORS, read_debtor
from portal.disclosure.figures import Figures, read_figures
from portal.disclosure.lists import Wanted
from portal.disclosure.restrictions import RESTRICTIONS, read_restriction
from portal.disclosure.terminations import TERMINATIONS, end_of_searches, read_termination
from portal.disclosure.tombstones import gone_among, read_tombstone
from portal.paging import Cursor

SOME_VALUE = {
    Date: date(2018, 3, 1),
    Instant: datetime(2018, 3, 1, tzinfo=UTC),
    Yuan: Decimal(1),
}


def test_debtors_by_court_and_behaviour(disclosure, rows):
    first = rows.debtor(court_code="辽0803", behaviour="违反限制消费令")
    second = rows.debtor(court_code="辽0881", behaviour="违反限制消费令")
    rows.debtor(court_code="辽0881")
    assert DEBTORS.browse(disclosure, Wanted()).total == 3
    found = DEBTORS.browse(disclosure, Wanted({"behaviour": "违反限制消费令"}))
    assert set(found.items) == {first, second}
    both = Wanted({"court": "辽0881", "behaviour": "违反限制消费令"})
    assert DEBTORS.browse(disclosure, both).items == (second,)


def test_entries_are_picked_in_the_order_asked_for_without_the_withdrawn(disclosure, rows):
    one = rows.debtor(published_on=date(2018, 4, 1))
    two = rows.debtor(published_on=date(2018, 4, 2), behaviour="违反限制消费令")
    ids = [one.id, "withdrawn", two.id]
    assert DEBTORS.pick(disclosure, ids, Wanted()) == (one, two)
    assert DEBTORS.pick(disclosure, ids, Wanted(order="newest")) == (two, one)
    assert DEBTORS.pick(disclosure, ids, Wanted({"behaviour": "违反限制消费令"})) == (two,)
    assert DEBTORS.pick(disclosure, ids, Wanted(until=date(2018, 4, 1))) == (one,)
    assert DEBTORS.pick(disclosure, [], Wanted()) == ()


def test_namesakes_are_other_entries_under_the_very_same_name(disclosure, rows):
    entry = rows.debtor(name="钱多多")
    other = rows.debtor(name="钱多多", age=60)
    rows.debtor(name="钱多")
    record = read_debtor(disclosure, entry.id)
    assert record.debtor is entry
    assert record.namesakes == (other,)
    assert read_debtor(disclosure, "nobody") is None


def test_restrictions_by_court_and_kind(disclosure, rows):
    rows.restriction(court_code="辽0803")
    company = rows.restriction(court_code="辽0803", kind="法人")
    found = RESTRICTIONS.browse(disclosure, Wanted({"court": "辽0803", "kind": "法人"}))
    assert found.items == (company,)
    assert RESTRICTIONS.browse(disclosure, Wanted({"court": "辽0804"})).total == 0
    assert read_restriction(disclosure, company.id) is company
    assert read_restriction(disclosure, "nobody") is None


def test_terminations_by_court_day_of_closing_and_amount(disclosure, rows):
    old = rows.termination(
        court_code="辽0803", closed_on=date(2016, 12, 1), amount_unpaid=Decimal("9.50")
    )
    new = rows.termination(court_code="辽0881", closed_on=date(2018, 1, 1), amount_unpaid=None)
    most = rows.termination(court_code="辽0881", closed_on=date(2017, 1, 1))
    assert TERMINATIONS.browse(disclosure, Wanted(until=date(2016, 12, 1))).items == (old,)
    assert TERMINATIONS.browse(disclosure, Wanted(order="unpaid")).items == (most, old, new)
    record = read_termination(disclosure, old.id)
    assert record.searched_until == date(2021, 12, 1)
    assert read_termination(disclosure, "nobody") is None


@pytest.mark.parametrize(
    ("closed_on", "until"),
    [(date(2018, 6, 20), date(2023, 6, 20)), (date(2020, 2, 29), date(2025, 2, 28))],
)
def test_searches_end_five_years_after_closing(closed_on, until):
    assert end_of_searches(closed_on) == until


def test_auctions_by_court_status_and_kind(disclosure, rows):
    flat = rows.auction(court_code="辽0803", status="成交", property_kind="住宅用房")
    rows.auction(court_code="辽0803", status="流拍", property_kind="住宅用房")
    rows.auction(court_code="辽0881", status="成交", property_kind="机动车")
    wanted = Wanted({"court": "辽0803", "status": "成交", "kind": "住宅用房"})
    assert AUCTIONS.browse(disclosure, wanted).items == (flat,)
    assert property_kinds(disclosure) == ["住宅用房", "机动车"]
    assert read_auction(disclosure, "nobody") is None


def test_auctions_by_price_with_both_bounds_included(disclosure, rows):
    car, flat, _ = (rows.auction(starting_price=yuan) for yuan in (Decimal(5), Decimal(9), None))
    for wanted, found in (
        (Wanted(least=Decimal("5.01")), (flat,)),
        (Wanted(least=Decimal(5), most=Decimal(9), order="cheapest"), (car, flat)),
        (Wanted(most=Decimal("8.99")), (car,)),
    ):
        assert AUCTIONS.browse(disclosure, wanted).items == found
    assert AUCTIONS.browse(disclosure, Wanted(order="cheapest")).items[:2] == (car, flat)
    assert AUCTIONS.browse(disclosure, Wanted(order="dearest")).items[:2] == (flat, car)


def test_the_day_of_an_auction_is_a_day_in_beijing(disclosure, rows):
    early = rows.auction(starts_at=datetime(2018, 5, 31, 16, 0, tzinfo=UTC))
    rows.auction(starts_at=datetime(2018, 5, 31, 15, 59, tzinfo=UTC))
    first_of_june = Wanted(since=date(2018, 6, 1), until=date(2018, 6, 1))
    assert AUCTIONS.browse(disclosure, first_of_june).items == (early,)


LISTS = {
    "cases": CASES,
    "debtors": DEBTORS,
    "restrictions": RESTRICTIONS,
    "terminations": TERMINATIONS,
    "auctions": AUCTIONS,
}


def ways_of_asking():
    """Every list by each filter alone and by court with each other one, in each order."""
    for name, source in LISTS.items():
        choices = [(), *((other,) for other in source.filters)]
        choices += [("court", "behaviour"), ("court", "kind")] if name == "debtors" else []
        for names, order in itertools.product(choices, source.orders):
            yield pytest.param(source, names, order, id="-".join((name, *names, order.name)))


@pytest.mark.parametrize(("source", "names", "order"), list(ways_of_asking()))
def test_a_page_is_read_by_walking_an_index_and_sorting_nothing(disclosure, source, names, order):
    values = dict.fromkeys(names, "x")
    wanted = Wanted(values, order=order.name)
    place = Cursor(order.name, SOME_VALUE[type(order.column.type)], order.key.type.python_type(1))
    for part in order.parts(source.select(wanted), place, backwards=False):
        written = str(
            part.limit(21).compile(disclosure.bind, compile_kwargs={"literal_binds": True})
        )
        plan = " | ".join(
            row[3] for row in disclosure.execute(text(f"EXPLAIN QUERY PLAN {written}"))
        )
        assert "USING INDEX ix_" in plan, plan
        assert "SCAN" not in plan and "TEMP B-TREE" not in plan, plan
        for name in names:
            assert f"{source.filters[name].key}=?" in plan, plan


def test_only_auctions_one_can_join_are_open(disclosure, rows):
    for status in ("成交", "流拍", "中止", "暂缓", "撤回"):
        rows.auction(status=status)
    joinable = {rows.auction(status="预告"), rows.auction(status="进行中", starts_at=None)}
    assert set(open_auctions(disclosure, 10)) == joinable
    assert len(open_auctions(disclosure, 1)) == 1


@pytest.mark.parametrize(
    ("url", "verified"),
    [
        ("https://sf-item.taobao.com/sf_item/1.htm", True),
        ("", False),
        ("https://sf-item.taobao.com.example.com/1.htm", False),
        ("http://sf-item.taobao.com/1.htm", False),
        ("https://user@sf-item.taobao.com/1.htm", False),
    ],
)
def test_a_stored_address_is_verified_again_when_it_is_read(disclosure, rows, url, verified):
    record = read_auction(disclosure, rows.auction(url=url).id)
    assert record.link == (url if verified else None)


def test_figures_count_every_list(disclosure, rows):
    case = rows.case(closed_on=date(2018, 6, 20))
    rows.debtor(case)
    rows.restriction(case)
    rows.termination(case, amount_unpaid=Decimal("98000.50"))
    rows.termination(amount_unpaid=None)
    rows.auction(case)
    assert read_figures(disclosure) == Figures(2, 1, 1, 1, 2, 1, Decimal("98000.50"))


def test_figures_of_an_empty_store_are_zero(disclosure):
    assert read_figures(disclosure) == Figures(0, 0, 0, 0, 0, 0, Decimal(0))


def test_tombstones(disclosure, rows):
    rows.tombstone("/debtors/abc")
    assert read_tombstone(disclosure, "/debtors/abc").notice
    assert read_tombstone(disclosure, "/debtors/other") is None
    assert gone_among(disclosure, ["/debtors/abc", "/cases/x"]) == {"/debtors/abc"}
    assert gone_among(disclosure, []) == frozenset()
