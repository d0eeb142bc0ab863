"""The page of one review item, however it was come to: opened, marked, refused, overtaken."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.errors import NotFound
from portal.hypermedia import render_page
from portal.office.desk_view import DeskView, view_case
from portal.office.gates import current_gate, current_registry
from portal.office.pages import whole_number
from portal.office.tied_view import Tie
from portal.publication.errors import PublicationError, ReviewChanged
from portal.publication.preview import preview_case
from portal.reference.courts import BY_CODE
from portal.registry.models import ReviewState, Route
from portal.registry.review_queue import (
    ReviewFilter,
    ReviewItem,
    find_neighbours,
    find_review,
    waiting_review,
)
from redaction import MarkAct

LEAK_CHOICES = {"yes": True, "no": False}
CONFLICT = 409
INVALID = 422
SCOPES = ("case", "field", "place")


def find_item(review_id: int) -> ReviewItem:
    """The item of the address. Raises NotFound."""
    item = find_review(current_registry(), review_id)
    if item is None:
        raise NotFound("没有这一审核项。")
    return item


def refused_page(item: ReviewItem, error: PublicationError, field: str) -> Response:
    """The page again with what was typed, and why it was not done.

    Where somebody else was quicker it says what he did, and shows the item as it is now.
    """
    if isinstance(error, ReviewChanged):
        return review_page(find_item(item.id), [(field, str(error))], conflict=error)
    return review_page(item, [(field, str(error))])


def review_page(
    item: ReviewItem,
    errors: list[tuple[str, str]] | None = None,
    *,
    conflict: ReviewChanged | None = None,
) -> Response:
    """One item: the record as it came beside the page as it would be, and what can be done."""
    chosen = read_filter()
    gate, registry = current_gate(), current_registry()
    view = view_case(preview_case(gate, item.case_number), gate.redactor.policy)
    newer = None
    if item.state is not ReviewState.WAITING:
        newer = waiting_review(registry, item.case_number)
    status = CONFLICT if conflict else INVALID if errors else 200
    return render_page(
        "office/review.html",
        "desk",
        status=status,
        item=item,
        desk=view,
        policy=gate.redactor.policy,
        neighbours=find_neighbours(registry, item.id, chosen),
        arguments=filter_arguments(chosen),
        newer=newer,
        errors=errors or [],
        conflict=conflict,
        typed=_typed(view),
    )


def _typed(view: DeskView) -> dict[str, str]:
    """What the forms start with: what was sent, or the masked place the address asks for."""
    if request.method == "POST":
        return {name: value for name, value in request.form.items() if name != "csrf_token"}
    tie = view.tie(whole_number("tie"))
    return _about(tie) if tie else {}


def _about(tie: Tie) -> dict[str, str]:
    act = request.args.get("act", "")
    return {
        "act": act if act in set(MarkAct) else MarkAct.HIDE,
        "text": tie.text,
        "path": tie.path,
        "nth": str(tie.nth),
        "scope": "place",
        "kind": tie.told.kind,
        "override_text": tie.text,
        "override_path": tie.path,
    }


def go_on(review_id: int | None, chosen: ReviewFilter) -> BaseResponse:
    """To an item, or to the list where there is none; the filter goes along."""
    arguments = filter_arguments(chosen)
    if review_id is None:
        return redirect(url_for("reviews.index", **arguments), code=303)
    return redirect(url_for("reviews.show", review_id=review_id, **arguments), code=303)


def read_filter() -> ReviewFilter:
    """The filter of the address; junk in it filters nothing."""
    court, route = request.args.get("court", ""), request.args.get("route", "")
    return ReviewFilter(
        court=court if court in BY_CODE else "",
        leak=LEAK_CHOICES.get(request.args.get("leak", "")),
        older_than_days=min(whole_number("age"), 3650),
        reason=request.args.get("reason", "")[:200],
        route=Route(route) if route in set(Route) else None,
    )


def filter_arguments(chosen: ReviewFilter) -> dict[str, Any]:
    """The filter as an address carries it; what filters nothing is left out."""
    leak = next((word for word, value in LEAK_CHOICES.items() if value is chosen.leak), "")
    arguments = {
        "court": chosen.court,
        "leak": leak,
        "age": chosen.older_than_days,
        "reason": chosen.reason,
        "route": chosen.route,
    }
    return {name: value for name, value in arguments.items() if value}
