"""Changing one's own password."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.hypermedia import render_page
from portal.office.gates import current_registry
from portal.office.guard import does_the_duty, requires
from portal.office.session import Duty, current_user_session
from portal.staff.accounts import change_own_password
from portal.staff.members import AccountError
from portal.staff.passwords import MIN_LENGTH, WeakPassword
from portal.staff.permissions import Permission

blueprint = Blueprint("password", __name__)


@blueprint.get("/password")
@requires(Permission.OWN_ACCOUNT)
@does_the_duty(Duty.CHANGE_PASSWORD)
def show() -> Response:
    """The form."""
    return _form([])


@blueprint.post("/password")
@requires(Permission.OWN_ACCOUNT)
@does_the_duty(Duty.CHANGE_PASSWORD)
def change() -> BaseResponse:
    """Change the password and keep this session; the others of the account end."""
    new = request.form.get("new", "")
    if new != request.form.get("repeated", ""):
        return _form([("repeated", "两次输入的新密码不一致。")], status=422)
    user = current_user_session()
    try:
        change_own_password(
            current_registry(),
            user.member.id,
            request.form.get("current", ""),
            new,
            keep=user.session_id,
        )
    except WeakPassword as error:
        return _form([("new", str(error))], status=422)
    except AccountError as error:
        return _form([("current", str(error))], status=422)
    flash("密码已修改。该账号在其他地方的登录已全部退出。", "good")
    return redirect(url_for("home.index"), code=303)


def _form(errors: list[tuple[str, str]], status: int = 200) -> Response:
    return render_page("office/password.html", status=status, errors=errors, min_length=MIN_LENGTH)
