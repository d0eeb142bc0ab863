"""The parties of a case and their query codes: given out, printed once, ended; what is withheld."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from urllib.parse import quote

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.envelope import grouped
from portal.errors import Gone
from portal.hypermedia import render_page
from portal.office.cases import case_standing
from portal.office.gates import current_gate, current_registry
from portal.office.guard import requires
from portal.office.session import actor
from portal.publication.errors import PublicationError
from portal.publication.party_desk import (
    issue_party_code,
    revoke_party_code,
    settle_party_views,
)
from portal.publication.party_standing import list_parties
from portal.publication.standing import CaseStanding
from portal.qr import qr_svg
from portal.reference import case_numbers
from portal.reference.clock import BEIJING
from portal.registry.queries import note_viewing
from portal.sealed_cookie import SealedCookie
from portal.settings import PUBLIC_PORT
from portal.staff.permissions import Permission

blueprint = Blueprint("case_parties", __name__, url_prefix="/cases")

# From giving the code out to the page that shows it: the code is in no address and no session.
NOTICE = SealedCookie("party_notice", "/cases", 120)


@blueprint.get("/<slug>/parties")
@requires(Permission.READ_RECORDS)
def show(slug: str) -> Response:
    """Who of the parties has a code, and what of the views is withheld and why."""
    standing = case_standing(slug)
    note_viewing(current_registry(), standing.case_number, actor=actor())
    return _page(standing)


@blueprint.post("/<slug>/parties/<int:index>/code")
@requires(Permission.PARTY_CODES)
def issue(slug: str, index: int) -> BaseResponse:
    """Give a party a code; the one it had is no longer good."""
    standing, field = case_standing(slug), f"reason-{index}"
    replaces = request.form.get("replaces", "")
    try:
        issued = issue_party_code(
            current_gate(),
            standing.case_number,
            index,
            replaces=int(replaces) if replaces.isascii() and replaces.isdecimal() else -1,
            actor=actor(),
            reason=request.form.get(field, ""),
        )
    except PublicationError as error:
        return _page(standing, [(field, str(error))])
    response = redirect(url_for("case_parties.notice", slug=slug), code=303)
    told = {"slug": slug, "role": issued.role, "party": issued.party, "code": issued.code}
    NOTICE.set(response, json.dumps(told).encode())
    return response


@blueprint.post("/<slug>/parties/<int:access_id>/revoke")
@requires(Permission.PARTY_CODES)
def revoke(slug: str, access_id: int) -> BaseResponse:
    """End a code at once."""

    def act(number: str, reason: str) -> str:
        revoke_party_code(current_gate(), number, access_id, actor=actor(), reason=reason)
        return "查询码已撤销，当事人不能再用它查询。"

    return _settle(slug, f"revoke-{access_id}", act)


@blueprint.post("/<slug>/parties/read")
@requires(Permission.REVIEW)
def read(slug: str) -> BaseResponse:
    """Show the parties what a reviewer has read and found fit."""

    def act(number: str, reason: str) -> str:
        settle_party_views(current_gate(), number, actor=actor(), reason=reason)
        return "已核对；可以放行的内容已向当事人显示。"

    return _settle(slug, "read", act)


@blueprint.get("/<slug>/notice")
@requires(Permission.PARTY_CODES)
def notice(slug: str) -> Response:
    """The notice with the code, once."""
    standing = case_standing(slug)
    content = NOTICE.read()
    told = json.loads(content) if content else {}
    if told.get("slug") != slug:
        raise Gone("查询码只显示一次。没有打印的，请为当事人重新签发。", title="告知书已经显示过")
    address = _party_page(slug)
    response = render_page(
        "office/party_notice.html",
        case=standing,
        slug=slug,
        told=told,
        code=grouped(told["code"]),
        today=_today(),
        address=address,
        qr=qr_svg(address, "二维码：当事人查询页面的网址") if address else None,
    )
    NOTICE.drop(response)
    return response


def _settle(slug: str, field: str, act: Callable[[str, str], str]) -> BaseResponse:
    standing = case_standing(slug)
    try:
        message = act(standing.case_number, request.form.get(field, ""))
    except PublicationError as error:
        return _page(standing, [(field, str(error))])
    flash(message, "good")
    return redirect(url_for("case_parties.show", slug=slug), code=303)


def _page(standing: CaseStanding, errors: list[tuple[str, str]] | None = None) -> Response:
    return render_page(
        "office/case_parties.html",
        status=422 if errors else 200,
        case=standing,
        slug=case_numbers.parse(standing.case_number).slug,
        parties=list_parties(current_gate().desk, standing.case_number),
        errors=errors or [],
        # Of a refused form the words that were typed into it stay.
        typed=request.form,
    )


def _party_page(slug: str) -> str:
    """Where the party goes, with the number of its case, which is public; never the code."""
    settings = current_app.extensions["settings"]
    site = settings.site.public_address
    if not site and settings.demo:
        site = f"http://127.0.0.1:{PUBLIC_PORT}"
    return f"{site}/party?case={quote(slug)}" if site else ""


def _today() -> date:
    return datetime.now(UTC).astimezone(BEIJING).date()
