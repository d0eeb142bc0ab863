"""Cases as they stood some time before: what a court sent first, before it sent them again.

A demo that is published only once shows no page in its second version; these give it some.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from seed.world import build_cases

_EVERY = 10
_FEWEST_EVENTS = 6
_MOST = 24

Case = dict[str, Any]


def build_earlier_cases(count: int, seed: int) -> Iterator[Case]:
    """Some of the cases of ``build_cases(count, seed)``, without their last third.

    At most two dozen; nothing of what happened after the cut is told.
    """
    made = 0
    for place, case in enumerate(build_cases(count, seed)):
        if place % _EVERY == _EVERY // 2 and len(_events(case)) >= _FEWEST_EVENTS:
            yield _before(case)
            made += 1
        if made == _MOST:
            return


def _before(case: Case) -> Case:
    events = _events(case)
    kept = events[: len(events) * 2 // 3]
    last = kept[-1]["at"][:10]
    payments = [
        _without_later(one, "disbursed_on", last, "disbursed_amount", "payee", "account")
        for one in case["payments"]
        if one["received_on"] <= last
    ]
    recovered = sum((Decimal(payment["amount"]) for payment in payments), Decimal("0.00"))
    earlier = case | {
        "events": kept,
        "measures": [
            _without_later(one, "ended_on", last, "end_reason")
            for one in case["measures"]
            if one["decided_on"] <= last
        ],
        "property_controls": [one for one in case["property_controls"] if one["from"] <= last],
        "auctions": [],
        "payments": payments,
        "amount_recovered": str(recovered),
        "closing": None,
    }
    earlier.pop("resumed_as", None)
    return earlier


def _without_later(item: Case, day: str, last: str, *following: str) -> Case:
    """The item without what happened on ``day`` and what follows from it, where that was later."""
    if item.get(day, "") <= last:
        return item
    return {name: value for name, value in item.items() if name not in (day, *following)}


def _events(case: Case) -> list[Case]:
    events: list[Case] = case["events"]
    return events
