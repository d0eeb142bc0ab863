"""Standing pages: about this site, what is masked, what crawlers may read."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, current_app, make_response, render_template

from portal.hypermedia import render_page
from portal.public.rules import masking_rules
from portal.security import indexable
from portal.settings import Settings

blueprint = Blueprint("explanations", __name__)


@blueprint.get("/rules")
@indexable
def rules() -> Response:
    """What is masked on which page, and by which article."""
    return render_page("public/rules.html", rules=masking_rules(_own_policy()))


def _own_policy() -> Path | None:
    settings: Settings = current_app.extensions["settings"]
    return settings.policy_path if settings.policy_path.exists() else None


@blueprint.get("/about")
@indexable
def about() -> Response:
    """Who runs this site, what it is not, where to have an error corrected."""
    return render_page("public/about.html")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Crawlers may read what is written for everybody, never pages on a case or a person."""
    response = make_response(render_template("public/robots.txt"))
    response.content_type = "text/plain; charset=utf-8"
    return response
