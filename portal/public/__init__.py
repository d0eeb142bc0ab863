"""The internet surface: one module a noun, each with its own blueprint."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def register_public(app: Flask) -> None:
    """Register the pages of the public surface; nothing here knows the registry."""
    from portal.public import health

    app.config["ERROR_LAYOUT"] = "layouts/public.html"
    for module in (health,):
        app.register_blueprint(module.blueprint)
