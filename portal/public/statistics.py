"""统计公开: the indicators of a court and period, drawn, in tables, and as CSV to take away.

Everything shown was counted and let out by the gate; a figure it hid is not there to be shown.
Each page says what is divided by what, from when to when, where the data comes from, and whether
the formula is a published one or the portal's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from flask import Blueprint, Response, make_response, request

from portal.charts import Chart, Point, bar_chart
from portal.disclosure.statistics import (
    CITY,
    PublicFigure,
    all_figures,
    figures_by_court,
    figures_by_month,
    figures_by_year,
    figures_of_period,
    read_statistics,
    statistics_years,
)
from portal.errors import NotFound
from portal.extensions import db
from portal.formatting import count, yuan
from portal.hypermedia import render_page
from portal.public.lists import COURT
from portal.public.parameters import Facet, Filters
from portal.public.statistics_csv import HIDDEN, place_name, write_csv
from portal.reference.indicators import (
    BY_CODE,
    DATA_SOURCE,
    INDICATORS,
    LEAST,
    LEFT_OUT,
    Indicator,
    Shape,
    Unit,
)
from portal.security import indexable

blueprint = Blueprint("statistics", __name__)


@dataclass(frozen=True)
class Line:
    """One figure in words: what it is of, what is divided by what, and the result."""

    label: str
    indicator: Indicator
    numerator: str
    denominator: str
    words: str
    amount: Decimal | None

    @property
    def met(self) -> bool | None:
        """Whether the target is met, None where there is no target or no figure."""
        if self.indicator.target is None or self.amount is None:
            return None
        return self.amount >= self.indicator.target


@dataclass(frozen=True)
class History:
    """One indicator of the city year by year, for a page that tells of something else."""

    indicator: Indicator
    lines: Sequence[Line]
    chart: Chart | None
    summary: str


def city_history(code: str) -> History | None:
    """How an indicator went in the whole city; None where no figures were published yet."""
    one = BY_CODE[code]
    figures = figures_by_year(db.session(), code, CITY)
    lines = [_line(one, figure, f"{figure.period}年") for figure in figures]
    return History(one, lines, _draw(lines), _summary(lines)) if lines else None


@blueprint.get("/statistics")
@indexable
def show() -> Response:
    """Every indicator of one court, or of the city, in one year."""
    filters, court, year = _asked()
    found = figures_of_period(db.session(), court, year)
    lines = [
        _line(one, found.get(one.code), one.name)
        for one in INDICATORS
        if one.per_court or court == CITY
    ]
    return render_page(
        "public/statistics.html",
        filters=filters,
        source=read_statistics(db.session()),
        court=court,
        year=year,
        place=place_name(court),
        lines=[line for line in lines if line.indicator.shape is not Shape.COUNT],
        measures=[line for line in lines if line.indicator.shape is Shape.COUNT],
        chart=_draw(
            [
                replace(line, label=line.indicator.short or line.label)
                for line in lines
                if line.indicator.shape is Shape.SHARE
            ]
        ),
        left_out=LEFT_OUT,
        least=LEAST,
        data_source=DATA_SOURCE,
    )


@blueprint.get("/statistics/<token:code>")
@indexable
def indicator(code: str) -> Response:
    """One indicator by month, by year and by court."""
    one = _indicator(code)
    filters, court, year = _asked(one)
    session = db.session()
    months = [
        _line(one, figure, f"{int(figure.period[5:])}月")
        for figure in figures_by_month(session, code, court, year)
    ]
    years = [
        _line(one, figure, f"{figure.period}年") for figure in figures_by_year(session, code, court)
    ]
    courts = [
        _line(one, figure, place_name(figure.court_code))
        for figure in figures_by_court(session, code, year)
    ]
    return render_page(
        "public/indicator.html",
        filters=filters,
        source=read_statistics(session),
        indicator=one,
        year=year,
        place=place_name(court),
        months=(months, _draw(months)),
        years=(years, _draw(years)),
        courts=(courts, _draw(courts)) if one.per_court else None,
        summary=_summary,
        least=LEAST,
        data_source=DATA_SOURCE,
    )


@blueprint.get("/statistics.csv")
def download() -> Response:
    """Every public figure of every indicator."""
    return _as_csv(all_figures(db.session()), "statistics")


@blueprint.get("/statistics/<token:code>.csv")
def download_indicator(code: str) -> Response:
    """Every public figure of one indicator."""
    one = _indicator(code)
    return _as_csv(all_figures(db.session(), one.code), f"statistics-{one.code}")


def _indicator(code: str) -> Indicator:
    if code not in BY_CODE:
        raise NotFound("没有这项统计指标。请从统计公开首页重新选择。")
    return BY_CODE[code]


def _asked(one: Indicator | None = None) -> tuple[Filters, str, str]:
    """The filters, and the court and the year they come down to."""
    years = statistics_years(db.session())
    facets = [Facet("year", "年份", tuple((year, f"{year}年") for year in years))]
    if one is None or one.per_court:
        facets.insert(0, Facet("court", "法院", COURT.options))
    filters = Filters(facets, request.args, others=())
    return filters, filters["court"], filters["year"] or next(iter(years), "")


def _line(one: Indicator, figure: PublicFigure | None, label: str) -> Line:
    numerator = figure.numerator if figure else None
    denominator = figure.denominator if figure else None
    amount = one.value(numerator, denominator)
    words = HIDDEN if amount is None else _amount_words(one, amount)
    return Line(
        label,
        one,
        _number_words(numerator, one.unit),
        _number_words(denominator, Unit.CASES if one.unit is Unit.DAYS else one.unit),
        words,
        amount,
    )


def _amount_words(one: Indicator, amount: Decimal) -> str:
    if one.shape is Shape.COUNT:
        return f"{count(int(amount))} {one.unit}"
    return f"{amount}%" if one.shape is Shape.SHARE else f"{amount} {one.unit}"


def _number_words(number: int | None, unit: Unit) -> str:
    if number is None:
        return HIDDEN
    return yuan(Decimal(number) / 100) if unit is Unit.MONEY else f"{count(number)} {unit}"


def _draw(lines: Sequence[Line]) -> Chart | None:
    """A chart of the lines, which are of one kind of figure; None where there are none."""
    if not lines:
        return None
    one = lines[0].indicator
    targets = {line.indicator.target for line in lines}
    target = targets.pop() if len(targets) == 1 else None
    return bar_chart(
        [Point(line.label, line.amount, line.words) for line in lines],
        full=100 if one.shape is Shape.SHARE else None,
        mark=(target, f"目标 {target}%") if target else None,
    )


def _summary(lines: Iterable[Line]) -> str:
    """What a chart shows, in one sentence."""
    known = [(line.amount, line) for line in lines if line.amount is not None]
    if not known:
        return "各项数字都过小，不显示。"
    highest = max(known, key=lambda pair: pair[0])[1]
    lowest = min(known, key=lambda pair: pair[0])[1]
    return (
        f"最高 {highest.words}（{highest.label}），最低 {lowest.words}（{lowest.label}）。"
        "全部数字见表格。"
    )


def _as_csv(figures: Iterable[PublicFigure], name: str) -> Response:
    response = make_response(write_csv(figures, read_statistics(db.session())))
    response.content_type = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
