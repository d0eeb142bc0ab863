"""Notices: rewards, rules of the court, reception days, contacts; files; pictures of stories."""

from __future__ import annotations

import re

from flask import Blueprint, Response, make_response, request

from portal.disclosure.articles import PublicNotice
from portal.disclosure.notices import (
    list_notices,
    read_attachment,
    read_notice,
    read_picture,
)
from portal.downloads import PDF, download
from portal.errors import NotFound
from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.absence import absence
from portal.reference.press_forms import FACTS, FORM_NAMES, PressForm

# Not fit for a file name on every system, or able to make it look like another.
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+')
MAX_FILE_NAME = 100

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
    fields = [(field.title, field.shown(notice.facts.get(field.name, ""))) for field in FACTS[form]]
    return render_page(
        "public/notice.html", notice=notice, form_name=FORM_NAMES[form], fields=fields
    )


@blueprint.get("/notices/<token:slug>/<token:name>.pdf")
def attachment(slug: str, name: str) -> Response:
    """The file of a notice, to be kept under a name that people can read.

    Its address never means another file, but it is asked for again each time all the same: what
    was withdrawn must be gone at once, from every cache.
    """
    notice, data = read_notice(db.session(), slug), read_attachment(db.session(), slug, name)
    if notice is None or data is None:
        raise absence(request.path, "没有这份文件。请检查网址，或者从公告页面重新下载。")
    return download(data, PDF, file_name(notice))


def file_name(notice: PublicNotice) -> str:
    """What the file is called on the reader's machine: its number and title."""
    words = f"{notice.facts.get('number', '')} {notice.title}"
    stem = " ".join(_UNFIT.sub(" ", words).split()).strip(". ")
    return f"{stem[:MAX_FILE_NAME]}.pdf"


@blueprint.get("/pictures/<token:name>.jpg")
def picture(name: str) -> Response:
    """One size of a picture of a story."""
    data = read_picture(db.session(), name)
    if data is None:
        raise NotFound("没有这张图片。")
    response = make_response(data)
    response.content_type = "image/jpeg"
    return response
