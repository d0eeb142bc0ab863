"""One's own account: password, second factor, and where one is signed in."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, url_for
from werkzeug import Response as BaseResponse

from portal.errors import NotFound
from portal.hypermedia import render_page
from portal.office.gates import current_registry
from portal.office.guard import requires
from portal.office.session import actor, current_member, current_user_session
from portal.staff.members import AccountError
from portal.staff.permissions import Permission
from portal.staff.second_factor import count_codes
from portal.staff.sessions import list_sessions, revoke_session, revoke_sessions

blueprint = Blueprint("own_account", __name__, url_prefix="/account")


@blueprint.get("")
@requires(Permission.OWN_ACCOUNT)
def show() -> Response:
    """Password, second factor and sessions of whoever asks."""
    user = current_user_session()
    return render_page(
        "office/own_account.html",
        member=user.member,
        here=user.session_id,
        sessions=list_sessions(current_registry(), user.member.id),
        codes=count_codes(current_registry(), user.member.id),
    )


@blueprint.post("/sessions/<int:session_id>/revoke")
@requires(Permission.OWN_ACCOUNT)
def revoke(session_id: int) -> BaseResponse:
    """End one of one's own sessions."""
    try:
        revoke_session(current_registry(), current_member().id, session_id, actor=actor())
    except AccountError as error:
        raise NotFound(str(error)) from None
    flash("已退出所选的登录。", "good")
    return redirect(url_for("own_account.show"), code=303)


@blueprint.post("/sessions/revoke-others")
@requires(Permission.OWN_ACCOUNT)
def revoke_others() -> BaseResponse:
    """End all of one's own sessions but this one."""
    user = current_user_session()
    ended = revoke_sessions(current_registry(), user.member.id, actor=actor(), keep=user.session_id)
    flash(f"已退出其他 {ended} 处登录。", "good")
    return redirect(url_for("own_account.show"), code=303)
