"""Starting the gate over all cases, and watching it work."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Blueprint, Response, current_app, flash, redirect, url_for
from werkzeug import Response as BaseResponse

from portal.hypermedia import render_page
from portal.office.guard import requires
from portal.office.session import actor
from portal.staff.permissions import Permission

if TYPE_CHECKING:
    from portal.office.gate_runs import GateRuns

blueprint = Blueprint("publication", __name__, url_prefix="/publication")


@blueprint.get("")
@requires(Permission.RUN_GATE)
def show() -> Response:
    """How far the run is, or how the last one ended."""
    return render_page("office/publication.html", "progress", run=_runs().newest)


@blueprint.post("")
@requires(Permission.RUN_GATE)
def start() -> BaseResponse:
    """Begin a run and go to where it can be watched."""
    if not _runs().start(actor()):
        flash("已有一次发布正在进行，请等待其完成。", "warn")
    return redirect(url_for("publication.show"), code=303)


def _runs() -> GateRuns:
    return cast("GateRuns", current_app.extensions["gate_runs"])
