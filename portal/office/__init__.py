"""The intranet surface: the desk of the people who import, review, write, sign and audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

# Longest form the office takes, in bytes: a story of the greatest length, percent-encoded.
MAX_FORM = 2 * 1024 * 1024


def register_office(app: Flask) -> None:
    """Put the gate, the guard and every page of the office into the app.

    The guard is registered before the CSRF check, because that check reads the form: a
    stranger must not be able to make the office take in a file.
    """
    from portal.extensions import open_stores
    from portal.office import (
        accounts,
        auctions,
        audit,
        case_parties,
        cases,
        gate_runs,
        guard,
        health,
        home,
        import_jobs,
        imports,
        inbox,
        inbox_answers,
        inbox_files,
        inbox_keys,
        list_deadlines,
        navigation,
        own_account,
        password,
        previews,
        publication,
        review_marks,
        review_statistics,
        reviews,
        rule_checks,
        second_factor,
        sentences,
        session,
        sign_in,
        stories,
        story_attachments,
        story_pictures,
        uploads,
        withdrawals,
        words,
    )
    from portal.publication.gate import open_gate
    from portal.publication.worker import Worker
    from portal.reference.clock import today_in_beijing
    from portal.settings import demo_day

    settings = app.extensions["settings"]
    app.config.update(
        # A port does not part cookies: beside the public site the name has to.
        SESSION_COOKIE_NAME="office_session",
        SESSION_COOKIE_SAMESITE="Strict",
        WTF_CSRF_TIME_LIMIT=None,
        MAX_FORM_MEMORY_SIZE=MAX_FORM,
        ERROR_LAYOUT="office/layout.html",
    )
    with app.app_context():
        gate = open_gate(settings, open_stores())
    app.extensions["gate"] = gate
    app.extensions["gate_runs"] = gate_runs.GateRuns(
        gate, lambda: demo_day(settings.home) or today_in_beijing()
    )
    # Started where the office is served; tests and ``portal work`` run it themselves.
    app.extensions["worker"] = Worker(gate, settings.office_dir / "uploads")
    uploads.init_uploads(app, settings.office_dir)
    session.init_session(app)
    inbox_keys.init_keyring(app)
    guard.init_guard(app)
    navigation.init_navigation(app)
    words.init_words(app)
    sentences.init_sentences(app)
    for module in (
        sign_in,
        home,
        own_account,
        password,
        second_factor,
        imports,
        import_jobs,
        publication,
        review_statistics,
        reviews,
        review_marks,
        case_parties,
        cases,
        withdrawals,
        list_deadlines,
        inbox_keys,
        inbox,
        inbox_answers,
        inbox_files,
        auctions,
        rule_checks,
        stories,
        story_attachments,
        story_pictures,
        previews,
        accounts,
        health,
        audit,
    ):
        app.register_blueprint(module.blueprint)
