"""The list of cases closed by 终结本次执行程序 (法〔2016〕373号)."""

from __future__ import annotations

from flask import Blueprint, Response, request

from portal.disclosure.terminations import TERMINATIONS, read_termination
from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.absence import absence
from portal.public.lists import COURT, ListPage, show_list
from portal.reference.vocabulary import TERMINATION_CHECKS

PAGE = ListPage(
    address="/terminations",
    source=TERMINATIONS,
    rows="public/terminations.html",
    facets=(COURT,),
    day="终本日期",
    orders=(
        ("newest", "终本日期从新到旧"),
        ("oldest", "终本日期从旧到新"),
        ("unpaid", "未履行金额从高到低"),
    ),
)

blueprint = Blueprint("terminations", __name__)


@blueprint.get("/terminations")
def browse() -> Response:
    """The list by date of closing."""
    return show_list(PAGE)


@blueprint.get("/terminations/<token:entry>")
def show(entry: str) -> Response:
    """One entry: the conditions as checked, the searches since, how to resume."""
    record = read_termination(db.session(), entry)
    if record is None:
        raise absence(request.path, "终本案件名单中没有这条记录。请检查网址，或者按案号查询。")
    return render_page("public/termination.html", record=record, conditions=TERMINATION_CHECKS)


@blueprint.get("/terminations/<token:entry>/application")
def apply(entry: str) -> Response:
    """The application to resume, to fill in and print; what is typed never leaves the browser."""
    record = read_termination(db.session(), entry)
    if record is None:
        # The form goes with its entry: its address tells no more than that of the entry.
        raise absence(f"/terminations/{entry}", "终本案件名单中没有这条记录。请检查网址。")
    return render_page("public/resumption.html", record=record)
