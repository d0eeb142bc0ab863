"""Letters to the court: corrections, objections and clues, sealed before they are stored.

The statement, who sends it and the proof are sealed to the office's public key in this process,
which cannot open them again. A receipt and a PIN are shown once; they travel to the page that
shows them in a signed cookie of a few minutes, because an address would stay in the history.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from flask import Blueprint, Response, current_app, redirect, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug import Response as BaseResponse

from portal.disclosure.subjects import Subject, find_subject
from portal.errors import Gone, TooLarge, Unavailable
from portal.extensions import db, open_inbox
from portal.hypermedia import render_page
from portal.inbox.keys import InboxKeyError, sealing_key
from portal.inbox.letters import Letter, clean, letter_problems
from portal.inbox.proofs import MAX_TOGETHER, Proof, shown_name
from portal.inbox.receipts import (
    Receipt,
    is_token,
    make_receipt,
    new_token,
    read_number,
)
from portal.inbox.submissions import Concern, hand_in, is_handed_in, read_status
from portal.origin import refuse_other_sites
from portal.public.patience import forget_status, spend_status, spend_submission
from portal.reference.courts import BY_CODE, COURTS
from portal.reference.submission_kinds import SubmissionKind
from portal.security import unstored

PAGE = "public/submission.html"
# There is no session to protect, but nobody shall write in a visitor's name and address.
OTHER_SITE = "请在本站的页面上填写。"
COOKIE = "receipt"
COOKIE_SECONDS = 600
# Form and files together, with room for what stands between them.
MAX_LETTER = MAX_TOGETHER + 64 * 1024

blueprint = Blueprint("submissions", __name__, url_prefix="/submissions")


@blueprint.get("/new")
@unstored
def new() -> Response:
    """The form, about the page whose address was handed over."""
    subject = find_subject(db.session(), request.args.get("about", ""))
    letter = Letter(_kind(request.args.get("kind", "")), "")
    return _form(letter, subject, subject.court_code if subject else "", [])


@blueprint.post("")
@unstored
def send() -> BaseResponse:
    """Seal and keep a letter; 422 where something is missing."""
    refuse_other_sites(OTHER_SITE)
    request.max_content_length = MAX_LETTER
    if (request.content_length or 0) > MAX_LETTER:
        raise TooLarge(
            f"证明材料合计不能超过 {MAX_TOGETHER // 1024 // 1024} MB。"
            "请返回上一页，换成较小的文件再提交；填写的文字一般还在。"
        )
    office_key = _office_key()
    if office_key is None:
        raise Unavailable(_closed_sentence(), title="暂时不能在网上提交")
    subject = find_subject(db.session(), request.form.get("about", ""))
    letter, court = _read_letter(), request.form.get("court", "")
    problems = letter_problems(letter)
    if court not in BY_CODE:
        problems.append(("court", "请选择办理案件的法院。"))
    if problems:
        return _form(letter, subject, court, problems)
    token = request.form.get("token", "")
    concern = Concern(
        subject.address if subject else "", subject.case_slug if subject else "", court
    )
    receipt = make_receipt(
        current_app.extensions["settings"].secret_key.encode(),
        token if is_token(token) else new_token(),
        letter,
        concern.about,
    )
    inbox = open_inbox()
    if not is_handed_in(inbox, receipt):
        spend_submission()
        hand_in(inbox, office_key, receipt, letter, concern, datetime.now(UTC))
    return _to_receipt(receipt)


@blueprint.get("/receipt")
@unstored
def receipt() -> Response:
    """Receipt and PIN, once."""
    try:
        number, pin = _signer().loads(request.cookies.get(COOKIE, ""), max_age=COOKIE_SECONDS)
    except BadSignature:
        raise Gone(
            "回执号和查询密码只显示一次。已经提交的内容不受影响；没有记下的，请直接联系办理法院。",
            title="回执已经显示过",
        ) from None
    response = render_page("public/receipt.html", receipt=Receipt(number, pin))
    response.delete_cookie(COOKIE, path=blueprint.url_prefix or "/", httponly=True)
    return response


@blueprint.get("/status")
@unstored
def ask() -> Response:
    """The form that asks for receipt and PIN."""
    return render_page("public/submission_status.html", status=200, found=None, problem="")


@blueprint.post("/status")
@unstored
def tell() -> Response:
    """How far a letter has come; the same page for an unknown receipt and for a wrong PIN."""
    refuse_other_sites(OTHER_SITE)
    number = read_number(request.form.get("receipt", ""))
    spend_status(number)
    found = read_status(open_inbox(), number, clean(request.form.get("pin", "")))
    if found is None:
        problem = "回执号或者查询密码不正确。请对照回执再输入一次。"
        return render_page(
            "public/submission_status.html", "status", status=422, found=None, problem=problem
        )
    forget_status(number)
    return render_page("public/submission_status.html", "status", found=found, problem="")


def _form(
    letter: Letter, subject: Subject | None, court: str, problems: list[tuple[str, str]]
) -> Response:
    context: dict[str, Any] = {
        "letter": letter,
        "subject": subject,
        "court": court,
        "courts": [(each.code, each.name) for each in COURTS],
        "kinds": list(SubmissionKind),
        "errors": problems,
        "token": new_token(),
        "is_open": _office_key() is not None,
    }
    return render_page(PAGE, "form", status=422 if problems else 200, **context)


def _read_letter() -> Letter:
    form = request.form
    return Letter(
        _kind(form.get("kind", "")),
        clean(form.get("statement", "")),
        clean(form.get("name", "")).replace("\n", " "),
        clean(form.get("contact", "")).replace("\n", " "),
        tuple(
            Proof(shown_name(file.filename or ""), file.stream.read())
            for file in request.files.getlist("proof")
            if file.filename
        ),
    )


def _kind(written: str) -> SubmissionKind:
    try:
        return SubmissionKind(written)
    except ValueError:
        return SubmissionKind.CORRECTION


def _office_key() -> X25519PublicKey | None:
    """The key letters are sealed to; None where there is none that can be trusted."""
    try:
        return sealing_key(current_app.extensions["settings"].home / "public")
    except InboxKeyError:
        return None


def _closed_sentence() -> str:
    telephone = current_app.extensions["settings"].site.telephone
    return (
        "法院还没有为网上提交设置密钥，为保护您的信息，本站现在不接收任何内容。"
        f"请书面向执行法院提出，或者拨打 {telephone}。"
    )


def _to_receipt(receipt: Receipt) -> BaseResponse:
    response = redirect(url_for("submissions.receipt"), code=303)
    response.set_cookie(
        COOKIE,
        _signer().dumps([receipt.number, receipt.pin]),
        max_age=COOKIE_SECONDS,
        path=blueprint.url_prefix or "/",
        secure=current_app.extensions["settings"].https,
        httponly=True,
        samesite="Strict",
    )
    return response


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        current_app.extensions["settings"].secret_key, salt="submission receipt"
    )
