"""The home page: one search box, ways in by need, what is new."""

from __future__ import annotations

from flask import Blueprint, Response

from portal.disclosure.auctions import open_auctions
from portal.disclosure.figures import read_figures
from portal.disclosure.stories import recent_stories
from portal.extensions import db
from portal.hypermedia import render_page
from portal.security import indexable

RECENT = 5

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@indexable
def show() -> Response:
    """The front of the house."""
    return render_page(
        "public/home.html",
        figures=read_figures(db.session()),
        stories=recent_stories(db.session(), RECENT),
        auctions=open_auctions(db.session(), RECENT),
    )
