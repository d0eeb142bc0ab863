"""The internet surface: one module a noun, each with its own blueprint."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def register_public(app: Flask) -> None:
    """Register the pages of the public surface; nothing here knows the registry."""
    from portal.disclosure.namesakes import compare, facts_of
    from portal.public import (
        auctions,
        by_number,
        cases,
        debtors,
        explanations,
        health,
        home,
        inability,
        notices,
        party,
        restrictions,
        search,
        statistics,
        stories,
        submissions,
        terminations,
        uploads,
    )
    from portal.public.index import init_index
    from portal.public.parameters import TokenConverter
    from portal.reference.regions import region_of

    app.config["ERROR_LAYOUT"] = "layouts/public.html"
    app.config["ERROR_HELP"] = "components/search_again.html"
    app.url_map.converters["token"] = TokenConverter
    app.jinja_env.filters.update(facts=facts_of, differences=compare, id_region=region_of)
    init_index(app)
    uploads.init_uploads(app)
    for module in (
        home,
        search,
        by_number,
        cases,
        debtors,
        restrictions,
        terminations,
        auctions,
        statistics,
        stories,
        notices,
        party,
        submissions,
        inability,
        explanations,
        health,
    ):
        app.register_blueprint(module.blueprint)
