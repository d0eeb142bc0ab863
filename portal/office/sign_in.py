"""Signing in, by password and then by code, and out."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.display import own_path
from portal.hypermedia import render_page
from portal.office import session
from portal.office.gates import current_registry
from portal.office.guard import open_to_strangers, requires, whatever_the_duty
from portal.staff.members import AccountError
from portal.staff.permissions import Permission
from portal.staff.second_factor import pass_second_factor
from portal.staff.sessions import sign_out
from portal.staff.sign_in import SignInRefused, start_session

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
@open_to_strangers
def show() -> Response:
    """The form; ``next`` is where the reader wanted to go."""
    return _form(own_path(request.args.get("next", "")))


@blueprint.post("/sign-in")
@open_to_strangers
def enter() -> BaseResponse:
    """Check name and password and begin a session, or ask for the code that has to follow."""
    name = request.form.get("name", "").strip()
    target = own_path(request.form.get("next", ""))
    password = request.form.get("password", "")
    try:
        started = start_session(current_registry(), name, password, session.whereabouts())
    except SignInRefused as refusal:
        return _form(target, name, [("name", str(refusal))], status=422)
    session.begin(started)
    if started.awaits_code:
        return redirect(_code_page(target), code=303)
    return redirect(target, code=303)


@blueprint.get("/sign-in/code")
@open_to_strangers
def show_code() -> BaseResponse:
    """The form for the code; whoever has not given his password goes back to that."""
    target = own_path(request.args.get("next", ""))
    if session.pending() is None:
        return redirect(url_for("sign_in.show"), code=303)
    return _code_form(target)


@blueprint.post("/sign-in/code")
@open_to_strangers
def enter_code() -> BaseResponse:
    """Check the code and let the session in."""
    target = own_path(request.form.get("next", ""))
    waiting = session.pending()
    if waiting is None:
        flash("登录已超时，请重新输入密码。", "warn")
        return redirect(url_for("sign_in.show"), code=303)
    ticket, live = waiting
    code = request.form.get("code", "")
    try:
        fresh = pass_second_factor(
            current_registry(), session.secret_box(), live.member.id, ticket, code
        )
    except AccountError as refusal:
        return _code_form(target, [("code", str(refusal))], status=422)
    session.finish(fresh)
    return redirect(target, code=303)


@blueprint.post("/sign-out")
@requires(Permission.OWN_ACCOUNT)
@whatever_the_duty
def leave() -> BaseResponse:
    """End this session; the others of the account are ended under 我的账号."""
    sign_out(current_registry(), session.current_user_session().session_id)
    session.end()
    return redirect(url_for("sign_in.show"), code=303)


def _code_page(target: str) -> str:
    return url_for("sign_in.show_code", next=None if target == "/" else target)


def _form(
    target: str, name: str = "", errors: list[tuple[str, str]] | None = None, status: int = 200
) -> Response:
    return render_page(
        "office/sign_in.html", status=status, target=target, name=name, errors=errors or []
    )


def _code_form(
    target: str, errors: list[tuple[str, str]] | None = None, status: int = 200
) -> Response:
    return render_page(
        "office/sign_in_code.html", status=status, target=target, errors=errors or []
    )
