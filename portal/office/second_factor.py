"""One's own second factor: putting an authenticator into use, recovery codes, giving it up."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.hypermedia import render_page
from portal.office.gates import current_registry
from portal.office.guard import does_the_duty, requires
from portal.office.session import Duty, current_member, current_user_session, secret_box
from portal.qr import qr_svg
from portal.staff.members import AccountError
from portal.staff.permissions import Permission
from portal.staff.second_factor import (
    CodeRefused,
    count_codes,
    enrol,
    make_offer,
    remove_second_factor,
    renew_codes,
    repeat_offer,
)

blueprint = Blueprint("second_factor", __name__, url_prefix="/second-factor")


@blueprint.get("")
@requires(Permission.OWN_ACCOUNT)
@does_the_duty(Duty.ENROL)
def show() -> Response:
    """The picture to scan, or what is in use."""
    return _page()


@blueprint.post("")
@requires(Permission.OWN_ACCOUNT)
@does_the_duty(Duty.ENROL)
def confirm() -> Response:
    """Take the authenticator into use with its first code; show the recovery codes once."""
    user = current_user_session()
    sealed = request.form.get("offer", "")
    code = request.form.get("code", "")
    try:
        codes = enrol(
            current_registry(), secret_box(), user.member.id, sealed, code, keep=user.session_id
        )
    except AccountError as error:
        return _page([("code", str(error))], sealed)
    return _codes(codes)


@blueprint.post("/codes")
@requires(Permission.OWN_ACCOUNT)
def renew() -> Response:
    """New recovery codes in place of the old ones, shown once."""
    code = request.form.get("code", "")
    try:
        codes = renew_codes(current_registry(), secret_box(), current_member().id, code)
    except CodeRefused as error:
        return _page([("code", str(error))])
    return _codes(codes)


@blueprint.post("/remove")
@requires(Permission.OWN_ACCOUNT)
def remove() -> BaseResponse:
    """Give the authenticator up, to put another into use."""
    code = request.form.get("removing_code", "")
    try:
        remove_second_factor(current_registry(), secret_box(), current_member().id, code)
    except CodeRefused as error:
        return _page([("removing_code", str(error))])
    flash("已解除验证器。需要时可以重新绑定。", "good")
    return redirect(url_for("second_factor.show"), code=303)


def _page(errors: list[tuple[str, str]] | None = None, sealed: str = "") -> Response:
    member, status = current_member(), 422 if errors else 200
    if member.second_factor_since is not None:
        return render_page(
            "office/second_factor.html",
            status=status,
            member=member,
            codes=count_codes(current_registry(), member.id),
            errors=errors or [],
        )
    box = secret_box()
    offer = repeat_offer(box, member, sealed) if sealed else make_offer(box, member)
    return render_page(
        "office/second_factor_enrol.html",
        status=status,
        offer=offer,
        picture=qr_svg(offer.address, "绑定验证器的二维码；不便扫描时请输入下面的密钥"),
        errors=errors or [],
    )


def _codes(codes: list[str]) -> Response:
    # No redirect: the codes would have to be kept somewhere to be shown after it.
    return render_page("office/recovery_codes.html", codes=codes)
