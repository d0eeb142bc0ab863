"""What leaves the inbox as a file: proofs, and the whole correspondence as one archive."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug import Response as BaseResponse

from portal.correspondence.desk import list_of_case
from portal.correspondence.dossier import MOST_LETTERS, DossierPart, build_dossier
from portal.correspondence.errors import CorrespondenceError
from portal.correspondence.letter_file import LetterFile
from portal.correspondence.opening import open_proof
from portal.correspondence.pictures import redraw
from portal.downloads import download
from portal.errors import Conflict, NotFound
from portal.inbox.sealing import CannotOpen
from portal.office.guard import requires
from portal.office.inbox import letter_or_404
from portal.office.inbox_keys import current_keys, letter_desk
from portal.office.session import actor
from portal.reference.clock import today_in_beijing
from portal.staff.permissions import Permission

blueprint = Blueprint("inbox_files", __name__, url_prefix="/inbox")

TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


@blueprint.get("/<receipt>/proofs/<int:position>")
@requires(Permission.HANDLE_LETTERS)
def proof(receipt: str, position: int) -> BaseResponse:
    """A picture drawn anew; with ``original``, and for a PDF always, the file as it came."""
    file, keys = letter_or_404(receipt), current_keys()
    if not keys:
        return _ask_for_passphrase()
    try:
        found = open_proof(letter_desk(), file, position, keys, actor=actor())
    except CannotOpen as reason:
        raise Conflict(f"{reason}。", title="不能打开") from None
    if found is None:
        raise NotFound("这一件没有这份证明材料。")
    if found.suffix in ("jpg", "png") and "original" not in request.args:
        try:
            return _file(redraw(found.data), "image/jpeg")
        except CorrespondenceError as error:
            raise Conflict(str(error), title="不能显示") from None
    kind = TYPES.get(found.suffix, "application/octet-stream")
    return download(found.data, kind, f"{receipt}-{position}.{found.suffix or 'bin'}")


@blueprint.get("/<receipt>/export")
@requires(Permission.HANDLE_LETTERS)
def export_letter(receipt: str) -> BaseResponse:
    """One letter with all that belongs to it."""
    file = letter_or_404(receipt)
    return _dossier([file], file.receipt)


@blueprint.get("/cases/<slug>/export")
@requires(Permission.HANDLE_LETTERS)
def export_case(slug: str) -> BaseResponse:
    """Every letter about a case."""
    files = list_of_case(letter_desk(), slug, today_in_beijing())
    if not files:
        raise NotFound("收件箱中没有关于这件案件的来信。")
    if len(files) > MOST_LETTERS:
        raise Conflict(f"来信超过 {MOST_LETTERS} 件，请逐件导出。", title="不能一次导出")
    return _dossier(files, files[0].case_slug)


def _dossier(files: Sequence[LetterFile], name: str) -> BaseResponse:
    keys = current_keys()
    if not keys:
        return _ask_for_passphrase()

    def render(parts: Sequence[DossierPart]) -> str:
        return render_template(
            "office/dossier.html",
            parts=parts,
            name=name,
            by=actor(),
            today=today_in_beijing(),
        )

    packed = build_dossier(letter_desk(), files, keys, render, actor=actor())
    return download(packed, "application/zip", f"{name}.zip")


def _ask_for_passphrase() -> BaseResponse:
    target = request.full_path.rstrip("?")
    return redirect(url_for("inbox_keys.show", next=target), code=303)


def _file(data: bytes, kind: str) -> Response:
    response = make_response(data)
    response.content_type = kind
    return response
