"""Lets the figures of 统计公开 out: counted in the registry, the small ones hidden, written whole.

The public process cannot read the registry, so what it shows is counted here, like everything
else it shows. All figures are replaced in one turn of the gate, with an entry in the ledger and
one in the audit log; where nothing has changed, nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from portal.disclosure.ledger import Act, LedgerEntry
from portal.disclosure.statistics import CITY, PublicFigure, PublicStatistics, all_figures
from portal.publication.release import last_entry
from portal.publication.suppression import Cell, hide_small
from portal.publication.tallies import Tallies, Tally, tally_records
from portal.publication.turns import take_turn
from portal.reference.clock import BEIJING
from portal.reference.courts import COURTS
from portal.reference.indicators import BY_CODE, INDICATORS, LEAST, Indicator, Shape, Unit
from portal.registry.audit import record_act
from portal.registry.models import ImportRun, RegistryCase
from portal.stores import Stores

ITEM = "statistics"
DEFINITIONS = "1"
"""Goes up when an indicator is counted differently, and stands in the ledger."""
YEARS = 3
_COUNTED = frozenset({Unit.CASES, Unit.TIMES, Unit.PERSONS})

Numbers = tuple[int | None, int | None]
Figures = dict[tuple[str, str, str], Numbers]


@dataclass(frozen=True)
class Counted:
    """What stands in public now; ``broken`` are records that could not be counted."""

    version: int
    cut_off: date
    cases: int
    broken: int


def publish_statistics(stores: Stores, actor: str, today: date) -> Counted | None:
    """Count again and put the figures in the place of the last.

    ``today`` is the last day that may count; no day after the newest import does, because
    nobody has told of it. None where there are too few cases to say anything of them.
    """
    read_at = datetime.now(UTC)
    with stores.registry() as session:
        cut_off = min(today, _last_import(session) or today)
        records = session.execute(
            select(RegistryCase.court, RegistryCase.content).execution_options(yield_per=500)
        )
        tallies = tally_records(((court, content) for court, content in records), cut_off)
    if tallies.cases < LEAST:
        return None
    figures = compose_figures(tallies, cut_off)
    with take_turn(stores) as turn:
        newest = turn.public.get(PublicStatistics, 1)
        if newest is not None and _is_as_good(turn.public, newest, read_at, cut_off, figures):
            return Counted(newest.version, newest.cut_off, newest.cases, tallies.broken)
        previous = last_entry(turn.public, ITEM, ITEM)
        version = previous.version + 1 if previous else 1
        statistics = PublicStatistics(
            id=1, version=version, cut_off=cut_off, read_at=read_at, cases=tallies.cases
        )
        _replace(turn.public, statistics, figures)
        detail = {"version": version, "day": cut_off.isoformat(), "read": tallies.cases}
        record_act(turn.registry, actor, "statistics.publish", ITEM, detail)
    return Counted(version, cut_off, tallies.cases, tallies.broken)


def compose_figures(tallies: Tallies, cut_off: date) -> Figures:
    """Every figure of the newest years, by indicator, court and period, the small ones hidden."""
    figures: Figures = {}
    for year in range(cut_off.year - YEARS + 1, cut_off.year + 1):
        last = cut_off.month if year == cut_off.year else 12
        months = [f"{year}-{month:02}" for month in range(1, last + 1)]
        hidden: dict[str, frozenset[Cell]] = {}
        for indicator in INDICATORS:
            if not indicator.per_court:
                figures |= _coverage(indicator, tallies, str(year), months)
                continue
            table = _table(indicator, tallies, str(year), months)
            if indicator.base not in hidden:
                hidden[indicator.base] = hide_small(
                    {cell: tally.under for cell, tally in table.items()}
                )
            over = {cell: min(tally.over, tally.under) for cell, tally in table.items()}
            gone = hide_small(over, hidden[indicator.base])
            for cell, tally in table.items():
                shown = (tally.numerator, tally.denominator)
                figures[indicator.code, *cell] = (None, None) if cell in gone else shown
    return figures


def inspect_statistics(public: Session) -> Iterator[tuple[str, str]]:
    """(figure, reason) of every figure that must not be seen, or gives away a hidden one."""
    hidden: dict[tuple[str, str], list[Cell]] = {}
    counts: dict[tuple[str, str], dict[Cell, int]] = {}
    for figure in all_figures(public):
        indicator = BY_CODE.get(figure.indicator)
        path = f"{figure.indicator}.{figure.court_code}.{figure.period}"
        if indicator is None or figure.court_code not in _LINES:
            yield path, "不是本站的指标或者法院"
            continue
        if not indicator.per_court:
            continue
        cell, table = (figure.court_code, figure.period), (figure.indicator, figure.period[:4])
        if figure.numerator is None or figure.denominator is None:
            hidden.setdefault(table, []).append(cell)
            counts.setdefault(table, {})[cell] = 0
            continue
        counts.setdefault(table, {})[cell] = LEAST
        if _is_small(indicator, figure.numerator, figure.denominator):
            yield path, "统计数字过小，不得显示"
    for table, cells in hidden.items():
        for court, period in sorted(hide_small(counts[table]) - set(cells)):
            yield f"{table[0]}.{court}.{period}", "由其他数字可以推算出过小的统计数字"


_LINES = frozenset({CITY, *(court.code for court in COURTS)})


def _is_small(indicator: Indicator, numerator: int, denominator: int) -> bool:
    numbers = [numerator] if indicator.unit in _COUNTED else []
    if indicator.shape is not Shape.COUNT and indicator.unit is not Unit.MONEY:
        numbers.append(denominator)
    return any(number < LEAST for number in numbers)


def _table(
    indicator: Indicator, tallies: Tallies, year: str, months: Iterable[str]
) -> Mapping[Cell, Tally]:
    """The tallies of one indicator in one year by court and month, with both totals."""
    code = indicator.code
    table: dict[Cell, Tally] = {}
    for month in months:
        for court in COURTS:
            found = tallies.places.get((code, court.code, month), Tally())
            for cell in ((court.code, month), (CITY, month), (court.code, year), (CITY, year)):
                table.setdefault(cell, Tally()).add(found)
    return table


def _coverage(indicator: Indicator, tallies: Tallies, year: str, months: list[str]) -> Figures:
    """How many of the courts held an auction online; it counts courts and hides nothing."""
    active: dict[str, set[str]] = {period: set() for period in (*months, year)}
    for (code, court, month), tally in tallies.places.items():
        if code == "online" and month in active and tally.over:
            active[month].add(court)
            active[year].add(court)
    return {
        (indicator.code, CITY, period): (len(courts), len(COURTS))
        for period, courts in active.items()
    }


def _last_import(session: Session) -> date | None:
    """The day in Beijing on which the newest import was finished."""
    moment = session.scalar(select(func.max(ImportRun.finished_at)))
    return moment.astimezone(BEIJING).date() if moment else None


def _is_as_good(
    public: Session, newest: PublicStatistics, read_at: datetime, cut_off: date, figures: Figures
) -> bool:
    """Whether what stands there was read later, or says the same."""
    if newest.read_at > read_at:
        return True
    stored = {
        (row.indicator, row.court_code, row.period): (row.numerator, row.denominator)
        for row in all_figures(public)
    }
    return newest.cut_off == cut_off and stored == figures


def _replace(public: Session, statistics: PublicStatistics, figures: Figures) -> None:
    public.execute(delete(PublicFigure))
    public.execute(
        insert(PublicFigure),
        [
            {
                "indicator": code,
                "court_code": court,
                "period": period,
                "numerator": numerator,
                "denominator": denominator,
            }
            for (code, court, period), (numerator, denominator) in figures.items()
        ],
    )
    public.merge(statistics)
    public.add(
        LedgerEntry(
            item_kind=ITEM,
            item_key=ITEM,
            act=Act.RELEASED,
            version=statistics.version,
            revision=0,
            policy_version=DEFINITIONS,
            at=statistics.read_at,
        )
    )
