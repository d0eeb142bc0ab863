"""A party reads its own case: number of the case, its own document number, and its query code.

All three come in the body of a POST and go no further: not into an address, a log or a cookie. An
unknown case, a number that is not the party's and a wrong code are one answer: the tries are
counted before anything is looked up, then one Argon2id, one statement and one decryption are done,
whatever there is, and the page is the same to the byte but for the noise that fills it up.
"""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug import Response as AnyResponse

from portal.disclosure.envelopes import read_envelope, take_key
from portal.disclosure.timeline import read_part
from portal.envelope import derive_lock, plain_code
from portal.extensions import db
from portal.hypermedia import render_page
from portal.origin import refuse_other_sites
from portal.public import party_session
from portal.public.padding import padded
from portal.public.parameters import read_part_number
from portal.public.patience import give_back_party, spend_party
from portal.reference.case_numbers import CaseNumber, CaseNumberError, from_slug, parse
from portal.reference.id_numbers import plain_number
from portal.reference.stages import BY_NAME
from portal.security import unstored

PAGE = "public/party.html"
MAX_FIELD = 200
# One sentence for whatever it was: the reader has all three on the notice before him.
NOT_OPENED = "案号、证件号码和查询码不相符，没有打开。请对照告知书或者通知书逐项核对。"
STATES = {
    "left": "您已退出当事人查询，本机不再保留查询到的内容。",
    "ended": "查询已经结束：超过时间没有操作，或者查询码已经更换。请重新输入。",
}

blueprint = Blueprint("party", __name__, url_prefix="/party")


@blueprint.get("")
@unstored
def form() -> Response:
    """The form; a case page hands its number over, which is public."""
    case = ""
    with suppress(CaseNumberError):
        case = from_slug(request.args.get("case", "")[:MAX_FIELD]).canonical
    return _form(case, [], notice=STATES.get(request.args.get("state", ""), ""))


@blueprint.post("")
@unstored
def open_view() -> AnyResponse:
    """Open the view of whoever this is; 422 where nothing opens."""
    refuse_other_sites("请在本站的当事人查询页面上输入。")
    written, typed, code = (
        request.form.get(name, "")[:MAX_FIELD].strip() for name in ("case", "number", "code")
    )
    number, problems = _read_case(written)
    if not plain_number(typed):
        problems.append(("number", "请输入您本人（本单位）的证件号码。"))
    if not plain_code(code):
        problems.append(("code", "请输入查询码。"))
    if number is None or problems:
        return _form(written, problems)
    spend_party(number.canonical)
    lock = derive_lock(number.canonical, plain_number(typed), code)
    data_key = take_key(db.session(), lock)
    if data_key is None:
        return padded(_form(written, [("case", NOT_OPENED)]))
    give_back_party(number.canonical)
    response = redirect(url_for("party.show"), code=303)
    party_session.begin(response, lock.locator, data_key)
    return response


@blueprint.get("/case")
@unstored
def show() -> AnyResponse:
    """The view that was opened, for as long as the session lasts."""
    opened = party_session.current()
    view = read_envelope(db.session(), opened.locator, opened.data_key) if opened else None
    if opened is None or view is None:
        return _leave("ended")
    response = render_page(
        "public/party_case.html",
        view=view,
        part=read_part(view.events, read_part_number(request.args)),
        nodes=BY_NAME,
        idle_minutes=party_session.IDLE_SECONDS // 60,
    )
    party_session.keep(response, opened)
    return response


@blueprint.post("/leave")
@unstored
def leave() -> AnyResponse:
    """Leave: the browser forgets the session and what it kept of the page."""
    refuse_other_sites("请在本站的页面上退出。")
    response = _leave("left")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _leave(state: str) -> AnyResponse:
    response = redirect(url_for("party.form", state=state), code=303)
    party_session.end(response)
    return response


def _form(case: str, problems: list[tuple[str, str]], notice: str = "") -> Response:
    return render_page(
        PAGE,
        status=422 if problems else 200,
        case=case,
        errors=problems,
        notice=notice,
        is_open=party_session.current() is not None,
    )


def _read_case(written: str) -> tuple[CaseNumber | None, list[tuple[str, str]]]:
    """The case a number means; that of a later document (之一) means the case itself."""
    try:
        return parse(written).without_suffix, []
    except CaseNumberError as error:
        return None, [("case", str(error))]
