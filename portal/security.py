"""Response headers of both surfaces: what a browser may do with a page, and keep of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from flask import current_app, request

from portal.settings import Surface

if TYPE_CHECKING:
    from flask import Flask, Response

    from portal.settings import Settings

View = TypeVar("View", bound=Callable[..., object])

CONTENT_SECURITY_POLICY: dict[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
DENIED_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "payment",
    "usb",
)
HEADERS: dict[str, str] = {
    "Content-Security-Policy": "; ".join(
        f"{name} {value}" for name, value in CONTENT_SECURITY_POLICY.items()
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in DENIED_FEATURES),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"
NOINDEX = "noindex, nofollow, noarchive"

KEEP_FOREVER = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
KEEP_NOTHING = "no-store"


def indexable(view: View) -> View:
    """Let search engines keep this page. Pages on a person or a case never ask for it."""
    view.indexable = True  # type: ignore[attr-defined]
    return view


def unstored(view: View) -> View:
    """Keep this page out of every cache: its address or its content says who asked what."""
    view.unstored = True  # type: ignore[attr-defined]
    return view


def init_security(app: Flask, settings: Settings) -> None:
    """Set the headers on every response, errors included."""
    office = settings.surface is Surface.OFFICE

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers[name] = value
        if settings.https:
            response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
        if not (response.status_code == 200 and current_view_has("indexable")):
            response.headers["X-Robots-Tag"] = NOINDEX
        if request.endpoint == "static" and response.status_code < 400:
            response.headers["Cache-Control"] = static_caching()
            return response
        if office or response.status_code >= 400 or current_view_has("unstored"):
            response.headers["Cache-Control"] = KEEP_NOTHING
            return response
        response.headers["Cache-Control"] = REVALIDATE
        if response.status_code == 200 and request.method in {"GET", "HEAD"}:
            response.add_etag()
            response.make_conditional(request)
        return response


def static_caching() -> str:
    """A file asked for by its current version never changes; any other is asked for again."""
    versions: dict[str, str] = current_app.extensions["asset_versions"]
    version = versions.get((request.view_args or {}).get("filename", ""))
    return KEEP_FOREVER if version and request.args.get("v") == version else REVALIDATE


def current_view_has(mark: str) -> bool:
    """Whether the view that answers this request carries the mark."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, mark, False))
