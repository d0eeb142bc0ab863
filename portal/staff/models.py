"""Accounts of the people who work in the office."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import Label
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
    """One person. Raising ``session_epoch`` ends all sessions; the hash is argon2id."""

    __tablename__ = "staff_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Label]
    password_hash: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    session_epoch: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    last_login_at: Mapped[datetime | None]
