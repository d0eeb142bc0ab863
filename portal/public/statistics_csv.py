"""The figures of 统计公开 as a table to take away: what is hidden on the pages is hidden here."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from portal.disclosure.statistics import PublicFigure, PublicStatistics
from portal.reference.courts import BY_CODE as COURTS_BY_CODE
from portal.reference.indicators import BY_CODE, DATA_SOURCE, Indicator, Shape, Unit

HIDDEN = "不显示"
WHOLE_CITY = "全市法院"
_HEAD = ("指标", "法院", "期间", "分子", "分母", "数值", "单位", "数据截止日", "数据来源")


def place_name(court: str) -> str:
    """The short name of a court, or of all of them together."""
    return COURTS_BY_CODE[court].short_name if court in COURTS_BY_CODE else WHOLE_CITY


def write_csv(figures: Iterable[PublicFigure], source: PublicStatistics | None) -> str:
    """One line a figure, money in yuan; begins with the mark that tells spreadsheets of UTF-8."""
    cut_off = source.cut_off.isoformat() if source else ""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEAD)
    for figure in figures:
        one = BY_CODE.get(figure.indicator)
        if one is None:
            continue
        amount = one.value(figure.numerator, figure.denominator)
        writer.writerow(
            (
                one.name,
                place_name(figure.court_code),
                figure.period,
                _plain(figure.numerator, one),
                "" if one.shape is Shape.COUNT else _plain(figure.denominator, one),
                HIDDEN if amount is None else str(amount),
                one.sign,
                cut_off,
                DATA_SOURCE,
            )
        )
    return "\ufeff" + text.getvalue()


def _plain(number: int | None, one: Indicator) -> str:
    if number is None:
        return HIDDEN
    return f"{Decimal(number) / 100:.2f}" if one.unit is Unit.MONEY else str(number)
