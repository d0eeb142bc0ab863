"""The page every public list is: narrowed and sorted without words, or looked up by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Response, request

from portal.disclosure.lists import PublicList, Wanted
from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.finding import Listed, Question, find_listed
from portal.public.hidden_numbers import NO_NUMBERS, asks_for_number
from portal.public.index import open_index
from portal.public.parameters import Facet, Filters, Measure, Range, read_text
from portal.reference.courts import COURTS
from search_index import Kind

ENDING = "ending"
_DAYS = (("1", "一日内"), ("3", "三日内"), ("7", "七日内"))
COURT = Facet("court", "执行法院", tuple((court.code, court.short_name) for court in COURTS))


@dataclass(frozen=True)
class ListPage:
    """One list as a page: where it stands, what it reads, what it offers to narrow it by.

    ``rows`` is the template with the words of this list and the look of its rows. A list
    with ``names`` has a box, and looks up in the index what is typed there. ``ending`` are the
    words for what comes to an end soon, where the list can be narrowed by it.
    """

    address: str
    source: PublicList[Any]
    rows: str
    facets: tuple[Facet, ...]
    day: str
    orders: tuple[tuple[str, str], ...]
    price: str = ""
    names: Kind | None = None
    ending: str = ""


def show_list(page: ListPage) -> Response:
    """Answer the request for a list, or for the results alone."""
    filters = read_filters(page)
    wanted = read_wanted(filters, datetime.now(UTC))
    if page.names and filters.text:
        question = Question(filters.text, page.names, filters["court"])
        listed = find_listed(
            open_index(), question, lambda ids: page.source.pick(db.session(), ids, wanted)
        )
        strayed = bool(wanted.after or wanted.before)
    else:
        listed = Listed(page.source.browse(db.session(), wanted))
        strayed = listed.rows.strayed or bool(wanted.after and wanted.before)
    if page.names and asks_for_number(filters.text):
        filters.ignored.append(NO_NUMBERS)
    if strayed:
        filters.ignored.append("网址中的页码没有采用。")
    return render_page("public/list.html", "results", page=page, filters=filters, listed=listed)


def read_wanted(filters: Filters, now: datetime) -> Wanted:
    """What the filters of a list say, in the words of its rows."""
    ends = None
    if filters[ENDING]:
        ends = (now, now + timedelta(days=int(filters[ENDING])))
    return Wanted(
        values={name: value for name, value in filters.values.items() if name != ENDING},
        since=filters.days.get("date_from"),
        until=filters.days.get("date_to"),
        least=filters.amounts.get("price_from"),
        most=filters.amounts.get("price_to"),
        ends=ends,
        order=filters.order,
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )


def read_filters(page: ListPage) -> Filters:
    """What this request asks of the list."""
    text = read_text(request.args) if page.names else ""
    orders = (("", "最相符的在前"), *page.orders) if text else page.orders
    ranges = [Range("date", page.day, Measure.DAY)]
    if page.price:
        ranges.append(Range("price", page.price, Measure.YUAN))
    facets = (*page.facets, Facet(ENDING, page.ending, _DAYS)) if page.ending else page.facets
    return Filters(
        facets,
        request.args,
        text,
        ranges=ranges,
        orders=Facet("sort", "排序", orders),
        others=("q", "after", "before") if page.names else ("after", "before"),
    )
