"""Declarative base of the public store."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import JSON, DateTime, MetaData, Numeric, String
from sqlalchemy.orm import DeclarativeBase, mapped_column

Money = Annotated[Decimal | None, mapped_column(Numeric(18, 2))]
Label = Annotated[str, mapped_column(String(64), default="")]
Line = Annotated[str, mapped_column(String(500), default="")]


class DisclosureBase(DeclarativeBase):
    """Public rows: whatever stands here may be read by anybody."""

    metadata = MetaData(
        info={"bind_key": None},
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        },
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this class attribute
        datetime: DateTime(timezone=True),
        list[dict[str, Any]]: JSON,
        dict[str, Any]: JSON,
    }
