"""The review queue and its items: see why a case is held, and release it, alone or in a batch."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, flash, request
from werkzeug import Response as BaseResponse

from portal.hypermedia import render_page
from portal.office.gates import current_gate, current_registry
from portal.office.guard import requires
from portal.office.pages import PAGE_SIZE, Pages, page_number, page_offset, whole_number
from portal.office.review_page import (
    INVALID,
    filter_arguments,
    find_item,
    go_on,
    read_filter,
    refused_page,
    review_page,
)
from portal.office.session import actor, may
from portal.publication.batch import BatchReport, release_batch
from portal.publication.errors import PublicationError, ReasonMissing
from portal.publication.outcomes import Outcome
from portal.publication.review import approve as approve_review
from portal.registry.models import Route
from portal.registry.queries import note_viewing
from portal.registry.review_queue import (
    QueueAge,
    ReviewFilter,
    count_waiting_by_reason,
    find_neighbours,
    review_queue,
    weigh_queue,
)
from portal.staff.permissions import Permission

blueprint = Blueprint("reviews", __name__, url_prefix="/reviews")

AGES = ((3, "三天以上"), (7, "一周以上"), (30, "一个月以上"))
OUTCOMES = {
    Outcome.RELEASED: "已通过核验并公开。",
    Outcome.NOT_PUBLIC: "已按不公开案件发布（仅案号、法院、立案日期和理由）。",
    Outcome.WITHDRAWN: "该案件处于撤回状态，没有公开。",
}


@blueprint.get("")
@requires(Permission.READ_RECORDS)
def index() -> Response:
    """What waits, oldest first, narrowed by the filters of the address."""
    return _queue()


@blueprint.get("/<int:review_id>")
@requires(Permission.READ_RECORDS)
def show(review_id: int) -> Response:
    """One item: the record as it came beside the page as it would be."""
    item = find_item(review_id)
    note_viewing(current_registry(), item.case_number, actor=actor())
    return review_page(item)


@blueprint.post("/<int:review_id>/approve")
@requires(Permission.REVIEW)
def approve(review_id: int) -> BaseResponse:
    """Release the case as drafted and go on to the next item."""
    item, chosen = find_item(review_id), read_filter()
    following = find_neighbours(current_registry(), review_id, chosen)
    try:
        outcome = approve_review(
            current_gate(),
            review_id,
            actor(),
            request.form.get("reason", ""),
            seen=whole_number("edition"),
            second_reader=may(Permission.SECOND_READING),
        )
    except PublicationError as error:
        return refused_page(item, error, "reason")
    if outcome is Outcome.HELD:
        flash(f"{item.case_number} 初审意见已记录，须由审核负责人复核后才会公开。", "warn")
    else:
        flash(f"{item.case_number} {OUTCOMES[outcome]}", "good")
    return go_on(following.after or following.before, chosen)


@blueprint.post("/batch")
@requires(Permission.REVIEW)
def release() -> BaseResponse:
    """Release the ticked items, each of them checked anew."""
    chosen = [pair for value in request.form.getlist("item") if (pair := _read_choice(value))]
    if not chosen:
        return _queue([("batch-reason", "请先勾选要放行的案件")])
    try:
        report = release_batch(current_gate(), chosen, actor(), request.form.get("reason", ""))
    except ReasonMissing as missing:
        return _queue([("batch-reason", str(missing))])
    _tell(report)
    return go_on(None, read_filter())


def queue_age(chosen: ReviewFilter) -> QueueAge | None:
    """How long the items of the filter have waited, by the choices of the filter for it."""
    steps = [days for days, _ in AGES]
    return weigh_queue(current_registry(), chosen, steps, datetime.now(UTC))


def _queue(errors: list[tuple[str, str]] | None = None) -> Response:
    chosen = read_filter()
    items, total = review_queue(current_registry(), chosen, limit=PAGE_SIZE, offset=page_offset())
    return render_page(
        "office/reviews.html",
        "results",
        status=INVALID if errors else 200,
        items=items,
        pages=Pages(page_number(), total),
        chosen=chosen,
        arguments=filter_arguments(chosen),
        reasons=[
            (reason, f"{reason}（{number}）")
            for reason, number in count_waiting_by_reason(current_registry()).items()
        ],
        age=queue_age(chosen),
        ages=AGES,
        Route=Route,
        errors=errors or [],
        ticked=request.form.getlist("item"),
        reason=request.form.get("reason", ""),
    )


def _read_choice(value: str) -> tuple[int, int] | None:
    """``12:3`` → item 12 as it stood in edition 3; None for junk."""
    parts = value.split(":")
    if len(parts) != 2 or not all(p.isascii() and p.isdigit() and len(p) < 10 for p in parts):
        return None
    return int(parts[0]), int(parts[1])


def _tell(report: BatchReport) -> None:
    if report.released:
        flash(f"已放行 {len(report.released)} 件：{'、'.join(report.released)}", "good")
    for number, why in report.left:
        flash(f"{number} 没有放行：{why}", "warn")
