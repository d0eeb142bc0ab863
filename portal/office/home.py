"""The desk: what waits for the person who just sat down."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app

from portal.correspondence.desk import weigh_letters
from portal.hypermedia import render_page
from portal.office.gates import current_gate, current_registry
from portal.office.guard import requires
from portal.office.health import office_health
from portal.office.inbox_keys import letter_desk
from portal.office.reviews import AGES, queue_age
from portal.office.session import current_member
from portal.office.today import office_day
from portal.press.queries import count_stories, list_published_since
from portal.publication.deadlines import Urgency, read_deadlines
from portal.publication.standing import read_overview
from portal.reference.clock import start_of_day, today_in_beijing
from portal.registry.joint_acts import JointState, list_joint_acts
from portal.registry.queries import list_imports
from portal.registry.review_queue import ReviewFilter, count_waiting_by_reason
from portal.staff.permissions import Permission, is_granted

blueprint = Blueprint("home", __name__)

RECENT_IMPORTS = 5
RECENT_PAIRS = 3
RECENT_STORIES = 5


@blueprint.get("/")
@requires(Permission.OWN_ACCOUNT)
def index() -> Response:
    """Only the parts the person's role may read are asked for."""
    role, registry = current_member().role, current_registry()
    parts: dict[str, Any] = {}
    if is_granted(role, Permission.READ_IMPORTS):
        index_path = current_app.extensions["settings"].index_path
        since = start_of_day(today_in_beijing())
        parts["overview"] = read_overview(current_gate().stores, index_path, since)
        parts["imports"], _ = list_imports(registry, limit=RECENT_IMPORTS)
    if is_granted(role, Permission.READ_RECORDS):
        parts["reasons"] = count_waiting_by_reason(registry)
        parts["age"], parts["ages"] = queue_age(ReviewFilter()), AGES
        gate = current_gate()
        parts["deadlines"] = read_deadlines(gate.stores, gate.key, office_day())
        parts["Urgency"] = Urgency
        parts["pairs"], parts["pairs_waiting"] = list_joint_acts(
            registry, JointState.WAITING, limit=RECENT_PAIRS
        )
    if is_granted(role, Permission.READ_HEALTH):
        parts["health"] = office_health()
    if is_granted(role, Permission.READ_LETTERS):
        parts["letters"] = weigh_letters(letter_desk(), today_in_beijing())
    if is_granted(role, Permission.READ_STORIES):
        parts["stories"] = count_stories(registry)
        since = start_of_day(today_in_beijing())
        parts["new_stories"] = list_published_since(registry, since, RECENT_STORIES)
    return render_page("office/home.html", **parts)
