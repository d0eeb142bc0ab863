"""The inbox's keys in the office: unlocked by a passphrase for one staff session, and locked again.

The session's cookie names the place in this process's memory where the keys are; it is no key.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from flask import Blueprint, Response, current_app, flash, redirect, request, session, url_for
from flask_login import user_logged_out
from werkzeug import Response as BaseResponse

from portal.correspondence.desk import LetterDesk, count_by_key
from portal.correspondence.keyring import IDLE_SECONDS, Keyring
from portal.correspondence.unlocking import PassphraseRefused, note_locking, unlock
from portal.display import own_path
from portal.extensions import open_inbox
from portal.hypermedia import render_page
from portal.inbox.attempts import Attempts
from portal.inbox.keys import kept_keys
from portal.office.gates import current_gate
from portal.office.guard import requires
from portal.office.session import actor, current_member
from portal.staff.permissions import Permission

if TYPE_CHECKING:
    from flask import Flask

_HANDLE = "inbox_keys"
MAX_PASSPHRASE = 1024

blueprint = Blueprint("inbox_keys", __name__, url_prefix="/inbox/keys")


def init_keyring(app: Flask) -> None:
    """One keyring a process; whoever signs out leaves no key behind."""
    app.extensions["keyring"] = Keyring()
    user_logged_out.connect(_forget_at_sign_out, app)


def letter_desk() -> LetterDesk:
    """What this office works on letters with."""
    settings = current_app.extensions["settings"]
    return LetterDesk(current_gate(), open_inbox(), settings.objection_workdays)


def current_keys() -> Mapping[str, X25519PrivateKey]:
    """The private keys this session has unlocked; asking counts as use."""
    return _keyring().keys_of(session.get(_HANDLE, ""), current_member().id)


def minutes_left() -> int:
    """For how many minutes unused keys of this session stay; 0 where none is unlocked."""
    return int(_keyring().seconds_left(session.get(_HANDLE, "")) + 59) // 60


@blueprint.get("")
@requires(Permission.HANDLE_LETTERS)
def show() -> Response:
    """The keys there are, what is sealed to each, and the form for the passphrase."""
    return _page(own_path(request.args.get("next", "")))


@blueprint.post("")
@requires(Permission.HANDLE_LETTERS)
def open_keys() -> BaseResponse:
    """Unlock every key the passphrase opens, beside those that are unlocked."""
    settings, member = current_app.extensions["settings"], current_member()
    target = own_path(request.form.get("next", ""))
    try:
        keys = unlock(
            current_gate().stores.registry,
            Attempts(open_inbox(), settings.secret_key.encode()),
            settings.office_dir,
            request.form.get("passphrase", "")[:MAX_PASSPHRASE],
            actor=member.name,
            now=datetime.now(UTC),
        )
    except PassphraseRefused as refusal:
        return _page(target, [("passphrase", str(refusal))])
    if not session.get(_HANDLE):
        session[_HANDLE] = secrets.token_urlsafe(32)
    _keyring().unlock(session[_HANDLE], member.id, keys)
    flash(f"已开启 {len(keys)} 把密钥，{IDLE_SECONDS // 60} 分钟不使用自动锁定。", "good")
    return redirect(url_for("inbox.index") if target == "/" else target, code=303)


@blueprint.post("/lock")
@requires(Permission.HANDLE_LETTERS)
def lock_keys() -> BaseResponse:
    """Forget this session's keys now."""
    if _keyring().lock(session.pop(_HANDLE, "")):
        note_locking(current_gate().stores.registry, actor=actor())
    flash("收件箱已锁定。", "good")
    return redirect(url_for("inbox.index"), code=303)


def _page(target: str, errors: list[tuple[str, str]] | None = None) -> Response:
    counts = count_by_key(letter_desk())
    kept = kept_keys(current_app.extensions["settings"].office_dir)
    return render_page(
        "office/inbox_keys.html",
        status=422 if errors else 200,
        target=target,
        kept=[(key, counts.get(key, 0)) for key in reversed(kept)],
        lost=[(key, number) for key, number in sorted(counts.items()) if key not in kept],
        unlocked=frozenset(current_keys()),
        minutes=minutes_left(),
        idle_minutes=IDLE_SECONDS // 60,
        errors=errors or [],
    )


def _keyring() -> Keyring:
    return cast("Keyring", current_app.extensions["keyring"])


def _forget_at_sign_out(app: Flask, **_user: object) -> None:
    app.extensions["keyring"].lock(session.get(_HANDLE, ""))
