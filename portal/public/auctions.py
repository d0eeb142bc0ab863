"""Network auctions (法释〔2016〕18号), with links only to verified platforms."""

from __future__ import annotations

from flask import Blueprint, Response, request

from portal.disclosure.auctions import browse_auctions, property_kinds, read_auction
from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.absence import absence
from portal.public.cases import COURT_FACET
from portal.public.parameters import Facet, Filters, read_text
from portal.reference.vocabulary import AuctionStatus

STATUS_FACET = Facet.of("status", "拍卖状态", AuctionStatus)

blueprint = Blueprint("auctions", __name__)


@blueprint.get("/auctions")
def browse() -> Response:
    """The list by beginning."""
    kinds = Facet.of("kind", "财产类型", property_kinds(db.session()))
    filters = Filters((COURT_FACET, STATUS_FACET, kinds), request.args)
    after = read_text(request.args, "after")
    rows = browse_auctions(db.session(), **filters.values, after=after)
    return render_page("public/auctions.html", "results", filters=filters, rows=rows)


@blueprint.get("/auctions/<token:entry>")
def show(entry: str) -> Response:
    """One auction."""
    record = read_auction(db.session(), entry)
    if record is None:
        raise absence(request.path, "没有这条拍卖信息。请检查网址，或者从拍卖列表重新查找。")
    return render_page("public/auction.html", auction=record.auction, link=record.link)
