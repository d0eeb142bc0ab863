"""The review queue and its items: see why a case is held, release it or mask more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.errors import NotFound
from portal.hypermedia import render_page
from portal.office.gates import current_gate, current_registry
from portal.office.guard import requires
from portal.office.pages import PAGE_SIZE, Pages, page_number, page_offset, whole_number
from portal.office.record_view import draft_sections, record_sections
from portal.office.session import actor, current_member
from portal.publication.errors import PublicationError, ReasonMissing
from portal.publication.gate import Gate, Outcome
from portal.publication.preview import preview_case
from portal.publication.review import approve as approve_review
from portal.publication.terms import hide_term, keep_term, remove_term
from portal.reference.courts import BY_CODE
from portal.registry.models import ReviewState
from portal.registry.queries import (
    ReviewFilter,
    ReviewItem,
    count_waiting_by_reason,
    find_neighbours,
    find_review,
    note_viewing,
    review_queue,
    waiting_review,
)
from portal.staff.permissions import Permission, is_granted

blueprint = Blueprint("reviews", __name__, url_prefix="/reviews")

AGES = ((3, "三天以上"), (7, "一周以上"), (30, "一个月以上"))
LEAK_CHOICES = {"yes": True, "no": False}
OUTCOMES = {
    Outcome.RELEASED: "已通过核验并公开。",
    Outcome.NOT_PUBLIC: "已按不公开案件发布（仅案号、法院、立案日期和理由）。",
    Outcome.WITHDRAWN: "该案件处于撤回状态，没有公开。",
}


@blueprint.get("")
@requires(Permission.READ_RECORDS)
def index() -> Response:
    """What waits, oldest first, narrowed by the filters of the address."""
    chosen = _filter()
    items, total = review_queue(current_registry(), chosen, limit=PAGE_SIZE, offset=page_offset())
    return render_page(
        "office/reviews.html",
        "results",
        items=items,
        pages=Pages(page_number(), total),
        chosen=chosen,
        arguments=_arguments(chosen),
        reasons=[
            (reason, f"{reason}（{number}）")
            for reason, number in count_waiting_by_reason(current_registry()).items()
        ],
        ages=AGES,
    )


@blueprint.get("/<int:review_id>")
@requires(Permission.READ_RECORDS)
def show(review_id: int) -> Response:
    """One item: the record as it came beside the page as it would be."""
    item = _item(review_id)
    note_viewing(current_registry(), item.case_number, actor=actor())
    return _page(item)


@blueprint.post("/<int:review_id>/approve")
@requires(Permission.REVIEW)
def approve(review_id: int) -> BaseResponse:
    """Release the case as drafted and go on to the next item."""
    item, chosen = _item(review_id), _filter()
    reason = request.form.get("reason", "")
    following = find_neighbours(current_registry(), review_id, chosen)
    try:
        outcome = approve_review(
            current_gate(),
            review_id,
            actor(),
            reason,
            second_reader=is_granted(current_member().role, Permission.SECOND_READING),
        )
    except PublicationError as error:
        return _page(item, [("reason", str(error))], reason=reason)
    if outcome is Outcome.HELD:
        flash(f"{item.case_number} 初审意见已记录，须由审核负责人复核后才会公开。", "warn")
    else:
        flash(f"{item.case_number} {OUTCOMES[outcome]}", "good")
    return _go_on(following.after or following.before, chosen)


@blueprint.post("/<int:review_id>/terms")
@requires(Permission.REVIEW)
def add_term(review_id: int) -> BaseResponse:
    """Mask one more word in this case; the gate then looks at all of it again."""
    term = request.form.get("term", "")
    return _change_terms(
        review_id,
        "屏蔽词已生效",
        lambda gate: hide_term(gate, review_id, term, actor()),
        term=term,
    )


@blueprint.post("/<int:review_id>/kept-terms")
@requires(Permission.REVIEW)
def add_kept_term(review_id: int) -> BaseResponse:
    """Leave a word of this case as it is written, for a reason."""
    term, reason = request.form.get("kept", ""), request.form.get("kept_reason", "")
    return _change_terms(
        review_id,
        "不屏蔽词已登记",
        lambda gate: keep_term(gate, review_id, term, reason, actor()),
        kept=term,
        kept_reason=reason,
    )


@blueprint.post("/<int:review_id>/terms/remove")
@requires(Permission.REVIEW)
def take_term_back(review_id: int) -> BaseResponse:
    """Take back a word somebody added, for a reason."""
    reason = request.form.get("removal_reason", "")
    return _change_terms(
        review_id,
        "该词已撤销",
        lambda gate: remove_term(gate, review_id, whole_number("removed"), reason, actor()),
        removed=request.form.get("removed", ""),
        removal_reason=reason,
    )


def _change_terms(
    review_id: int, done: str, change: Callable[[Gate], Outcome], **typed: str
) -> BaseResponse:
    """Do it and go where the case went; ``typed`` is given back where it was refused."""
    item, chosen = _item(review_id), _filter()
    following = find_neighbours(current_registry(), review_id, chosen)
    try:
        outcome = change(current_gate())
    except ReasonMissing as missing:
        return _page(item, [(list(typed)[-1], str(missing))], **typed)
    except PublicationError as error:
        return _page(item, [(next(iter(typed)), str(error))], **typed)
    if outcome is Outcome.HELD:
        flash(f"{done}，案件仍需审核，请核对新的结果。", "warn")
        return _go_on(waiting_review(current_registry(), item.case_number), chosen)
    flash(f"{done}。{item.case_number} {OUTCOMES[outcome]}", "good")
    return _go_on(following.after or following.before, chosen)


def _item(review_id: int) -> ReviewItem:
    item = find_review(current_registry(), review_id)
    if item is None:
        raise NotFound("没有这一审核项。")
    return item


def _page(item: ReviewItem, errors: list[tuple[str, str]] | None = None, **typed: str) -> Response:
    chosen = _filter()
    preview = preview_case(current_gate(), item.case_number)
    newer = None
    if item.state is not ReviewState.WAITING:
        newer = waiting_review(current_registry(), item.case_number)
    return render_page(
        "office/review.html",
        status=422 if errors else 200,
        item=item,
        preview=preview,
        record=record_sections(preview.record, preview.findings),
        draft=draft_sections(preview.sections),
        neighbours=find_neighbours(current_registry(), item.id, chosen),
        arguments=_arguments(chosen),
        newer=newer,
        errors=errors or [],
        typed=typed,
    )


def _go_on(review_id: int | None, chosen: ReviewFilter) -> BaseResponse:
    if review_id is None:
        return redirect(url_for("reviews.index", **_arguments(chosen)), code=303)
    address = url_for("reviews.show", review_id=review_id, **_arguments(chosen))
    return redirect(address, code=303)


def _filter() -> ReviewFilter:
    """The filter of the address; junk in it filters nothing."""
    court = request.args.get("court", "")
    return ReviewFilter(
        court=court if court in BY_CODE else "",
        leak=LEAK_CHOICES.get(request.args.get("leak", "")),
        older_than_days=min(whole_number("age"), 3650),
        reason=request.args.get("reason", "")[:200],
    )


def _arguments(chosen: ReviewFilter) -> dict[str, Any]:
    leak = next((word for word, value in LEAK_CHOICES.items() if value is chosen.leak), "")
    arguments = {
        "court": chosen.court,
        "leak": leak,
        "age": chosen.older_than_days,
        "reason": chosen.reason,
    }
    return {name: value for name, value in arguments.items() if value}
