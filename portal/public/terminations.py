"""The list of cases closed by 终结本次执行程序 (法〔2016〕373号)."""

from __future__ import annotations

from flask import Blueprint, Response, request

from portal.disclosure.terminations import browse_terminations, closing_years, read_termination
from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.absence import absence
from portal.public.cases import COURT_FACET
from portal.public.parameters import Facet, Filters, read_text, read_year
from portal.reference.vocabulary import TERMINATION_CHECKS

blueprint = Blueprint("terminations", __name__)


@blueprint.get("/terminations")
def browse() -> Response:
    """The list by date of closing."""
    years = Facet.of("year", "终本年份", closing_years(db.session()))
    filters = Filters((COURT_FACET, years), request.args)
    rows = browse_terminations(
        db.session(),
        court=filters["court"],
        year=read_year(filters["year"]),
        after=read_text(request.args, "after"),
    )
    return render_page("public/terminations.html", "results", filters=filters, rows=rows)


@blueprint.get("/terminations/<token:entry>")
def show(entry: str) -> Response:
    """One entry: the conditions as checked, the searches since, how to resume."""
    record = read_termination(db.session(), entry)
    if record is None:
        raise absence(request.path, "终本案件名单中没有这条记录。请检查网址，或者按案号查询。")
    return render_page("public/termination.html", record=record, conditions=TERMINATION_CHECKS)
