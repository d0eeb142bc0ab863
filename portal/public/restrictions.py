"""The consumption-restriction list (法释〔2015〕17号)."""

from __future__ import annotations

from flask import Blueprint, Response, request

from portal.disclosure.restrictions import RESTRICTIONS, read_record
from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.absence import absence
from portal.public.lists import COURT, ListPage, show_list
from portal.public.parameters import Facet
from portal.reference.consumption import ITEMS
from portal.reference.vocabulary import PartyKind
from portal.security import unstored
from search_index import Kind

PAGE = ListPage(
    address="/restrictions",
    source=RESTRICTIONS,
    rows="public/restrictions.html",
    facets=(COURT, Facet.of("kind", "被限制人类型", PartyKind)),
    day="作出日期",
    orders=(("newest", "作出日期从新到旧"), ("oldest", "作出日期从旧到新")),
    names=Kind.RESTRICTION,
)

# 法释〔2015〕17号 art. 3, in its order.
RESTRICTED = tuple(item.words for item in ITEMS)

blueprint = Blueprint("restrictions", __name__)


@blueprint.get("/restrictions")
@unstored
def browse() -> Response:
    """The list by date of the order, or the entries that fit a name."""
    return show_list(PAGE)


@blueprint.get("/restrictions/<token:entry>")
def show(entry: str) -> Response:
    """One order, with what art. 3 forbids."""
    record = read_record(db.session(), entry)
    if record is None:
        raise absence(request.path, "名单中没有这条记录。请检查网址，或者按姓名重新查询。")
    return render_page("public/restriction.html", record=record, items=ITEMS)
