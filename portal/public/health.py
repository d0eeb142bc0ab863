"""Liveness and readiness, for the process supervisor and the load balancer."""

from __future__ import annotations

from flask import Blueprint

from portal.security import unstored

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@unstored
def alive() -> tuple[str, dict[str, str]]:
    """The process answers. Touches neither store nor index."""
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}
