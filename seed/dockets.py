"""The register of filings: which court took which case on which day, under which number.

Numbers run per court, year and type in the order of receipt (法〔2015〕137号); a resumed case
(执恢) and the case it resumes name each other, and an objection (执异) names the case it is
about. All need the whole register at once, so it is drawn up first, small; the cases
themselves are then made one by one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from random import Random

from portal.reference.courts import COURTS, Court
from seed.dates import CUT_OFF, FIRST_DAY, office_day

_RESUMED_SHARE = 0.07
_OBJECTION_SHARE = 0.025
# Days from the filing of a case to an objection in it.
_OBJECTED_AFTER = (20, 200)
_SHORTEST_UNTIL_RESUMED = timedelta(days=300)
_SPAN = (CUT_OFF - FIRST_DAY).days - 8
_COURT_WEIGHTS = (2, 4, 4, 4, 3, 4, 5)


@dataclass(frozen=True)
class Docket:
    """One filing. ``dispute`` is shared by a case, its resumption and the objections to it."""

    dispute: str
    court: Court
    case_number: str
    filed_on: date
    resumes: Docket | None = None
    resumed_as: str | None = None
    resumed_on: date | None = None
    objects_to: Docket | None = None


@dataclass
class _Filing:
    dispute: str
    court: Court
    type: str
    filed_on: date
    resumed_by: _Filing | None = None
    objects_to: _Filing | None = None
    case_number: str = ""


def draw_register(rng: Random, count: int) -> list[Docket]:
    """``count`` filings in order of receipt; about one in fourteen resumes an earlier one."""
    resumed = int(count * _RESUMED_SHARE)
    filings = [_first_filing(rng, number) for number in range(count - resumed)]
    old_enough = [
        filing for filing in filings if filing.filed_on < CUT_OFF - _SHORTEST_UNTIL_RESUMED * 1.2
    ]
    for filing in rng.sample(old_enough, min(resumed, len(old_enough))):
        filing.resumed_by = _resumption(rng, filing)
        filings.append(filing.resumed_by)
    filings += [_first_filing(rng, number) for number in range(len(filings), count)]
    filings.sort(key=lambda filing: filing.filed_on)
    _number(rng, filings)
    _object(rng, filings, int(count * _OBJECTION_SHARE))
    return _linked(filings)


def _first_filing(rng: Random, number: int) -> _Filing:
    court = rng.choices(COURTS, _COURT_WEIGHTS)[0]
    filed_on = office_day(FIRST_DAY + timedelta(days=rng.randrange(_SPAN)))
    return _Filing(f"dispute {number}", court, "执", filed_on)


def _resumption(rng: Random, filing: _Filing) -> _Filing:
    earliest = filing.filed_on + _SHORTEST_UNTIL_RESUMED
    latest = CUT_OFF - timedelta(days=10)
    filed_on = office_day(earliest + timedelta(days=rng.randrange((latest - earliest).days)))
    return _Filing(filing.dispute, filing.court, "执恢", filed_on)


def _number(rng: Random, filings: list[_Filing]) -> None:
    last: Counter[tuple[str, int, str]] = Counter()
    for filing in filings:
        series = (filing.court.code, filing.filed_on.year, filing.type)
        last[series] += rng.randint(1, 7)
        filing.case_number = (
            f"（{filing.filed_on.year}）{filing.court.code}{filing.type}{last[series]}号"
        )


def _object(rng: Random, filings: list[_Filing], objections: int) -> None:
    """Make some filings objections to an earlier case of their court, with numbers of their own."""
    by_court: defaultdict[str, list[_Filing]] = defaultdict(list)
    for filing in filings:
        if filing.type == "执" and not filing.resumed_by:
            by_court[filing.court.code].append(filing)
    plain = list(chain.from_iterable(by_court.values()))
    hosts: set[str] = set()
    made: list[_Filing] = []
    for filing in rng.sample(plain, len(plain)):
        if len(made) == objections:
            break
        host = _host(rng, by_court[filing.court.code], filing)
        if host and filing.case_number not in hosts:
            hosts.add(host.case_number)
            filing.objects_to = host
            filing.type, filing.dispute = "执异", host.dispute
            made.append(filing)
    last: Counter[tuple[str, int]] = Counter()
    for filing in sorted(made, key=lambda one: one.filed_on):
        series = (filing.court.code, filing.filed_on.year)
        last[series] += rng.randint(1, 4)
        filing.case_number = f"（{series[1]}）{series[0]}执异{last[series]}号"


def _host(rng: Random, of_court: list[_Filing], filing: _Filing) -> _Filing | None:
    """A case that was some while under way when ``filing`` came in; ``of_court`` is in order."""
    shortest, longest = _OBJECTED_AFTER
    first, last = (
        bisect_left(of_court, filing.filed_on - timedelta(days=days), key=lambda one: one.filed_on)
        for days in (longest, shortest)
    )
    host = of_court[rng.randrange(first, last)] if first < last else None
    return host if host and host.type == "执" else None


def _linked(filings: list[_Filing]) -> list[Docket]:
    dockets: list[Docket] = []
    awaited: dict[str, Docket] = {}
    known: dict[str, Docket] = {}
    for filing in filings:
        later, host = filing.resumed_by, filing.objects_to
        docket = Docket(
            dispute=filing.dispute,
            court=filing.court,
            case_number=filing.case_number,
            filed_on=filing.filed_on,
            resumes=awaited.pop(filing.case_number, None),
            resumed_as=later.case_number if later else None,
            resumed_on=later.filed_on if later else None,
            objects_to=known[host.case_number] if host else None,
        )
        known[filing.case_number] = docket
        if later:
            awaited[later.case_number] = docket
        dockets.append(docket)
    return dockets
