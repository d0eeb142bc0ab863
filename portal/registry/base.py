"""Declarative base of the private store."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, MetaData
from sqlalchemy.orm import DeclarativeBase

from portal.columns import NAMING, Instant
from portal.stores import REGISTRY_BIND


class RegistryBase(DeclarativeBase):
    """Private rows: records as they came, accounts, drafts, reviews, audit."""

    metadata = MetaData(info={"bind_key": REGISTRY_BIND}, naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this class attribute
        datetime: Instant,
        list[dict[str, Any]]: JSON,
        list[str]: JSON,
        dict[str, Any]: JSON,
    }
