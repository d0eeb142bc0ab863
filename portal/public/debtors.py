"""The dishonest-debtor list (法释〔2017〕7号): by date, by filter, by name."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, request

from portal.disclosure.debtors import browse_debtors, read_debtor, read_debtors
from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.absence import absence
from portal.public.cases import COURT_FACET
from portal.public.finding import Listed, Question, find_listed
from portal.public.index import open_index
from portal.public.parameters import Facet, Filters, read_text
from portal.reference.vocabulary import DISHONEST_BEHAVIOURS
from portal.security import unstored
from search_index import Kind

FACETS = (COURT_FACET, Facet.of("behaviour", "失信行为", DISHONEST_BEHAVIOURS))

blueprint = Blueprint("debtors", __name__)


@blueprint.get("/debtors")
@unstored
def browse() -> Response:
    """The list by date of publication, or the entries that fit a name."""
    filters = Filters(FACETS, request.args, read_text(request.args))
    if filters.text:
        question = Question(filters.text, Kind.DEBTOR, filters["court"])
        read = partial(read_debtors, db.session(), behaviour=filters["behaviour"])
        listed = find_listed(open_index(), question, read)
    else:
        after = read_text(request.args, "after")
        listed = Listed(browse_debtors(db.session(), **filters.values, after=after))
    return render_page("public/debtors.html", "results", filters=filters, listed=listed)


@blueprint.get("/debtors/<token:entry>")
def show(entry: str) -> Response:
    """One entry: the fields of art. 6, and how not to mistake somebody else for this person."""
    record = read_debtor(db.session(), entry)
    if record is None:
        raise absence(request.path, "名单中没有这条记录。请检查网址，或者按姓名重新查询。")
    return render_page("public/debtor.html", debtor=record.debtor, namesakes=record.namesakes)
