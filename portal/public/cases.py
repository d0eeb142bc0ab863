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
from portal.reference.case_numbers import CaseNumber, CaseNumberError, from_slug, parse
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
    """One case. Any written form of its number leads to its one address.

    The number of a later document of the case (执123号之一, 法〔2015〕137号) leads to the
    case, for as long as no case of its own stands under that number.
    """
    try:
        number = from_slug(written)
    except CaseNumberError:
        return redirect(case_address(_parsed(written)), code=301)
    record = read_case(db.session(), number)
    if record is None:
        if number.suffix and read_case(db.session(), number.without_suffix) is not None:
            return redirect(case_address(number.without_suffix), code=302)
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
        address=url_for("cases.show", written=number.slug, _external=True),
    )


def case_address(number: CaseNumber) -> str:
    """Path of the page of the case with this number, whether or not there is one."""
    return url_for("cases.show", written=number.slug)


def _parsed(written: str) -> CaseNumber:
    try:
        return parse(written)
    except CaseNumberError as error:
        raise NotFound(str(error)) from None
