"""Notices: rewards, rules of the court, reception days, contacts; and pictures of stories."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, request

from portal.disclosure.notices import list_notices, read_notice, read_picture
from portal.errors import NotFound
from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.absence import absence
from portal.reference.press_forms import FACTS, FORM_NAMES, PressForm

blueprint = Blueprint("notices", __name__)


@blueprint.get("/notices")
def browse() -> Response:
    """All notices by form, newest first."""
    return render_page(
        "public/notices.html", notices=list_notices(db.session()), form_names=FORM_NAMES
    )


@blueprint.get("/notices/<token:slug>")
def show(slug: str) -> Response:
    """One notice with the fields of its form."""
    notice = read_notice(db.session(), slug)
    if notice is None:
        raise absence(request.path, "没有这则公告。请检查网址，或者从公告栏重新查找。")
    form = PressForm(notice.form)
    fields = [(field.label, notice.facts.get(field.name, "")) for field in FACTS[form]]
    return render_page(
        "public/notice.html", notice=notice, form_name=FORM_NAMES[form], fields=fields
    )


@blueprint.get("/pictures/<token:name>.jpg")
def picture(name: str) -> Response:
    """One size of a picture of a story."""
    data = read_picture(db.session(), name)
    if data is None:
        raise NotFound("没有这张图片。")
    response = make_response(data)
    response.content_type = "image/jpeg"
    return response
