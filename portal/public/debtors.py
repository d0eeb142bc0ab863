"""The dishonest-debtor list (法释〔2017〕7号): by date, by filter, by name."""

from __future__ import annotations

from flask import Blueprint, Response, request

from portal.disclosure.debtors import DEBTORS, read_debtor
from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.absence import absence
from portal.public.lists import COURT, ListPage, show_list
from portal.public.parameters import Facet
from portal.reference.vocabulary import DISHONEST_BEHAVIOURS, PartyKind
from portal.security import unstored
from search_index import Kind

PAGE = ListPage(
    address="/debtors",
    source=DEBTORS,
    rows="public/debtors.html",
    facets=(
        COURT,
        Facet.of("kind", "类型", PartyKind),
        Facet.of("behaviour", "失信行为", DISHONEST_BEHAVIOURS),
    ),
    day="发布日期",
    orders=(("newest", "发布日期从新到旧"), ("oldest", "发布日期从旧到新")),
    names=Kind.DEBTOR,
)

blueprint = Blueprint("debtors", __name__)


@blueprint.get("/debtors")
@unstored
def browse() -> Response:
    """The list by date of publication, or the entries that fit a name."""
    return show_list(PAGE)


@blueprint.get("/debtors/<token:entry>")
def show(entry: str) -> Response:
    """One entry: the fields of art. 6, and how not to mistake somebody else for this person."""
    record = read_debtor(db.session(), entry)
    if record is None:
        raise absence(request.path, "名单中没有这条记录。请检查网址，或者按姓名重新查询。")
    return render_page("public/debtor.html", debtor=record.debtor, namesakes=record.namesakes)
