"""The figures of 统计公开: what the gate counted and let out, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import BigInteger, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.columns import Label
from portal.disclosure.base import DisclosureBase

CITY = ""
"""The court code of figures of all courts together."""


class PublicStatistics(DisclosureBase):
    """Where the figures come from: one row (id 1), replaced together with them.

    ``cut_off`` is the last day that counts, ``read_at`` when the registry was read, ``cases`` how
    many cases it held.
    """

    __tablename__ = "public_statistics"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    cut_off: Mapped[date]
    read_at: Mapped[datetime]
    cases: Mapped[int]


class PublicFigure(DisclosureBase):
    """One figure of an indicator (reference.indicators), court and period (YYYY or YYYY-MM).

    Both numbers are None where they are too small to be shown, or would tell one that is.
    Money is in fen. A plain count has the denominator 0.
    """

    __tablename__ = "public_figure"
    __table_args__ = (UniqueConstraint("indicator", "court_code", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator: Mapped[Label]
    court_code: Mapped[Label]
    period: Mapped[str] = mapped_column(String(7))
    numerator: Mapped[int | None] = mapped_column(BigInteger)
    denominator: Mapped[int | None] = mapped_column(BigInteger)


def read_statistics(session: Session) -> PublicStatistics | None:
    """Where the figures come from, None where none were published yet."""
    return session.get(PublicStatistics, 1)


def statistics_years(session: Session) -> Sequence[str]:
    """The years there are figures of, the newest first."""
    years = select(PublicFigure.period).where(func.length(PublicFigure.period) == 4).distinct()
    return session.scalars(years.order_by(PublicFigure.period.desc())).all()


def figures_of_period(session: Session, court: str, period: str) -> dict[str, PublicFigure]:
    """Every indicator of one court, or of the city, in one period, by its code."""
    chosen = select(PublicFigure).filter_by(court_code=court, period=period)
    return {figure.indicator: figure for figure in session.scalars(chosen)}


def figures_by_month(
    session: Session, indicator: str, court: str, year: str
) -> Sequence[PublicFigure]:
    """The months of a year, in order."""
    chosen = select(PublicFigure).where(
        PublicFigure.indicator == indicator,
        PublicFigure.court_code == court,
        PublicFigure.period.between(f"{year}-01", f"{year}-12"),
    )
    return session.scalars(chosen.order_by(PublicFigure.period)).all()


def figures_by_year(session: Session, indicator: str, court: str) -> Sequence[PublicFigure]:
    """The years there are, in order; the last may not be over."""
    chosen = select(PublicFigure).where(
        PublicFigure.indicator == indicator,
        PublicFigure.court_code == court,
        func.length(PublicFigure.period) == 4,
    )
    return session.scalars(chosen.order_by(PublicFigure.period)).all()


def figures_by_court(session: Session, indicator: str, period: str) -> Sequence[PublicFigure]:
    """The city and its courts in one period, by code, the city first."""
    chosen = select(PublicFigure).filter_by(indicator=indicator, period=period)
    return session.scalars(chosen.order_by(PublicFigure.court_code)).all()


def all_figures(session: Session, indicator: str = "") -> Sequence[PublicFigure]:
    """Every figure, or those of one indicator, by indicator, court and period."""
    chosen = select(PublicFigure)
    if indicator:
        chosen = chosen.filter_by(indicator=indicator)
    order = (PublicFigure.indicator, PublicFigure.court_code, PublicFigure.period)
    return session.scalars(chosen.order_by(*order)).all()
