"""Network auctions (法释〔2016〕18号), with links only to verified platforms."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from portal.disclosure.auctions import AUCTIONS, property_kinds, read_auction
from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.absence import absence
from portal.public.lists import COURT, ListPage, show_list
from portal.public.parameters import Facet
from portal.reference.vocabulary import AuctionStatus

PAGE = ListPage(
    address="/auctions",
    source=AUCTIONS,
    rows="public/auctions.html",
    facets=(COURT, Facet.of("status", "拍卖状态", AuctionStatus)),
    day="开始日期",
    orders=(
        ("newest", "开始时间从晚到早"),
        ("oldest", "开始时间从早到晚"),
        ("cheapest", "起拍价从低到高"),
        ("dearest", "起拍价从高到低"),
    ),
    price="起拍价",
)

blueprint = Blueprint("auctions", __name__)


@blueprint.get("/auctions")
def browse() -> Response:
    """The list by beginning."""
    kinds = Facet.of("kind", "财产类型", property_kinds(db.session()))
    return show_list(replace(PAGE, facets=(*PAGE.facets, kinds)))


@blueprint.get("/auctions/<token:entry>")
def show(entry: str) -> Response:
    """One auction."""
    record = read_auction(db.session(), entry)
    if record is None:
        raise absence(request.path, "没有这条拍卖信息。请检查网址，或者从拍卖列表重新查找。")
    return render_page("public/auction.html", auction=record.auction, link=record.link)
