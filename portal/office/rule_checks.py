"""After the rules changed: what they affect of what is public, and publishing it anew."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.errors import NotFound
from portal.hypermedia import render_page
from portal.office.field_names import PUBLIC_PAGES, path_label
from portal.office.gates import current_gate, current_registry
from portal.office.guard import requires
from portal.office.pages import PAGE_SIZE, Pages, page_number, page_offset
from portal.office.session import actor
from portal.office.word_diff import DiffPiece, compare_words
from portal.publication.rule_effects import Verdict
from portal.registry.leases import cancel_job, find_job
from portal.registry.rule_checks import (
    RuleCheck,
    RuleItem,
    choose_items,
    count_items,
    list_items,
    newest_check,
    start_check,
)
from portal.staff.permissions import Permission

blueprint = Blueprint("rule_checks", __name__, url_prefix="/rules")


@blueprint.get("")
@requires(Permission.READ_RECORDS)
def show() -> Response:
    """The newest check: how far it is, or what it found, item by item with before and after."""
    registry, check = current_registry(), newest_check(current_registry())
    wanted = request.args.get("verdict", "")
    verdict = wanted if wanted in set(Verdict) else ""
    items, total = (
        list_items(registry, check.id, verdict, limit=PAGE_SIZE, offset=page_offset())
        if check
        else ([], 0)
    )
    return render_page(
        "office/rule_checks.html",
        "progress",
        check=check,
        rules=current_gate().redactor.version,
        counts=count_items(registry, check.id) if check else {},
        items=[(item, _changes(item)) for item in items],
        verdict=verdict,
        verdicts=list(Verdict),
        pages=Pages(page_number(), total),
    )


@blueprint.post("")
@requires(Permission.RENEW_PAGES)
def start() -> BaseResponse:
    """Have everything public compared with today's rules."""
    start_check(current_registry(), current_gate().redactor.version, actor(), datetime.now(UTC))
    return redirect(url_for("rule_checks.show"), code=303)


@blueprint.post("/<int:check_id>/renew")
@requires(Permission.RENEW_PAGES)
def renew(check_id: int) -> BaseResponse:
    """Publish the chosen cases anew, or all that are affected."""
    check = _check(check_id)
    chosen = {int(each) for each in request.form.getlist("item") if each.isdecimal()}
    if "all" not in request.form and not chosen:
        flash("请先勾选要重新发布的案件。", "warn")
    elif not choose_items(
        current_registry(), check.id, None if "all" in request.form else chosen, actor()
    ):
        flash("没有可以重新发布的案件：可能正在处理，或者已由他人处理。", "warn")
    return redirect(url_for("rule_checks.show"), code=303)


@blueprint.post("/<int:check_id>/cancel")
@requires(Permission.RENEW_PAGES)
def cancel(check_id: int) -> BaseResponse:
    """Stop; what was published anew stays."""
    check = _check(check_id)
    now = datetime.now(UTC)
    if not cancel_job(current_registry(), check, actor(), now, "rules.cancel", check.rules):
        flash("这次检查已经结束或取消。", "warn")
    return redirect(url_for("rule_checks.show"), code=303)


def _check(check_id: int) -> RuleCheck:
    check = find_job(current_registry(), RuleCheck, check_id)
    if check is None:
        raise NotFound("没有这次检查。")
    return check


def _changes(item: RuleItem) -> list[tuple[str, tuple[DiffPiece, ...]]]:
    """Page and field in Chinese, and the words that go and come."""
    return [
        (
            f"{PUBLIC_PAGES.get(change['page'].split('/')[1], '')} {path_label(change['field'])}",
            compare_words(change["before"], change["after"]),
        )
        for change in item.changes
    ]
