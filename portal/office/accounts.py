"""Staff accounts, for those who manage them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.hypermedia import render_page
from portal.office.gates import current_registry
from portal.office.guard import requires
from portal.office.session import actor
from portal.staff.accounts import (
    AccountError,
    StaffMember,
    create_account,
    list_members,
    reset_password,
    set_active,
)
from portal.staff.models import Role
from portal.staff.passwords import WeakPassword, make_password
from portal.staff.permissions import ROLE_NAMES, Permission

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")


@blueprint.get("")
@requires(Permission.READ_ACCOUNTS)
def index() -> Response:
    """Every account."""
    return _page()


@blueprint.post("")
@requires(Permission.MANAGE_ACCOUNTS)
def create() -> Response:
    """Make an account with a first password that is shown once, in this answer only."""
    name, role = request.form.get("name", "").strip(), request.form.get("role", "")
    if role not in set(Role):
        return _page([("role", "请选择角色。")], name=name)
    password = make_password()
    try:
        member = create_account(current_registry(), name, Role(role), password, actor=actor())
    except (AccountError, WeakPassword) as error:
        return _page([("name", str(error))], name=name, role=role)
    return _secret(member, password)


@blueprint.post("/<int:account_id>/reset")
@requires(Permission.MANAGE_ACCOUNTS)
def reset(account_id: int) -> Response:
    """Give the account a new password that is shown once, in this answer only."""
    try:
        member, password = reset_password(current_registry(), account_id, actor=actor())
    except AccountError as error:
        return _page([("accounts", str(error))])
    return _secret(member, password)


@blueprint.post("/<int:account_id>/close")
@requires(Permission.MANAGE_ACCOUNTS)
def close(account_id: int) -> BaseResponse:
    """Bar an account and end its sessions."""
    return _change(lambda: set_active(current_registry(), account_id, False, actor=actor()))


@blueprint.post("/<int:account_id>/reopen")
@requires(Permission.MANAGE_ACCOUNTS)
def reopen(account_id: int) -> BaseResponse:
    """Let a closed account sign in again."""
    return _change(lambda: set_active(current_registry(), account_id, True, actor=actor()))


def _change(change: Callable[[], StaffMember]) -> BaseResponse:
    try:
        member = change()
    except AccountError as error:
        return _page([("accounts", str(error))])
    flash(f"账号“{member.name}”已{'启用' if member.active else '停用'}。", "good")
    return redirect(url_for("accounts.index"), code=303)


def _page(errors: list[tuple[str, str]] | None = None, name: str = "", role: str = "") -> Response:
    return render_page(
        "office/accounts.html",
        status=422 if errors else 200,
        members=list_members(current_registry()),
        roles=[(str(role), ROLE_NAMES[role]) for role in Role],
        name=name,
        role=role,
        errors=errors or [],
    )


def _secret(member: StaffMember, password: str) -> Response:
    # No redirect: the password would have to be kept somewhere to be shown after it.
    return render_page("office/account_password.html", member=member, password=password)
