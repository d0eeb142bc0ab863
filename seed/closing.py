"""The end of a case as the exchange file holds it: ruling, checks of a 终本, later searches."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from portal.reference.vocabulary import TERMINATION_CHECKS
from seed.course import Course
from seed.dates import CUT_OFF, add_months, office_day
from seed.fate import ENDED, PERFORMED
from seed.money import yuan
from seed.texts import Writer

_RULINGS: dict[str | None, str] = {PERFORMED: "ruling_performed", ENDED: "ruling_ended"}
_LACKING_SHARE = 0.05
_SEARCHED_FOR_YEARS = 5


def draw_closing(rng: Random, course: Course, writer: Writer) -> dict[str, object] | None:
    """The ``closing`` object, or None while the case is open.

    A 终本 carries the five checks of 法〔2016〕373号 art. 1 and a search every six months
    (art. 9) until the data cut-off or until the case was resumed.
    """
    fate = course.fate
    if fate.closed_on is None:
        return None
    topic = "ruling_fruitless" if fate.fruitless else _RULINGS.get(fate.method, "ruling_other")
    closing: dict[str, object] = {
        "closed_on": fate.closed_on.isoformat(),
        "method": fate.method,
        "amount_unpaid": yuan(fate.unpaid),
        "text": writer.write(
            topic,
            course.debtor,
            fate.closed_on,
            claim=yuan(fate.claimed),
            recovered=yuan(fate.recovered),
            unpaid=yuan(fate.unpaid),
            document=course.basis.document_number,
            method=fate.method or "",
        ),
    }
    if fate.fruitless:
        closing["checks"] = _checks(rng)
        closing["requeries"] = _requeries(rng, course, writer)
    return closing


def _checks(rng: Random) -> dict[str, bool]:
    """All five hold, but for the few closings that an inspection would object to."""
    checks = dict.fromkeys(TERMINATION_CHECKS, True)
    if rng.random() < _LACKING_SHARE:
        checks[rng.choice(("exhausted", "sought"))] = False
    return checks


def _requeries(rng: Random, course: Course, writer: Writer) -> list[dict[str, str]]:
    closed_on = course.fate.closed_on
    if closed_on is None:
        return []
    resumed_on = course.docket.resumed_on
    end = resumed_on - timedelta(days=10) if resumed_on else CUT_OFF
    days = [
        office_day(add_months(closed_on, 6 * turn) + timedelta(days=rng.randint(-6, 0)))
        for turn in range(1, 2 * _SEARCHED_FOR_YEARS + 1)
    ]
    requeries = [
        {"on": day.isoformat(), "result": writer.write("requery_nothing", course.debtor, day)}
        for day in days
        if day < end
    ]
    if resumed_on:
        found = writer.write("requery_found", course.debtor, end)
        requeries.append({"on": end.isoformat(), "result": found})
    return requeries
