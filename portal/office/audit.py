"""The audit log: who did what, whether it is whole, and taking it out."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.errors import InvalidInput
from portal.hypermedia import render_page
from portal.office.audit_export import FORMS
from portal.office.gates import current_registry
from portal.office.guard import requires
from portal.office.pages import PAGE_SIZE, day_or_none, whole_number
from portal.office.sentences import fault_sentence, group_names
from portal.office.session import actor
from portal.office.words import act_name
from portal.paging import Slice
from portal.reference.clock import today_in_beijing
from portal.registry.audit_keys import verifying_keys
from portal.staff.permissions import Permission
from portal.staff.trail import (
    TrailFilter,
    TrailUnreadable,
    check_chain,
    export_trail,
    list_actors,
    list_acts,
    read_page,
)

blueprint = Blueprint("audit", __name__, url_prefix="/audit")

MAX_TEXT = 100


@blueprint.get("")
@requires(Permission.READ_AUDIT)
def index() -> Response:
    """Entries, newest first, narrowed by the filters of the address.

    A page with an entry that cannot be read any more still offers the check that names it.
    """
    chosen, damage = _filter(), ""
    try:
        rows = read_page(
            current_registry(),
            chosen,
            older=whole_number("older"),
            newer=whole_number("newer"),
            size=PAGE_SIZE,
        )
    except TrailUnreadable as error:
        rows, damage = Slice(), str(error)
    acts = [(act, act_name(act)) for act in list_acts(current_registry())]
    return render_page(
        "office/audit.html",
        "results",
        rows=rows,
        damage=damage,
        chosen=chosen,
        parameters=_parameters(chosen),
        acts=group_names() + acts,
        actors=[(name, name) for name in list_actors(current_registry())],
    )


@blueprint.post("/check")
@requires(Permission.READ_AUDIT)
def check() -> BaseResponse:
    """Walk the log, hold it against its signed heads, and say whether it is whole."""
    office_dir = current_app.extensions["settings"].office_dir
    result = check_chain(current_registry(), verifying_keys(office_dir), actor=actor())
    if result.fault is not None:
        flash(f"日志不完整：{fault_sentence(result.fault)}。请立即查明原因。", "error")
    elif result.signed_at is None:
        flash(
            f"日志链完整：共核对 {result.entries:,} 条记录。还没有签名，整体改写无法发现。", "warn"
        )
    else:
        flash(f"日志链完整：共核对 {result.entries:,} 条记录，与各次签名相符。", "good")
    return redirect(url_for("audit.index"), code=303)


@blueprint.post("/export")
@requires(Permission.READ_AUDIT)
def export() -> Response:
    """Give the entries of the filter as a file; that they were taken out is itself logged."""
    form = request.form.get("form", "")
    if form not in FORMS:
        raise InvalidInput("请选择导出的格式。")
    write, media_type = FORMS[form]
    entries = export_trail(current_registry(), _filter(), form=form, actor=actor())
    name = f"audit-{today_in_beijing().isoformat()}.{form}"
    return Response(
        write(entries),
        mimetype=media_type.partition(";")[0],
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _filter() -> TrailFilter:
    values = request.values
    return TrailFilter(
        actor=values.get("actor", "")[:MAX_TEXT],
        act=values.get("act", "")[:MAX_TEXT],
        subject=values.get("subject", "").strip()[:MAX_TEXT],
        first_day=day_or_none("from"),
        last_day=day_or_none("to"),
    )


def _parameters(chosen: TrailFilter) -> dict[str, str]:
    values = {
        "actor": chosen.actor,
        "act": chosen.act,
        "subject": chosen.subject,
        "from": chosen.first_day.isoformat() if chosen.first_day else "",
        "to": chosen.last_day.isoformat() if chosen.last_day else "",
    }
    return {name: value for name, value in values.items() if value}
