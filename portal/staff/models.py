"""Accounts of the people who work in the office, their second factor and their sessions."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.columns import Label, Line
from portal.registry.base import RegistryBase


class Role(StrEnum):
    """What a person in the office may do; see portal.staff.permissions."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    CHIEF_REVIEWER = "chief_reviewer"
    EDITOR = "editor"
    PRESS_REVIEWER = "press_reviewer"
    PRESS_CHIEF = "press_chief"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Account(RegistryBase):
    """One person; the hash is argon2id.

    ``totp_secret`` is sealed (portal.staff.secrets) and empty where there is no second
    factor. ``totp_last_step`` is the newest 30-second step whose code was used: none up to
    it is taken again. ``must_change_password`` marks a password that somebody else made.
    """

    __tablename__ = "staff_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Label]
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool]
    totp_secret: Mapped[Line]
    totp_since: Mapped[datetime | None]
    totp_last_step: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    last_login_at: Mapped[datetime | None]


class RecoveryCode(RegistryBase):
    """One way in without the phone, good once; only a keyed hash of it is kept."""

    __tablename__ = "staff_recovery_code"
    __table_args__ = (Index(None, "account_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_account.id", ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class StaffSession(RegistryBase):
    """One signed-in browser; the cookie's ticket is kept as its SHA-256 alone.

    Until ``admitted_at`` the password was right and the second factor is still to come.
    """

    __tablename__ = "staff_session"
    __table_args__ = (Index(None, "account_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_account.id", ondelete="CASCADE"))
    ticket_digest: Mapped[str] = mapped_column(String(64), unique=True)
    address: Mapped[Label]
    browser: Mapped[Line]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    admitted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()
