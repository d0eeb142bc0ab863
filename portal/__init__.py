"""营口法院执行信息公开: the portal's application factory.

One code base, two surfaces. The public one is built from the disclosure store and the
search index alone; the office is built from both stores. Packages of the surface that
is not standing are never imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from portal.settings import Settings

# Bytes of a request body: the public surface takes small forms, the office whole exports.
MAX_BODY = {"public": 64 * 1024, "office": 1024 * 1024 * 1024}
# What a server in front has to let through: one public view takes letters with proof.
LARGEST_BODY = MAX_BODY | {"public": 9 * 1024 * 1024}


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app of one surface: settings → extensions → surface → errors.

    Imports stand inside, so that the domain packages below can be used without Flask.
    """
    from flask import Flask

    from portal.display import init_display
    from portal.errors import init_errors
    from portal.extensions import init_database
    from portal.formatting import init_formatting
    from portal.hypermedia import init_hypermedia
    from portal.security import init_security
    from portal.settings import Surface, read_settings

    settings = settings or read_settings()
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        MAX_CONTENT_LENGTH=MAX_BODY[settings.surface],
    )
    app.extensions["settings"] = settings
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True

    init_database(app, settings)
    init_formatting(app)
    init_display(app)
    init_hypermedia(app)
    init_security(app, settings)
    if settings.surface is Surface.PUBLIC:
        from portal.public import register_public

        register_public(app)
    else:
        from portal.office import register_office

        register_office(app)
    init_errors(app, settings)
    return app
