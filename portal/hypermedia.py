"""Pages and their fragments: the same address, the same template, a named block of it.

htmx 4 says in ``HX-Request-Type`` whether it will put the answer into a part of the
page; nothing else makes an answer a fragment (a history restore asks for ``full``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import make_response, render_template, request
from jinja2_fragments.flask import render_block

if TYPE_CHECKING:
    from flask import Flask, Response

# Read by htmx from <meta name="htmx-config">. The indicator rules are in our own style
# sheet; going back reloads the page, so that a fragment can never be shown as a page.
HTMX_CONFIG: dict[str, str | int | bool] = {
    "includeIndicatorCSS": False,
    "history": "reload",
    "defaultTimeout": 15000,
}


def init_hypermedia(app: Flask) -> None:
    """Tell caches what the answers depend on, and templates how htmx is set up."""
    app.jinja_env.globals["htmx_config"] = HTMX_CONFIG
    app.after_request(vary_by_request_type)


def wants_fragment() -> bool:
    """Whether htmx will put the answer into a part of the page."""
    return request.headers.get("HX-Request-Type") == "partial"


def render_page(
    template: str, block: str | None = None, *, status: int = 200, **context: Any
) -> Response:
    """Render a page, or only its ``block`` when htmx asked for a part of it.

    The template sees ``fragment``, so that a block can bring along what has to change
    elsewhere on the page (the announced count, out of band).
    """
    fragment = block is not None and wants_fragment()
    if block is not None and fragment:
        body = render_block(template, block, fragment=True, **context)
    else:
        body = render_template(template, fragment=False, **context)
    response = make_response(body)
    response.status_code = status
    return response


def vary_by_request_type(response: Response) -> Response:
    """A cache must not hand a fragment to somebody who asked for the page."""
    response.vary.update(("HX-Request", "HX-Request-Type"))
    return response
