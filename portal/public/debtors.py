"""The dishonest-debtor list (法释〔2017〕7号): by date, by filter, by name."""

from __future__ import annotations

from flask import Blueprint, Response, request

from portal.disclosure.debtors import DEBTORS, read_debtor
from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.absence import absence
from portal.public.lists import COURT, ListPage, show_list
from portal.public.parameters import Facet
from portal.reference.dishonesty import Counted
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

# How each kind of term came about, for readers (法释〔2017〕7号 art. 2).
COUNTING = {
    Counted.NONE: "有履行能力而拒不履行的，第二条没有规定期限，公布到依法移除为止。",
    Counted.TWO_YEARS: "第二条规定的两年，自发布之日起算。",
    Counted.LONGER: "两年，因情节严重或者有多项失信行为延长一至三年（第二条），自发布之日起算。",
    Counted.ASSUMED: "法院数据没有写明期限，按第二条规定的两年、自发布之日起算。",
    Counted.DECIDED: "以法院决定写明的期限为准，自发布之日起算。",
    Counted.UNKNOWN: "法院数据没有写明期限，以执行法院的决定为准。",
}

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
    return render_page("public/debtor.html", record=record, counting=COUNTING)
