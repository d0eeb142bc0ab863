"""How a reader wants the pages shown: large type (大字版) and high contrast.

Kept in one cookie that holds nothing else, set by a plain POST form, so that it works
without JavaScript and the address never carries it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, request

from portal.security import unstored

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug import Response

COOKIE = "display"
ONE_YEAR = 365 * 24 * 3600
LARGE, CONTRAST = "large", "contrast"

blueprint = Blueprint("display", __name__)


@dataclass(frozen=True)
class Display:
    """The reader's choice; the default is neither."""

    large: bool = False
    contrast: bool = False

    @classmethod
    def read(cls, cookie: str) -> Display:
        """Read the cookie back; anything but the known words is ignored."""
        words = cookie.split(".")
        return cls(large=LARGE in words, contrast=CONTRAST in words)

    @property
    def words(self) -> list[str]:
        """The choices that are on, as they stand in the cookie."""
        return [word for word in (LARGE, CONTRAST) if getattr(self, word)]

    @property
    def css_classes(self) -> str:
        """Classes of the ``html`` element."""
        return " ".join(f"display-{word}" for word in self.words)

    def toggled(self, choice: str) -> Display:
        """The same with one choice turned over; an unknown choice changes nothing."""
        if choice not in {LARGE, CONTRAST}:
            return self
        return replace(self, **{choice: not getattr(self, choice)})


def init_display(app: Flask) -> None:
    """Hand the choice to every template and take changes at ``POST /display``."""
    app.context_processor(lambda: {"display": current_display(), "way_back": way_back()})
    app.after_request(vary_by_cookie)
    app.register_blueprint(blueprint)


def current_display() -> Display:
    """What this reader chose."""
    return Display.read(request.cookies.get(COOKIE, ""))


def way_back() -> str:
    """Where the reader returns to after changing the display: this page, if it was fetched."""
    return own_path(request.full_path.rstrip("?")) if request.method == "GET" else "/"


def vary_by_cookie(response: Response) -> Response:
    """Pages differ by the choice; static files do not."""
    if request.endpoint != "static":
        response.vary.add("Cookie")
    return response


@blueprint.post("/display")
@unstored
def change() -> Response:
    """Turn one choice over and go back to the page the reader came from."""
    display = current_display().toggled(request.form.get("toggle", ""))
    response = redirect(own_path(request.form.get("next", "")), code=303)
    settings = current_app.extensions["settings"]
    response.set_cookie(
        COOKIE,
        ".".join(display.words),
        max_age=ONE_YEAR,
        secure=settings.https,
        httponly=True,
        samesite="Lax",
    )
    return response


def own_path(target: str) -> str:
    """The target when it is a path of this site, else the home page (no open redirect).

    Browsers read a backslash as a slash and drop tabs and line breaks, so a path that
    holds any of them could still lead elsewhere.
    """
    if not target.startswith("/") or target.startswith("//"):
        return "/"
    if "\\" in target or not target.isprintable():
        return "/"
    try:
        parts = urlsplit(target)
    except ValueError:
        return "/"
    return "/" if parts.scheme or parts.netloc else target
