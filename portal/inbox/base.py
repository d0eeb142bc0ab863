"""Declarative base of the inbox: the one store into which the public surface may write."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from portal.columns import NAMING, Instant

INBOX_BIND = "inbox"


class InboxBase(DeclarativeBase):
    """Rows from outside: counters without an address, and what only the office can open."""

    metadata = MetaData(info={"bind_key": INBOX_BIND}, naming_convention=NAMING)
    type_annotation_map = {datetime: Instant}  # noqa: RUF012 - SQLAlchemy reads this attribute
