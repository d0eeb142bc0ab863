"""The audit log, and whether its chain holds."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.hypermedia import render_page
from portal.office.gates import current_registry
from portal.office.guard import requires
from portal.office.pages import PAGE_SIZE, Pages, day_or_none, page_number, page_offset
from portal.office.session import actor
from portal.office.words import ACT_GROUPS, act_name
from portal.staff.permissions import Permission
from portal.staff.trail import TrailFilter, check_chain, list_actors, list_acts, read_trail

blueprint = Blueprint("audit", __name__, url_prefix="/audit")

MAX_TEXT = 100


@blueprint.get("")
@requires(Permission.READ_AUDIT)
def index() -> Response:
    """Entries, newest first, narrowed by the filters of the address."""
    chosen = TrailFilter(
        actor=request.args.get("actor", "")[:MAX_TEXT],
        act=request.args.get("act", "")[:MAX_TEXT],
        subject=request.args.get("subject", "").strip()[:MAX_TEXT],
        first_day=day_or_none("from"),
        last_day=day_or_none("to"),
    )
    entries, total = read_trail(current_registry(), chosen, limit=PAGE_SIZE, offset=page_offset())
    acts = [(act, act_name(act)) for act in list_acts(current_registry())]
    groups = [(group, f"全部：{name}") for group, name in ACT_GROUPS.items()]
    return render_page(
        "office/audit.html",
        "results",
        entries=entries,
        pages=Pages(page_number(), total),
        chosen=chosen,
        acts=groups + acts,
        actors=[(name, name) for name in list_actors(current_registry())],
    )


@blueprint.post("/check")
@requires(Permission.READ_AUDIT)
def check() -> BaseResponse:
    """Walk the chain and say whether it holds."""
    result = check_chain(current_registry(), actor=actor())
    if result.first_broken is None:
        flash(f"日志链完整：共核对 {result.entries:,} 条记录。", "good")
    else:
        flash(f"日志链在第 {result.first_broken} 条处断开，请立即查明原因。", "error")
    return redirect(url_for("audit.index"), code=303)
