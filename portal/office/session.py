"""Who is signed in: a signed cookie that names an account and the epoch of its sessions.

A session ends after half an hour without a request, after a working day in any case, and
whenever the account's epoch moves on (sign-out, new password, account closed).
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from portal.office.gates import current_gate
from portal.staff.accounts import StaffMember, find_signed_in
from portal.staff.permissions import Permission, is_granted

if TYPE_CHECKING:
    from flask import Flask

IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 3600
# The cookie is written anew at most this often.
TOUCH_SECONDS = 60

_EPOCH, _SINCE, _SEEN, _BROWSER = "epoch", "since", "seen", "browser"


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """The account behind this request, in the shape flask-login wants."""

    member: StaffMember

    def get_id(self) -> str:
        """What the session keeps to find the account again."""
        return str(self.member.id)

    def may(self, permission: Permission) -> bool:
        """Whether the account's role holds the permission."""
        return is_granted(self.member.role, permission)


def init_session(app: Flask) -> None:
    """Load the account of each request by our own rules, not those of flask-login."""
    manager = LoginManager()
    manager.session_protection = None
    manager.init_app(app)
    manager.user_loader(_load)


def begin(member: StaffMember) -> None:
    """Start a session of its own: nothing from before the sign-in stays in it."""
    session.clear()
    now = int(time.time())
    session[_EPOCH], session[_SINCE], session[_SEEN] = member.epoch, now, now
    session[_BROWSER] = _browser()
    login_user(SignedIn(member))


def renew(member: StaffMember) -> None:
    """Let this one session live on after its account's epoch has moved."""
    session[_EPOCH] = member.epoch


def end() -> None:
    """Forget everything."""
    logout_user()
    session.clear()


def identify() -> SignedIn | None:
    """Find out once, before the view, who is behind this request; None is a stranger."""
    user = current_user._get_current_object()
    g.signed_in = cast("SignedIn", user) if user.is_authenticated else None
    return signed_in()


def signed_in() -> SignedIn | None:
    """The account behind this request as the guard found it; asks no store."""
    return cast("SignedIn | None", g.get("signed_in"))


def current_member() -> StaffMember:
    """The signed-in person of a view that only signed-in people reach."""
    user = signed_in()
    if user is None:
        raise RuntimeError("nobody is signed in")
    return user.member


def actor() -> str:
    """The name under which this request's acts go into the log."""
    return current_member().name


def _load(account_id: str) -> SignedIn | None:
    now = int(time.time())
    seen, since = session.get(_SEEN, 0), session.get(_SINCE, 0)
    if now - seen > IDLE_SECONDS or now - since > LONGEST_SECONDS:
        return None
    if session.get(_BROWSER) != _browser():
        return None
    epoch = session.get(_EPOCH, 0)
    member = find_signed_in(current_gate().stores.registry, int(account_id), epoch)
    if member is None:
        return None
    if now - seen > TOUCH_SECONDS:
        session[_SEEN] = now
    return SignedIn(member)


def _browser() -> str:
    """Short digest of the browser's own name: a cookie copied elsewhere seldom fits it.

    The network address is left out, because it changes for honest people too.
    """
    return hashlib.sha256(request.user_agent.string.encode()).hexdigest()[:16]
