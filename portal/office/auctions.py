"""Auctions against 法释〔2016〕18号: what to look at, case by case, and marking a wrong link."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.errors import NotFound
from portal.hypermedia import render_page
from portal.office.cases import slug_of
from portal.office.gates import current_gate, current_registry
from portal.office.guard import requires
from portal.office.pages import PAGE_SIZE, Pages, page_number, page_offset, whole_number
from portal.office.session import actor
from portal.office.today import office_day
from portal.publication.auction_links import lift_mark, mark_link
from portal.publication.errors import PublicationError
from portal.reference import case_numbers
from portal.reference.auction_terms import Rule, Verdict
from portal.reference.courts import BY_CODE
from portal.reference.platforms import verified_auction_url
from portal.reference.vocabulary import AuctionStatus
from portal.registry.auctions import (
    AuctionFilter,
    AuctionHistory,
    find_auction,
    list_auctions,
)
from portal.registry.queries import note_viewing
from portal.staff.permissions import Permission

blueprint = Blueprint("auctions", __name__, url_prefix="/auctions")

# What the list shows where nothing is asked for: what somebody has to look at.
BROKEN, UNKNOWN, ALL, MARKED = "broken", "unknown", "all", "marked"
SHOWN = (
    (BROKEN, "有不符合的"),
    (UNKNOWN, "有缺少数据的"),
    (MARKED, "链接已登记的"),
    (ALL, "全部"),
)
ORDERS = (("begin", "开始时间从早到晚"),)

BROKEN_LINK, CHANGED, WORKS = "broken", "changed", "works"
DONE = {
    BROKEN_LINK: "已登记，公开页面不再给出这条链接。",
    CHANGED: "已登记，公开页面给出更正后的网址。",
    WORKS: "已解除登记，公开页面恢复导入的链接。",
}
ALREADY = "这条链接已经是这样登记的，没有重复登记。"


@blueprint.get("")
@requires(Permission.READ_RECORDS)
def index() -> Response:
    """Auctions by court, what came of the checks, rule and state."""
    shown = request.args.get("shown", "")
    shown = shown if shown in dict(SHOWN) else BROKEN
    rule = request.args.get("rule", "")
    status = request.args.get("status", "")
    court = request.args.get("court", "")
    order = request.args.get("sort", "")
    chosen = AuctionFilter(
        court=court if court in BY_CODE else "",
        verdict={BROKEN: Verdict.BROKEN, UNKNOWN: Verdict.UNKNOWN}.get(shown),
        rule=Rule[rule] if rule in Rule.__members__ else None,
        status=status if status in set(AuctionStatus) else "",
        marked=shown == MARKED,
        order=order if order in dict(ORDERS) else "",
    )
    found = list_auctions(
        current_registry(), chosen, office_day(), limit=PAGE_SIZE, offset=page_offset()
    )
    return render_page(
        "office/auctions.html",
        "results",
        found=found,
        pages=Pages(page_number(), found.total),
        chosen=chosen,
        shown=shown,
        shown_options=SHOWN,
        orders=ORDERS,
        rules=[(rule.name, rule.value) for rule in Rule],
        statuses=[(status, status) for status in AuctionStatus],
        Verdict=Verdict,
        slug_of=slug_of,
    )


@blueprint.get("/<slug>/<int:position>")
@requires(Permission.READ_RECORDS)
def show(slug: str, position: int) -> Response:
    """One auction with every check, and the history of its link."""
    history = _find(slug, position)
    note_viewing(current_registry(), history.auction.case_number, actor=actor())
    return _page(history)


@blueprint.post("/<slug>/<int:position>/link")
@requires(Permission.MARK_LINKS)
def mark(slug: str, position: int) -> BaseResponse:
    """Mark the link as broken, or give the one it has now, or take the mark off."""
    history = _find(slug, position)
    finding = request.form.get("finding", "")
    if finding not in DONE:
        return _page(history, [("finding", "请选择核实的结果")])
    if finding == CHANGED and not request.form.get("new_url", "").strip():
        return _page(history, [("new_url", "请填写核实过的新网址")])
    try:
        done = _settle(history.auction.case_number, position, finding)
    except PublicationError as error:
        field = "new_url" if "网址" in str(error) else "reason"
        return _page(history, [(field, str(error))])
    flash(DONE[finding] if done else ALREADY, "good" if done else "warn")
    return redirect(url_for("auctions.show", slug=slug, position=position), code=303)


def _settle(case_number: str, position: int, finding: str) -> bool:
    """Do what was found; False where nothing had to be done."""
    said: dict[str, Any] = {
        "revision": whole_number("revision"),
        "reason": request.form.get("reason", ""),
    }
    if finding == WORKS:
        return lift_mark(current_gate(), case_number, position, actor(), **said)
    new_url = request.form.get("new_url", "") if finding == CHANGED else ""
    return mark_link(current_gate(), case_number, position, actor(), new_url=new_url, **said)


def _find(slug: str, position: int) -> AuctionHistory:
    try:
        number = case_numbers.from_slug(slug).canonical
    except case_numbers.CaseNumberError:
        raise NotFound("地址中的案号无法识别。") from None
    history = find_auction(current_registry(), number, position, office_day())
    if history is None:
        raise NotFound("登记库中没有这次拍卖，案件数据可能已经更新。请从案件页重新打开。")
    return history


def _page(history: AuctionHistory, errors: list[tuple[str, str]] | None = None) -> Response:
    imported = history.auction.record.get("url") or ""
    return render_page(
        "office/auction.html",
        status=422 if errors else 200,
        history=history,
        auction=history.auction,
        slug=slug_of(history.auction.case_number),
        verified=verified_auction_url(imported) is not None,
        errors=errors or [],
        form=request.form,
        Verdict=Verdict,
    )
