"""The deadlines of the public lists: counting down, overdue, and clearing them by hand."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.correspondence.desk import wrong_listings
from portal.hypermedia import render_page
from portal.office.cases import slug_of
from portal.office.gates import current_gate
from portal.office.guard import requires
from portal.office.inbox_keys import letter_desk
from portal.office.session import actor
from portal.office.today import last_demo_day, office_day
from portal.publication.deadlines import Urgency, read_deadlines
from portal.publication.fruitless import list_fruitless
from portal.publication.list_clearing import clear_lists
from portal.reference.clock import today_in_beijing
from portal.staff.permissions import Permission

blueprint = Blueprint("list_deadlines", __name__, url_prefix="/lists")


@blueprint.get("")
@requires(Permission.READ_RECORDS)
def show() -> Response:
    """What is over and still public, what ends within a month, and when it was last cleared.

    ``rule`` in the address narrows it to one article.
    """
    gate = current_gate()
    deadlines = read_deadlines(gate.stores, gate.key, office_day())
    wanted = request.args.get("rule", "")
    rule = wanted if wanted in deadlines.by_rule() else ""
    return render_page(
        "office/list_deadlines.html",
        deadlines=deadlines.under(rule) if rule else deadlines,
        rule=rule,
        fruitless=list_fruitless(gate.stores),
        wrong=wrong_listings(letter_desk(), today_in_beijing()),
        in_demo=last_demo_day() is not None,
        slug_of=slug_of,
        Urgency=Urgency,
    )


@blueprint.post("")
@requires(Permission.WITHDRAW_CASES)
def clear() -> BaseResponse:
    """Take away what has ended, as ``portal lists due`` does."""
    report = clear_lists(current_gate(), actor(), office_day())
    if report.errors:
        flash(f"有 {len(report.errors)} 案处理出错，请联系运维人员查看日志。", "error")
    flash(f"核对 {report.examined} 案，移除 {report.removed} 条。", "good")
    return redirect(url_for("list_deadlines.show"), code=303)
