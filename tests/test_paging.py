"""Keyset paging: every row once, stable links, junk means the first page."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.disclosure.models import PublicAuction, PublicCase, PublicDebtor
from portal.paging import Cursor, NewestFirst, read_slice

CASES = NewestFirst(PublicCase.filed_on, PublicCase.id)
DEBTORS = NewestFirst(PublicDebtor.published_on, PublicDebtor.id)
AUCTIONS = NewestFirst(PublicAuction.starts_at, PublicAuction.id)


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
        encoded("2018-02-30~1"),
        encoded("2018-01-01~-1"),
        encoded("2018-01-01~9223372036854775808"),
        encoded("2018-01-01~1e3"),
        encoded("2018-01-01~٣"),
        encoded("2018-01-01~"),
        encoded("2018-01-01"),
        encoded("20180101~1"),
        encoded("2018-01-01~01"),
        encoded("2018-01-01~1") + "\n",
        encoded("2018-01-01~1' OR 1=1"),
        "A" * 5000,
    ],
)
def test_junk_means_the_first_page(disclosure, rows, junk):
    rows.case()
    page = read_slice(disclosure, select(PublicCase), CASES, junk)
    assert page.first
    assert len(page.items) == 1


@pytest.mark.parametrize("junk", ["~\x00", "2018-01-01~", "~", "2018-01-01~页"])
def test_junk_keys_of_lists_are_refused(junk):
    assert DEBTORS.read(encoded(junk)) is None


@pytest.mark.parametrize(
    "moment", ["2018-06-01T02:00:00", "0001-01-01T00:00:00+14:00", "2018-06-01T10:00:00+08:00"]
)
def test_moments_are_taken_in_utc_only(moment):
    assert AUCTIONS.read(encoded(f"{moment}~abc")) is None


@given(st.dates(), st.integers(min_value=0, max_value=2**63 - 1))
def test_a_cursor_comes_back_as_it_went(moment, key):
    cursor = Cursor(moment, key)
    assert CASES.read(cursor.text) == cursor


@given(st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_reading(text):
    for order in (CASES, DEBTORS, AUCTIONS):
        cursor = order.read(text)
        assert cursor is None or cursor.text == text
