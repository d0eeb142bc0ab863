"""Every case of the registry: where it stands, its record, and taking it from the public."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug import Response as BaseResponse

from portal.errors import NotFound
from portal.hypermedia import render_page
from portal.office.desk_view import view_case
from portal.office.gates import current_gate, current_registry
from portal.office.guard import requires
from portal.office.pages import PAGE_SIZE, Pages, page_number, page_offset
from portal.office.record_view import record_changes
from portal.office.session import actor, is_senior
from portal.office.today import office_day
from portal.office.words import STANDINGS
from portal.publication.errors import NotPublished, PublicationError
from portal.publication.party_standing import list_parties
from portal.publication.preview import preview_case
from portal.publication.standing import CaseStanding, Standing, find_standing, list_cases
from portal.publication.withdrawal import ask_restoration, suspend_case
from portal.reference import case_numbers
from portal.reference.auction_terms import Verdict
from portal.reference.clock import start_of_day, today_in_beijing
from portal.reference.courts import BY_CODE
from portal.registry.auctions import auctions_of
from portal.registry.joint_acts import JointActRefused, Person, waiting_of
from portal.registry.queries import find_change, list_revisions, note_viewing
from portal.staff.permissions import Permission
from portal.staff.trail import TrailFilter, read_trail

blueprint = Blueprint("cases", __name__, url_prefix="/cases")

MAX_NUMBER = 60
RECENT_ACTS = 20


@blueprint.get("")
@requires(Permission.READ_RECORDS)
def index() -> Response:
    """Cases by number, court and standing."""
    number = request.args.get("number", "").strip()[:MAX_NUMBER]
    court = request.args.get("court", "")
    wanted = request.args.get("standing", "")
    standing = Standing(wanted) if wanted in set(Standing) else None
    today = request.args.get("published", "") == "today"
    cases, total = list_cases(
        current_gate().stores,
        number=number,
        court=court if court in BY_CODE else "",
        standing=standing,
        since=start_of_day(today_in_beijing()) if today else None,
        limit=PAGE_SIZE,
        offset=page_offset(),
    )
    return render_page(
        "office/cases.html",
        "results",
        cases=cases,
        pages=Pages(page_number(), total),
        number=number,
        court=court,
        standing=standing,
        today=today,
        standings=[(str(value), word) for value, word in STANDINGS.items()],
        slug_of=slug_of,
    )


@blueprint.get("/<slug>")
@requires(Permission.READ_RECORDS)
def show(slug: str) -> Response:
    """One case with its record and the public form today's rules would give it."""
    standing = case_standing(slug)
    note_viewing(current_registry(), standing.case_number, actor=actor())
    return _page(standing)


@blueprint.get("/<slug>/revisions/<int:revision>")
@requires(Permission.READ_RECORDS)
def revision(slug: str, revision: int) -> Response:
    """What one version of the case changed of the one before it."""
    standing = case_standing(slug)
    change = find_change(current_registry(), standing.case_number, revision)
    if change is None:
        raise NotFound("这件案件没有这一版。")
    note_viewing(current_registry(), standing.case_number, actor=actor())
    return render_page(
        "office/case_revision.html",
        case=standing,
        slug=slug_of(standing.case_number),
        change=change,
        changes=record_changes(change.before, change.after),
    )


@blueprint.post("/<slug>/withdraw")
@requires(Permission.WITHDRAW_CASES)
def withdraw(slug: str) -> BaseResponse:
    """Take the case from the public at once; another person has to confirm that it stays so."""

    def act(number: str, reason: str) -> str:
        try:
            suspend_case(current_gate(), number, actor(), reason, senior=is_senior())
        except NotPublished as nothing_public:
            # Not a failure: the case is barred from publication from now on.
            return str(nothing_public)
        return f"{number} 已停止公开，页面、名单和检索结果中都不再出现；等待另一人确认撤回。"

    return _settle(slug, act)


@blueprint.post("/<slug>/restore")
@requires(Permission.WITHDRAW_CASES)
def restore(slug: str) -> BaseResponse:
    """Ask that the case be public again; another person has to agree."""

    def act(number: str, reason: str) -> str:
        ask_restoration(current_gate(), number, actor(), reason, senior=is_senior())
        return f"{number} 已申请恢复公开，等待另一人同意。"

    return _settle(slug, act)


def slug_of(case_number: str) -> str:
    """The address form of a canonical number."""
    return case_numbers.parse(case_number).slug


def _settle(slug: str, act: Callable[[str, str], str]) -> BaseResponse:
    standing = case_standing(slug)
    reason = request.form.get("reason", "")
    try:
        message = act(standing.case_number, reason)
    except (PublicationError, JointActRefused) as error:
        return _page(standing, [("reason", str(error))], reason)
    flash(message, "good")
    return redirect(url_for("cases.show", slug=slug), code=303)


def case_standing(slug: str) -> CaseStanding:
    """The case at an address. Raises NotFound."""
    try:
        number = case_numbers.from_slug(slug).canonical
    except case_numbers.CaseNumberError:
        raise NotFound("地址中的案号无法识别。") from None
    standing = find_standing(current_gate().stores, number)
    if standing is None:
        raise NotFound(f"登记库中没有案件 {number}。")
    return standing


def _page(
    standing: CaseStanding, errors: list[tuple[str, str]] | None = None, reason: str = ""
) -> Response:
    gate = current_gate()
    desk = view_case(preview_case(gate, standing.case_number), gate.redactor.policy)
    acts, _ = read_trail(
        current_registry(), TrailFilter(subject=standing.case_number), limit=RECENT_ACTS
    )
    return render_page(
        "office/case.html",
        status=422 if errors else 200,
        case=standing,
        desk=desk,
        revisions=list_revisions(current_registry(), standing.case_number),
        auctions=auctions_of(current_registry(), standing.case_number, office_day()),
        Verdict=Verdict,
        acts=[act for act in acts if act.subject == standing.case_number],
        slug=slug_of(standing.case_number),
        waiting=waiting_of(current_registry(), standing.case_number),
        me=Person(actor(), is_senior()),
        parties=list_parties(current_gate().desk, standing.case_number),
        errors=errors or [],
        reason=reason,
    )
