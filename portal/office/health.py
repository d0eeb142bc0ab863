"""Whether what has to run by itself runs, and what the last leak checks found."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, current_app

from portal.hypermedia import render_page
from portal.office.cases import slug_of
from portal.office.gates import current_gate
from portal.office.guard import requires
from portal.publication.health import Condition, Health, read_health
from portal.reference import case_numbers
from portal.registry.leak_checks import newest_checks
from portal.staff.permissions import Permission

blueprint = Blueprint("health", __name__, url_prefix="/health")

CHECKS_SHOWN = 14


@blueprint.get("")
@requires(Permission.READ_HEALTH)
def show() -> Response:
    """The schedule, the worker, the index, the log, and the newest leak checks."""
    with current_gate().stores.registry() as session:
        checks = newest_checks(session, CHECKS_SHOWN)
    return render_page(
        "office/health.html",
        health=office_health(),
        checks=checks,
        case_slug=case_slug,
        Condition=Condition,
    )


def office_health() -> tuple[Health, ...]:
    """How everything stands now."""
    index_path = current_app.extensions["settings"].index_path
    return read_health(current_gate().stores, index_path, datetime.now(UTC))


def case_slug(item: str) -> str:
    """The address form of an item that is a case, "" for a story or a file."""
    try:
        return slug_of(item)
    except case_numbers.CaseNumberError:
        return ""
