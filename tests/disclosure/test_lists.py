"""Reading the lists: debtors, restrictions, terminations, auctions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from portal.disclosure.auctions import (
    browse_auctions,
    open_auctions,
    property_kinds,
    read_auction,
)
from portal.disclosure.debtors import browse_debtors, read_debtor, read_debtors
from portal.disclosure.figures import Figures, read_figures
from portal.disclosure.restrictions import (
    browse_restrictions,
    read_restriction,
    read_restrictions,
)
from portal.disclosure.terminations import (
    browse_terminations,
    closing_years,
    end_of_searches,
    read_termination,
)
from portal.disclosure.tombstones import gone_among, read_tombstone


def test_debtors_by_court_and_behaviour(disclosure, rows):
    first = rows.debtor(court_code="辽0803", behaviour="违反限制消费令")
    second = rows.debtor(court_code="辽0881", behaviour="违反限制消费令")
    rows.debtor(court_code="辽0881")
    assert browse_debtors(disclosure).total == 3
    assert set(browse_debtors(disclosure, behaviour="违反限制消费令").items) == {first, second}
    found = browse_debtors(disclosure, court="辽0881", behaviour="违反限制消费令")
    assert found.items == (second,)


def test_entries_are_read_in_the_order_asked_for_without_the_withdrawn(disclosure, rows):
    one, two = rows.debtor(), rows.debtor(behaviour="违反限制消费令")
    assert read_debtors(disclosure, [two.id, "withdrawn", one.id]) == (two, one)
    assert read_debtors(disclosure, [two.id, one.id], behaviour="违反限制消费令") == (two,)
    person, company = rows.restriction(), rows.restriction(kind="法人")
    assert read_restrictions(disclosure, [company.id, person.id]) == (company, person)
    assert read_restrictions(disclosure, [company.id, person.id], kind="法人") == (company,)


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
    assert browse_restrictions(disclosure, court="辽0803", kind="法人").items == (company,)
    assert browse_restrictions(disclosure, court="辽0804").total == 0
    assert read_restriction(disclosure, company.id) is company
    assert read_restriction(disclosure, "nobody") is None


def test_terminations_by_court_and_year_of_closing(disclosure, rows):
    old = rows.termination(court_code="辽0803", closed_on=date(2016, 12, 1))
    rows.termination(court_code="辽0881", closed_on=date(2018, 1, 1))
    assert closing_years(disclosure) == [2018, 2017, 2016]
    assert browse_terminations(disclosure, year=2016).items == (old,)
    assert browse_terminations(disclosure, court="辽0881", year=2016).total == 0
    assert read_termination(disclosure, old.id).searched_until == date(2021, 12, 1)
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
    found = browse_auctions(disclosure, court="辽0803", status="成交", kind="住宅用房")
    assert found.items == (flat,)
    assert property_kinds(disclosure) == ["住宅用房", "机动车"]
    assert read_auction(disclosure, "nobody") is None


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
