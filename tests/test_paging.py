"""Keyset paging: every row once in any order, stable links, junk means the first page."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from portal.disclosure.models import PublicAuction, PublicCase, PublicDebtor, PublicEvent
from portal.paging import COUNTED, Cursor, Order, count_up_to, read_slice

CASES = Order("newest", PublicCase.filed_on, PublicCase.id)
DEBTORS = Order("newest", PublicDebtor.published_on, PublicDebtor.id)
AUCTIONS = Order("newest", PublicAuction.starts_at, PublicAuction.id)
PRICES = Order("cheapest", PublicAuction.starting_price, PublicAuction.id, descending=False)
ORDERS = (
    AUCTIONS,
    Order("oldest", PublicAuction.starts_at, PublicAuction.id, descending=False),
    Order("dearest", PublicAuction.starting_price, PublicAuction.id),
    PRICES,
)

START = datetime(2018, 6, 1, 2, tzinfo=UTC)


def walk(session, model, order, size):
    """Follow the links from the first page to the last."""
    pages, after = [], ""
    while True:
        page = read_slice(session, select(model), order, after, size)
        pages.append(page)
        if page.after is None:
            return pages
        after = page.after


def test_the_walk_meets_every_row_once_newest_first(disclosure, rows):
    for offset in (0, 3, 3, 3, 1, 2, 5):
        rows.case(filed_on=date(2018, 3, 1) + timedelta(days=offset))
    pages = walk(disclosure, PublicCase, CASES, 2)
    met = [(case.filed_on, case.id) for page in pages for case in page.items]
    assert met == sorted(met, reverse=True)
    assert len(set(met)) == 7
    assert [page.total for page in pages] == [7] * 4
    assert [page.first for page in pages] == [True, False, False, False]
    assert [page.before is not None for page in pages] == [False, True, True, True]


def test_rows_without_a_date_come_last_and_are_not_lost(disclosure, rows):
    start = datetime(2018, 6, 1, 2, tzinfo=UTC)
    for moment in (None, start, None, start + timedelta(days=1), start, None):
        rows.auction(starts_at=moment)
    pages = walk(disclosure, PublicAuction, AUCTIONS, 2)
    met = [auction.starts_at for page in pages for auction in page.items]
    assert met == [start + timedelta(days=1), start, start, None, None, None]
    assert len({auction.id for page in pages for auction in page.items}) == 6


def test_a_link_shows_the_same_rows_after_newer_ones_arrive(disclosure, rows):
    for offset in range(4):
        rows.case(filed_on=date(2018, 3, 1) + timedelta(days=offset))
    link = read_slice(disclosure, select(PublicCase), CASES, size=2).after
    before = read_slice(disclosure, select(PublicCase), CASES, link, 2).items
    rows.case(filed_on=date(2018, 5, 1))
    assert read_slice(disclosure, select(PublicCase), CASES, link, 2).items == before


def test_filters_count_and_page_together(disclosure, rows):
    for court in ("辽0803", "辽0804", "辽0803"):
        rows.case(court_code=court)
    query = select(PublicCase).where(PublicCase.court_code == "辽0803")
    page = read_slice(disclosure, query, CASES, size=1)
    assert page.total == 2
    assert page.after is not None


def test_the_last_page_leads_nowhere(disclosure, rows):
    rows.case()
    assert read_slice(disclosure, select(PublicCase), CASES, size=1).after is None


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "junk",
    [
        "x",
        "====",
        "%00",
        "页",
        encoded("newest~2018-02-30~1"),
        encoded("newest~2018-01-01~-1"),
        encoded("newest~2018-01-01~9223372036854775808"),
        encoded("newest~2018-01-01~1e3"),
        encoded("newest~2018-01-01~٣"),
        encoded("newest~2018-01-01~"),
        encoded("newest~2018-01-01"),
        encoded("newest~20180101~1"),
        encoded("newest~2018-01-01~01"),
        encoded("newest~2018-01-01~1") + "\n",
        encoded("newest~2018-01-01~1' OR 1=1"),
        "A" * 5000,
    ],
)
def test_junk_means_the_first_page(disclosure, rows, junk):
    rows.case()
    page = read_slice(disclosure, select(PublicCase), CASES, junk)
    assert page.first and page.strayed
    assert len(page.items) == 1


@pytest.mark.parametrize(
    "junk",
    ["newest~~\x00", "newest~2018-01-01~", "newest~~", "newest~~abc", "newest~2018-01-01~页"],
)
def test_junk_keys_of_lists_are_refused(junk):
    assert DEBTORS.read(encoded(junk)) is None


@pytest.mark.parametrize(
    "moment", ["2018-06-01T02:00:00", "0001-01-01T00:00:00+14:00", "2018-06-01T10:00:00+08:00"]
)
def test_moments_are_taken_in_utc_only(moment):
    assert AUCTIONS.read(encoded(f"newest~{moment}~abc")) is None


@given(st.dates(), st.integers(min_value=0, max_value=2**63 - 1))
def test_a_cursor_comes_back_as_it_went(moment, key):
    cursor = Cursor("newest", moment, key)
    assert CASES.read(cursor.text) == cursor


@given(st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_reading(text):
    for order in (CASES, DEBTORS, AUCTIONS, PRICES):
        cursor = order.read(text)
        assert cursor is None or cursor.text == text


@pytest.mark.parametrize("amount", ["1e3", "1.234", "NaN", "Infinity", "-Infinity", "9" * 30])
def test_amounts_are_plain_yuan(amount):
    assert PRICES.read(encoded(f"cheapest~{amount}~abc")) is None


def test_a_cursor_of_another_order_leads_to_the_first_page_and_says_so(disclosure, rows):
    rows.auction()
    page = read_slice(
        disclosure, select(PublicAuction), PRICES, encoded("newest~2018-01-01T00:00:00+00:00~x")
    )
    assert page.first and page.strayed and len(page.items) == 1


def test_a_page_whose_rows_are_all_gone_is_empty_and_not_the_first(disclosure, rows):
    rows.case()
    link = CASES.place_of(rows.case(filed_on=date(2001, 1, 1))).text
    page = read_slice(disclosure, select(PublicCase), CASES, link)
    assert (page.items, page.first, page.total) == ((), False, 2)


def test_no_more_rows_are_counted_than_anybody_needs(disclosure, rows):
    case = rows.case()
    for serial in range(COUNTED + 1):
        disclosure.add(PublicEvent(case_id=case.id, position=serial, node="立案", at=START))
    disclosure.flush()
    query, order = select(PublicEvent), Order("newest", PublicEvent.at, PublicEvent.id)
    page = read_slice(disclosure, query, order)
    assert (page.total, page.capped) == (COUNTED, True)
    assert count_up_to(disclosure, query, 10) == 10
    fewer = read_slice(disclosure, query.where(PublicEvent.position < COUNTED), order)
    assert (fewer.total, fewer.capped) == (COUNTED, False)


LOTS = st.tuples(
    st.none() | st.integers(0, 3), st.none() | st.integers(0, 3), st.sampled_from(["预告", "成交"])
)


@given(
    lots=st.lists(LOTS, max_size=12),
    # after each page: rows that arrive, and which of all rows is withdrawn
    meanwhile=st.lists(st.tuples(st.lists(LOTS, max_size=2), st.integers(0, 20)), max_size=6),
    order=st.sampled_from(ORDERS),
    status=st.sampled_from(["", "预告"]),
    size=st.integers(1, 4),
    backwards=st.booleans(),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
def test_whatever_comes_and_goes_no_row_is_met_twice_and_none_that_stays_is_missed(
    disclosure, rows, lots, meanwhile, order, status, size, backwards
):
    case = disclosure.scalar(select(PublicCase)) or rows.case()
    serial = count()

    def add(lot):
        day, price, state = lot
        row = PublicAuction(
            id=f"lot{next(serial):03d}",
            case_id=case.id,
            starts_at=None if day is None else START + timedelta(days=day),
            starting_price=None if price is None else Decimal(price),
            status=state,
        )
        disclosure.add(row)
        disclosure.flush()
        return row

    query = select(PublicAuction)
    if status:
        query = query.where(PublicAuction.status == status)
    disclosure.execute(delete(PublicAuction))
    staying = {row.id: row for row in map(add, lots) if status in ("", row.status)}
    link, met = "", []
    if backwards:
        everything = [
            row
            for part in order.parts(query, None, backwards=False)
            for row in disclosure.scalars(part)
        ]
        if everything:
            met.append(everything[-1].id)
            link = order.place_of(everything[-1]).text
    events = iter(meanwhile)
    while True:
        page = read_slice(
            disclosure, query, order, **{"before" if backwards else "after": link}, size=size
        )
        ids = [row.id for row in page.items]
        met += reversed(ids) if backwards else ids
        link = page.before if backwards else page.after
        if link is None:
            break
        arriving, which = next(events, ((), 0))
        for lot in arriving:
            add(lot)
        if arriving:
            present = list(disclosure.scalars(select(PublicAuction).order_by(PublicAuction.id)))
            withdrawn = present[which % len(present)]
            staying.pop(withdrawn.id, None)
            disclosure.delete(withdrawn)
            disclosure.flush()
    assert len(met) == len(set(met))
    assert set(staying) <= set(met)
    disclosure.rollback()
