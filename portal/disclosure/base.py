"""Declarative base of the public store."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, MetaData
from sqlalchemy.orm import DeclarativeBase

from portal.columns import NAMING, Instant


class DisclosureBase(DeclarativeBase):
    """Public rows: whatever stands here may be read by anybody."""

    metadata = MetaData(info={"bind_key": None}, naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this class attribute
        datetime: Instant,
        list[dict[str, Any]]: JSON,
        dict[str, Any]: JSON,
    }
