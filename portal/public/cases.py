"""The list of public cases and the page of one case."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, url_for
from werkzeug import Response as AnyResponse

from portal.disclosure.cases import CASES, read_case
from portal.errors import NotFound
from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.absence import absence
from portal.public.lists import COURT, ListPage, show_list
from portal.public.parameters import Facet
from portal.reference.case_numbers import CaseNumberError, from_slug, parse
from portal.reference.stages import BY_NAME, Stage
from portal.reference.vocabulary import DisclosureLevel

PAGE = ListPage(
    address="/cases",
    source=CASES,
    rows="public/cases.html",
    facets=(COURT, Facet.of("stage", "进展阶段", Stage)),
    day="立案日期",
    orders=(("newest", "立案日期从新到旧"), ("oldest", "立案日期从旧到新")),
)

blueprint = Blueprint("cases", __name__)


@blueprint.get("/cases")
def browse() -> Response:
    """Cases by date of filing."""
    return show_list(PAGE)


@blueprint.get("/cases/<written>")
def show(written: str) -> AnyResponse:
    """One case. Any written form of the number leads to the one address of the case."""
    try:
        number = from_slug(written)
    except CaseNumberError:
        return redirect(url_for("cases.show", written=_slug(written)), code=301)
    record = read_case(db.session(), number)
    if record is None:
        raise absence(
            f"/cases/{number.slug}",
            f"没有找到案号为{number}的公开案件。案件可能尚未公开，也可能案号有误。",
        )
    closed = record.case.level == DisclosureLevel.CLOSED
    return render_page(
        "public/case_closed.html" if closed else "public/case.html",
        record=record,
        case=record.case,
        nodes=BY_NAME,
    )


def _slug(written: str) -> str:
    try:
        return parse(written).slug
    except CaseNumberError as error:
        raise NotFound(str(error)) from None
