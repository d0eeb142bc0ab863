"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.display import own_path
from portal.hypermedia import render_page
from portal.office import session
from portal.office.gates import current_registry
from portal.office.guard import open_to_strangers, requires
from portal.staff.permissions import Permission
from portal.staff.sign_in import SignInRefused, authenticate, sign_out

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
@open_to_strangers
def show() -> Response:
    """The form; ``next`` is where the reader wanted to go."""
    return _form(own_path(request.args.get("next", "")))


@blueprint.post("/sign-in")
@open_to_strangers
def enter() -> BaseResponse:
    """Check name and password and begin a session."""
    name = request.form.get("name", "").strip()
    target = own_path(request.form.get("next", ""))
    try:
        member = authenticate(current_registry(), name, request.form.get("password", ""))
    except SignInRefused as refusal:
        return _form(target, name, [("name", str(refusal))], status=422)
    session.begin(member)
    return redirect(target, code=303)


@blueprint.post("/sign-out")
@requires(Permission.OWN_ACCOUNT)
def leave() -> BaseResponse:
    """End every session of the account."""
    sign_out(current_registry(), session.current_member().id)
    session.end()
    return redirect(url_for("sign_in.show"), code=303)


def _form(
    target: str, name: str = "", errors: list[tuple[str, str]] | None = None, status: int = 200
) -> Response:
    return render_page(
        "office/sign_in.html", status=status, target=target, name=name, errors=errors or []
    )
