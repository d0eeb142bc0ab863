"""Who is signed in: a cookie with a ticket, and a row that is looked up at every request.

The rules of when a session ends stand in portal.staff.sessions; what its owner has to do
before he may do anything else, here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from flask import current_app, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from portal.office.gates import current_registry
from portal.staff.members import StaffMember
from portal.staff.permissions import Permission, is_granted
from portal.staff.secrets import SecretBox
from portal.staff.sessions import LiveSession, Whereabouts, find_session
from portal.staff.sign_in import Started

if TYPE_CHECKING:
    from flask import Flask

_PENDING = "pending"


class Duty(StrEnum):
    """What somebody has to do before anything else; the value is the page where he does it."""

    CHANGE_PASSWORD = "password.show"  # noqa: S105 - the name of a page
    ENROL = "second_factor.show"


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """The account and the session behind this request, in the shape flask-login wants."""

    ticket: str
    session_id: int
    member: StaffMember
    duty: Duty | None

    def get_id(self) -> str:
        """What the cookie keeps to find the session again."""
        return self.ticket

    def may(self, permission: Permission) -> bool:
        """Whether the account's role holds the permission."""
        return is_granted(self.member.role, permission)


def init_session(app: Flask) -> None:
    """Load the account of each request by our own rules, not those of flask-login."""
    settings = app.extensions["settings"]
    app.extensions["secret_box"] = SecretBox(settings.second_factor_key)
    manager = LoginManager()
    manager.session_protection = None
    manager.init_app(app)
    manager.user_loader(_load)


def whereabouts() -> Whereabouts:
    """Where this request comes from."""
    return Whereabouts(request.remote_addr or "", request.user_agent.string)


def begin(started: Started) -> None:
    """Keep the ticket of a session that began: nothing from before the sign-in stays."""
    session.clear()
    if started.awaits_code:
        session[_PENDING] = started.ticket
    else:
        _let_in(started.ticket)


def finish(ticket: str) -> None:
    """Keep the new ticket of a session whose second factor was right."""
    session.clear()
    _let_in(ticket)


def pending() -> tuple[str, LiveSession] | None:
    """The session of this browser that awaits its code, with its ticket."""
    ticket = session.get(_PENDING, "")
    live = find_session(current_registry(), ticket, whereabouts()) if ticket else None
    return (ticket, live) if live and not live.admitted else None


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


def current_user_session() -> SignedIn:
    """The session of a view that only signed-in people reach."""
    user = signed_in()
    if user is None:
        raise RuntimeError("nobody is signed in")
    return user


def current_member() -> StaffMember:
    """The signed-in person of a view that only signed-in people reach."""
    return current_user_session().member


def actor() -> str:
    """The name under which this request's acts go into the log."""
    return current_member().name


def may(permission: Permission) -> bool:
    """Whether this person holds a permission: services ask again what a page asked for."""
    return current_user_session().may(permission)


def is_senior() -> bool:
    """Whether this person completes a pair where an act takes two."""
    return may(Permission.CONFIRM_WITHDRAWALS)


def secret_box() -> SecretBox:
    """What opens the secrets of authenticators."""
    return cast("SecretBox", current_app.extensions["secret_box"])


def _let_in(ticket: str) -> None:
    user = _load(ticket)
    if user is not None:
        login_user(user)


def _load(ticket: str) -> SignedIn | None:
    live = find_session(current_registry(), ticket, whereabouts())
    if live is None or not live.admitted:
        return None
    return SignedIn(ticket, live.id, live.member, _duty_of(live.member))


def _duty_of(member: StaffMember) -> Duty | None:
    if member.must_change_password:
        return Duty.CHANGE_PASSWORD
    required = current_app.extensions["settings"].totp_required
    return Duty.ENROL if required and member.second_factor_since is None else None
