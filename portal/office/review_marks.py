"""Marks on the words of an item, and what two people let stand: each form checks the case anew."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, request
from werkzeug import Response as BaseResponse

from portal.office.gates import current_gate
from portal.office.guard import requires
from portal.office.pages import whole_number
from portal.office.record_view import record_texts
from portal.office.review_page import SCOPES, find_item, go_on, read_filter, refused_page
from portal.office.session import actor, may
from portal.publication.errors import (
    MarkRefused,
    OverrideRefused,
    PublicationError,
    ReasonMissing,
)
from portal.publication.gate import Gate
from portal.publication.marks import add_mark, remove_mark
from portal.publication.overrides import ask_override, decide_override
from portal.publication.preview import preview_case
from portal.registry.review_queue import ReviewItem
from portal.staff.permissions import Permission
from redaction import Kind, Mark, MarkAct, Mask

blueprint = Blueprint("review_marks", __name__, url_prefix="/reviews/<int:review_id>")

MARKED = {
    MarkAct.HIDE: "已屏蔽，并重新核验。",
    MarkAct.KEEP: "已登记不屏蔽，并重新核验。",
    MarkAct.LINK: "已认定为同一人，并重新核验。",
}


@blueprint.post("/marks")
@requires(Permission.REVIEW)
def add(review_id: int) -> BaseResponse:
    """Mask, keep or link words, here, in the field or in the whole case."""
    item = find_item(review_id)
    wanted = request.form.get("act", "")
    act = MarkAct(wanted) if wanted in set(MarkAct) else MarkAct.HIDE

    def change(gate: Gate) -> None:
        add_mark(
            gate,
            review_id,
            _read_mark(gate, item, act),
            actor(),
            seen=whole_number("edition"),
            reason=request.form.get("mark_reason", ""),
        )

    return _change(item, change, MARKED[act], "mark_reason")


@blueprint.post("/marks/remove")
@requires(Permission.REVIEW)
def remove(review_id: int) -> BaseResponse:
    """Take a mark back, for a reason."""

    def change(gate: Gate) -> None:
        remove_mark(
            gate,
            review_id,
            whole_number("removed"),
            actor(),
            seen=whole_number("edition"),
            reason=request.form.get("removal_reason", ""),
        )

    return _change(find_item(review_id), change, "标记已撤销，并重新核验。", "removal_reason")


@blueprint.post("/overrides")
@requires(Permission.REVIEW)
def ask(review_id: int) -> BaseResponse:
    """Ask that private words may stand in one field."""

    def change(gate: Gate) -> None:
        ask_override(
            gate,
            review_id,
            request.form.get("override_path", "")[:500],
            request.form.get("override_text", "").strip(),
            actor(),
            seen=whole_number("edition"),
            reason=request.form.get("override_reason", ""),
        )

    said = "申请已提交，须由另一名审核负责人批准。"
    return _change(find_item(review_id), change, said, "override_reason")


@blueprint.post("/overrides/decide")
@requires(Permission.OVERRIDE_LEAKS)
def decide(review_id: int) -> BaseResponse:
    """Say yes or no to what somebody else asked."""
    granted = request.form.get("decision") == "grant"

    def change(gate: Gate) -> None:
        decide_override(
            gate,
            review_id,
            whole_number("override"),
            actor(),
            granted=granted,
            seen=whole_number("edition"),
            reason=request.form.get("decision_reason", ""),
            decider=may(Permission.OVERRIDE_LEAKS),
        )

    said = "已批准保留，并重新核验。" if granted else "已决定不予保留。"
    return _change(find_item(review_id), change, said, "decision_reason")


def _change(
    item: ReviewItem, change: Callable[[Gate], None], said: str, reason_field: str
) -> BaseResponse:
    """Do it and show the item again; what was typed is given back where it was refused."""
    try:
        change(current_gate())
    except ReasonMissing as missing:
        return refused_page(item, missing, reason_field)
    except (MarkRefused, OverrideRefused) as refused:
        return refused_page(item, refused, refused.field)
    except PublicationError as error:
        return refused_page(item, error, reason_field)
    flash(f"{item.case_number} {said}", "good")
    return go_on(item.id, read_filter())


def _read_mark(gate: Gate, item: ReviewItem, act: MarkAct) -> Mark:
    """The mark a form describes. Raises MarkRefused."""
    form = request.form
    kind, mask = form.get("kind", ""), form.get("mask", "")
    scope, text = form.get("scope", ""), form.get("text", "").strip()
    if kind and kind not in set(Kind):
        raise MarkRefused("没有这种类型", "kind")
    if mask and mask not in set(Mask):
        raise MarkRefused("没有这种屏蔽方式", "mask")
    known = Kind(kind) if kind else Kind.OTHER
    usual = gate.redactor.policy.kinds[known].masks[0]
    path = "" if scope not in SCOPES[1:] else form.get("path", "")[:500]
    if scope in SCOPES[1:] and not path:
        raise MarkRefused("请选择是哪一个字段", "path")
    return Mark(
        act,
        text,
        path,
        _start(gate, item, path, text) if scope == "place" else None,
        known,
        Mask(mask) if mask else usual,
        form.get("same_as", "").strip() if act is MarkAct.LINK else "",
    )


def _start(gate: Gate, item: ReviewItem, path: str, text: str) -> int:
    """Offset of the n-th place where the words stand in a field of the record."""
    record = preview_case(gate, item.case_number).preview.record
    written = dict(record_texts(record)).get(path, "")
    start = -1
    for _ in range(max(1, whole_number("nth", 1))):
        start = written.find(text, start + 1) if text else -1
        if start < 0:
            raise MarkRefused("该字段的原文中没有这一处文字，请从左栏原样选取", "text")
    return start
