"""Withdrawals and restorations of whole cases: what one person asked for and another confirms."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.hypermedia import render_page
from portal.office.cases import slug_of
from portal.office.gates import current_gate, current_registry
from portal.office.guard import requires
from portal.office.pages import PAGE_SIZE, Pages, page_number, page_offset
from portal.office.session import actor, is_senior
from portal.office.words import RESTORED
from portal.publication.errors import PublicationError
from portal.publication.withdrawal import (
    confirm_restoration,
    confirm_withdrawal,
    decline_restoration,
)
from portal.registry.joint_acts import JointActRefused, JointState, Person, list_joint_acts
from portal.staff.permissions import Permission

blueprint = Blueprint("withdrawals", __name__, url_prefix="/withdrawals")


@blueprint.get("")
@requires(Permission.READ_RECORDS)
def index() -> Response:
    """What waits for a second person, or what was settled."""
    return _page()


@blueprint.post("/<int:act_id>/withdraw")
@requires(Permission.WITHDRAW_CASES)
def withdraw(act_id: int) -> BaseResponse:
    """Agree to a withdrawal as the second person."""

    def act() -> str:
        confirm_withdrawal(current_gate(), act_id, actor(), senior=is_senior())
        return "已确认撤回。"

    return _settle(act_id, act)


@blueprint.post("/<int:act_id>/restore")
@requires(Permission.WITHDRAW_CASES)
def restore(act_id: int) -> BaseResponse:
    """Agree to a restoration as the second person; the gate looks at the case again."""

    def act() -> str:
        outcome = confirm_restoration(current_gate(), act_id, actor(), senior=is_senior())
        return RESTORED[outcome]

    return _settle(act_id, act)


@blueprint.post("/<int:act_id>/decline")
@requires(Permission.WITHDRAW_CASES)
def decline(act_id: int) -> BaseResponse:
    """Turn a restoration down with a reason, or take one's own request back."""

    def act() -> str:
        decline_restoration(current_gate(), act_id, actor(), request.form.get("reason", ""))
        return "已登记为不予恢复，案件仍不公开。"

    return _settle(act_id, act)


def _settle(act_id: int, act: Callable[[], str]) -> BaseResponse:
    try:
        message = act()
    except (JointActRefused, PublicationError) as error:
        return _page([(f"act-{act_id}", str(error))])
    flash(message, "good")
    return redirect(url_for("withdrawals.index"), code=303)


def _page(errors: list[tuple[str, str]] | None = None) -> Response:
    wanted = request.args.get("state", "")
    state = JointState(wanted) if wanted in set(JointState) else JointState.WAITING
    acts, total = list_joint_acts(current_registry(), state, limit=PAGE_SIZE, offset=page_offset())
    return render_page(
        "office/withdrawals.html",
        status=422 if errors else 200,
        acts=acts,
        state=state,
        pages=Pages(page_number(), total),
        me=Person(actor(), is_senior()),
        slug_of=slug_of,
        errors=errors or [],
    )
