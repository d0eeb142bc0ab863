"""Staff accounts, for those who manage them."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.errors import NotFound
from portal.hypermedia import render_page
from portal.office.gates import current_registry
from portal.office.guard import requires
from portal.office.session import actor
from portal.staff.accounts import create_account, reset_password, set_active, set_role
from portal.staff.members import AccountError, StaffMember, find_member, list_members
from portal.staff.models import Role
from portal.staff.passwords import WeakPassword, make_password
from portal.staff.permissions import ROLE_NAMES, Permission
from portal.staff.second_factor import reset_second_factor
from portal.staff.sessions import list_sessions, revoke_sessions

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")


@blueprint.get("")
@requires(Permission.READ_ACCOUNTS)
def index() -> Response:
    """Every account."""
    return _list()


@blueprint.post("")
@requires(Permission.MANAGE_ACCOUNTS)
def create() -> Response:
    """Make an account with a first password that is shown once, in this answer only."""
    name, role = request.form.get("name", "").strip(), request.form.get("role", "")
    if role not in set(Role):
        return _list([("role", "请选择角色。")], name=name)
    password = make_password()
    try:
        member = create_account(current_registry(), name, Role(role), password, actor=actor())
    except (AccountError, WeakPassword) as error:
        return _list([("name", str(error))], name=name, role=role)
    return _secret(member, password)


@blueprint.get("/<int:account_id>")
@requires(Permission.READ_ACCOUNTS)
def show(account_id: int) -> Response:
    """One account: its role, how it signs in, and where it is signed in."""
    return _page(account_id)


@blueprint.post("/<int:account_id>/role")
@requires(Permission.MANAGE_ACCOUNTS)
def change_role(account_id: int) -> BaseResponse:
    """Give the account another role."""
    role = request.form.get("role", "")
    if role not in set(Role):
        return _page(account_id, [("role", "请选择角色。")])
    return _change(
        account_id,
        lambda: set_role(current_registry(), account_id, Role(role), actor=actor()),
        f"角色已改为{ROLE_NAMES[Role(role)]}，须重新登录。",
    )


@blueprint.post("/<int:account_id>/reset")
@requires(Permission.MANAGE_ACCOUNTS)
def reset(account_id: int) -> Response:
    """Give the account a new password that is shown once, in this answer only."""
    try:
        member, password = reset_password(current_registry(), account_id, actor=actor())
    except AccountError as error:
        return _page(account_id, [("account", str(error))])
    return _secret(member, password)


@blueprint.post("/<int:account_id>/reset-second-factor")
@requires(Permission.MANAGE_ACCOUNTS)
def reset_factor(account_id: int) -> BaseResponse:
    """Take a lost authenticator off the account."""
    return _change(
        account_id,
        lambda: reset_second_factor(current_registry(), account_id, actor=actor()),
        "已解除验证器和恢复码；请当面核实身份后告知本人重新绑定。",
    )


@blueprint.post("/<int:account_id>/close")
@requires(Permission.MANAGE_ACCOUNTS)
def close(account_id: int) -> BaseResponse:
    """Bar an account and end its sessions."""
    return _change(
        account_id,
        lambda: set_active(current_registry(), account_id, False, actor=actor()),
        "账号已停用，所有登录已退出。",
    )


@blueprint.post("/<int:account_id>/reopen")
@requires(Permission.MANAGE_ACCOUNTS)
def reopen(account_id: int) -> BaseResponse:
    """Let a closed account sign in again, or one that has to wait after failures."""
    return _change(
        account_id,
        lambda: set_active(current_registry(), account_id, True, actor=actor()),
        "账号可以登录。",
    )


@blueprint.post("/<int:account_id>/sign-out")
@requires(Permission.MANAGE_ACCOUNTS)
def sign_out(account_id: int) -> BaseResponse:
    """End every session of the account."""
    return _change(
        account_id,
        lambda: revoke_sessions(current_registry(), account_id, actor=actor()),
        "该账号的所有登录已退出。",
    )


def _change(account_id: int, change: Callable[[], object], done: str) -> BaseResponse:
    try:
        change()
    except AccountError as error:
        return _page(account_id, [("account", str(error))])
    flash(done, "good")
    return redirect(url_for("accounts.show", account_id=account_id), code=303)


def _list(errors: list[tuple[str, str]] | None = None, name: str = "", role: str = "") -> Response:
    return render_page(
        "office/accounts.html",
        status=422 if errors else 200,
        members=list_members(current_registry()),
        roles=_roles(),
        name=name,
        role=role,
        errors=errors or [],
    )


def _page(account_id: int, errors: list[tuple[str, str]] | None = None) -> Response:
    try:
        member = find_member(current_registry(), account_id)
    except AccountError as error:
        raise NotFound(str(error)) from None
    return render_page(
        "office/account.html",
        status=422 if errors else 200,
        member=member,
        sessions=list_sessions(current_registry(), account_id),
        roles=_roles(),
        errors=errors or [],
    )


def _roles() -> list[tuple[str, str]]:
    return [(str(role), ROLE_NAMES[role]) for role in Role]


def _secret(member: StaffMember, password: str) -> Response:
    # No redirect: the password would have to be kept somewhere to be shown after it.
    return render_page("office/account_password.html", member=member, password=password)
