"""Deny by default: a page is closed until its view names the permission it asks for.

Before any view: the request comes from our own pages, somebody is signed in, his role holds
the view's permission, and he has done what comes before everything else (a new password in
place of one somebody else made, a second factor where it is required). A view that names no
permission stays shut.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from flask import current_app, make_response, redirect, request, url_for
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError

from portal.errors import Forbidden, TooLarge, Trouble, answer
from portal.hypermedia import wants_fragment
from portal.office import MAX_FORM
from portal.office.gates import current_registry
from portal.office.session import Duty, SignedIn, identify, signed_in
from portal.origin import refuse_other_sites
from portal.staff.refusals import Refusal, RefusalKind, note_refusal

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug import Response

    from portal.staff.permissions import Permission

View = TypeVar("View", bound=Callable[..., object])

# Views of the shared skeleton that strangers may reach; they touch no store.
OPEN_ENDPOINTS = frozenset({"static", "display.change"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FOREIGN = (
    "浏览器报告这次提交来自其他网站的页面，为防止他人冒用您的登录，没有执行。"
    "请从本系统的页面重新操作；如果反复出现，请告知运维人员。"
)
STALE_FORM = "页面打开时间过长，或者登录状态已经变化。请返回上一页刷新后重新提交。"


def requires(permission: Permission) -> Callable[[View], View]:
    """Open a view to the roles that hold the permission."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def open_to_strangers(view: View) -> View:
    """Open a view to people who are not signed in: the sign-in page and nothing else."""
    view.open_to_strangers = True  # type: ignore[attr-defined]
    return view


def does_the_duty(duty: Duty) -> Callable[[View], View]:
    """Open a view to people who have this to do before anything else."""

    def mark(view: View) -> View:
        view.duties = {duty}  # type: ignore[attr-defined]
        return view

    return mark


def whatever_the_duty(view: View) -> View:
    """Open a view to people who have something else to do first: signing out."""
    view.duties = set(Duty)  # type: ignore[attr-defined]
    return view


def takes_files(view: View) -> View:
    """Let a view take a request body as large as the app allows."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def init_guard(app: Flask) -> None:
    """Set the guard before the CSRF check, whose reading of the form comes second."""
    app.before_request(admit)
    CSRFProtect(app)
    app.register_error_handler(CSRFError, answer_stale_form)


def admit() -> Response | None:
    """Let the request through, send a stranger to the sign-in page, or refuse."""
    view = current_app.view_functions.get(request.endpoint or "")
    if not getattr(view, "takes_files", False):
        request.max_content_length = MAX_FORM
    elif (request.content_length or 0) > current_app.config["MAX_CONTENT_LENGTH"]:
        raise TooLarge("文件超过 1 GB。请压缩成 .gz，或者分成几个文件后再上传。")
    try:
        refuse_foreign_origin()
    except Forbidden:
        _note_refusal(RefusalKind.OTHER_SITE, identify())
        raise
    if request.endpoint in OPEN_ENDPOINTS or getattr(view, "open_to_strangers", False):
        return None
    user = identify()
    if user is None:
        return ask_to_sign_in()
    if view is None:
        # No such page, or not with this method: the framework's own answer says so.
        return None
    permission = getattr(view, "permission", None)
    if permission is None or not user.may(permission):
        _note_refusal(RefusalKind.PERMISSION, user)
        raise Forbidden("您的角色没有这项权限。如工作需要，请联系账号管理员。")
    if user.duty is not None and user.duty not in getattr(view, "duties", ()):
        return _lead_to(url_for(user.duty))
    return None


def refuse_foreign_origin() -> None:
    """Refuse a change that another site asked for; the token of the form is checked besides."""
    if request.method in SAFE_METHODS:
        return
    refuse_other_sites(FOREIGN, "没有执行这次操作")


def _note_refusal(kind: RefusalKind, user: SignedIn | None) -> None:
    """Write down that a signed-in person was refused; a stranger has no name to write down."""
    rule = request.url_rule
    if user is None or rule is None:
        return
    permission: Permission | None = None
    if kind is RefusalKind.PERMISSION:
        permission = getattr(current_app.view_functions[rule.endpoint], "permission", None)
    refusal = Refusal(kind, request.method, rule.rule, permission)
    note_refusal(current_registry(), refusal, actor=user.member.name, now=datetime.now(UTC))


def ask_to_sign_in() -> Response:
    """Send the reader to the sign-in page and, where he was only reading, back again."""
    target = request.full_path.rstrip("?") if request.method == "GET" else "/"
    if wants_fragment():
        return _lead_to(url_for("sign_in.show"))
    return redirect(url_for("sign_in.show", next=None if target == "/" else target), code=303)


def _lead_to(address: str) -> Response:
    if wants_fragment():
        # A whole page must not land inside the part that asked: let htmx leave this page.
        response = make_response("", 401)
        response.headers["HX-Redirect"] = address
        return response
    return redirect(address, code=303)


def answer_stale_form(_error: CSRFError) -> Response:
    """Say in words what to do when a form's token no longer fits."""
    _note_refusal(RefusalKind.STALE_FORM, signed_in())
    return answer(Trouble(400, "表单已过期", STALE_FORM))
