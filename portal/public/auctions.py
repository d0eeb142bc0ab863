"""Network auctions (法释〔2016〕18号), with links only to verified platforms."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from flask import Blueprint, Response, make_response, request, url_for

from portal.disclosure.auctions import (
    AUCTIONS,
    AuctionRecord,
    auction_dates,
    property_kinds,
    read_auction,
)
from portal.errors import NotFound
from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.absence import absence
from portal.public.calendars import Appointment, build_calendar
from portal.public.lists import COURT, ListPage, read_filters, read_wanted, show_list
from portal.public.parameters import Facet
from portal.reference.districts import DISTRICTS, UNKNOWN
from portal.reference.vocabulary import AuctionRound, AuctionStatus

PAGE = ListPage(
    address="/auctions",
    source=AUCTIONS,
    rows="public/auctions.html",
    facets=(
        COURT,
        Facet.of("district", "财产所在区域", (*DISTRICTS, UNKNOWN)),
        Facet.of("status", "拍卖状态", AuctionStatus),
        Facet.of("round", "拍卖轮次", AuctionRound),
    ),
    day="开始日期",
    orders=(
        ("newest", "开始时间从晚到早"),
        ("oldest", "开始时间从早到晚"),
        ("cheapest", "起拍价从低到高"),
        ("dearest", "起拍价从高到低"),
    ),
    price="起拍价",
    ending="结束时间",
)

blueprint = Blueprint("auctions", __name__)


@blueprint.get("/auctions")
def browse() -> Response:
    """The list by beginning."""
    return show_list(_page())


@blueprint.get("/auctions/<token:entry>")
def show(entry: str) -> Response:
    """One auction."""
    return render_page("public/auction.html", record=_find(entry), districts=DISTRICTS)


@blueprint.get("/auctions/<token:entry>/leave")
def leave(entry: str) -> Response:
    """Where the link to the platform leads, before anybody leaves this site."""
    record = _find(entry)
    if not record.link:
        raise NotFound("这次拍卖没有核验过的平台地址。请拨打法院电话核实，不要相信他人转发的链接。")
    return render_page("public/auction_leave.html", record=record)


@blueprint.get("/feeds/auctions.ics")
def calendar() -> Response:
    """The auctions of a narrowed list that can still be joined, as a calendar (RFC 5545)."""
    filters = read_filters(_page())
    dates = auction_dates(db.session(), read_wanted(filters, datetime.now(UTC)))
    response = make_response(
        build_calendar(
            "司法拍卖",
            [
                Appointment(
                    key=f"auction-{auction.id}",
                    title=f"{auction.round} {auction.title}",
                    starts=auction.starts_at,
                    ends=auction.ends_at,
                    changed=auction.case.released_at,
                    address=url_for("auctions.show", entry=auction.id, _external=True),
                    place=auction.platform,
                )
                for auction in dates
                if auction.starts_at
            ],
            host=request.host,
        )
    )
    response.content_type = "text/calendar; charset=utf-8"
    return response


def _page() -> ListPage:
    kinds = Facet.of("kind", "财产类型", property_kinds(db.session()))
    return replace(PAGE, facets=(*PAGE.facets, kinds))


def _find(entry: str) -> AuctionRecord:
    record = read_auction(db.session(), entry)
    if record is None:
        raise absence(
            f"/auctions/{entry}", "没有这条拍卖信息。请检查网址，或者从拍卖列表重新查找。"
        )
    return record
