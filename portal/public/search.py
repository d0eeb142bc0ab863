"""One box over everything public; the whole state stands in the address."""

from __future__ import annotations

from flask import Blueprint, Response, request

from portal.extensions import db
from portal.hypermedia import render_page
from portal.public.finding import Findings, Question, find
from portal.public.hidden_numbers import NO_NUMBERS, asks_for_number
from portal.public.index import open_index
from portal.public.parameters import Facet, Filters, read_page, read_text
from portal.reference.courts import COURTS
from portal.reference.press_forms import FORM_NAMES, PressForm
from portal.security import unstored
from search_index import Kind

KIND_WORDS: dict[Kind, str] = {
    Kind.CASE: "案件",
    Kind.DEBTOR: "失信名单",
    Kind.RESTRICTION: "限制消费",
    Kind.TERMINATION: "终本案件",
    Kind.AUCTION: "司法拍卖",
    Kind.STORY: "执行动态",
    Kind.GUIDE: "办事指南",
    Kind.REWARD: FORM_NAMES[PressForm.REWARD],
    Kind.REGULATION: FORM_NAMES[PressForm.REGULATION],
    Kind.RECEPTION: FORM_NAMES[PressForm.RECEPTION],
    Kind.CHANNEL: FORM_NAMES[PressForm.CHANNEL],
}
FACETS = (
    Facet("kind", "类别", tuple((kind.value, word) for kind, word in KIND_WORDS.items())),
    Facet("court", "执行法院", tuple((court.code, court.short_name) for court in COURTS)),
)

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
@unstored
def show() -> Response:
    """Search results, or help while nothing can be looked up yet."""
    text = read_text(request.args)
    filters = Filters(FACETS, request.args, text)
    if asks_for_number(text):
        filters.ignored.append(NO_NUMBERS)
    kind = Kind(filters["kind"]) if filters["kind"] else None
    question = Question(text, kind, filters["court"], read_page(request.args))
    findings = find(open_index(), db.session(), question) if text else Findings(too_short=True)
    return render_page(
        "public/search.html",
        "results",
        filters=filters,
        question=question,
        findings=findings,
        kind_words=KIND_WORDS,
    )
