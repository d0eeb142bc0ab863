"""Cases as they stood before: parts of what they are now, and nothing from after the cut."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from portal.registry.exchange import CaseRecord
from seed.earlier import build_earlier_cases

Case = dict[str, Any]


@pytest.fixture(scope="module")
def pairs(demo_cases: list[Case]) -> list[tuple[Case, Case]]:
    """Each earlier state with what became of it."""
    now = {case["case_number"]: case for case in demo_cases}
    return [(case, now[case["case_number"]]) for case in build_earlier_cases(640, 2018)]


def test_there_are_some_and_the_intake_accepts_them(pairs: list[tuple[Case, Case]]) -> None:
    assert len(pairs) == 24
    for earlier, _ in pairs:
        CaseRecord.model_validate(earlier)


def test_they_tell_less_and_nothing_else(pairs: list[tuple[Case, Case]]) -> None:
    for earlier, now in pairs:
        assert earlier["events"] == now["events"][: len(earlier["events"])]
        assert 0 < len(earlier["events"]) < len(now["events"])
        assert earlier["closing"] is None
        assert Decimal(earlier["amount_recovered"]) <= Decimal(now["amount_recovered"])
        assert [party["name"] for party in earlier["parties"]] == [
            party["name"] for party in now["parties"]
        ]


def test_nothing_is_told_from_after_the_cut(pairs: list[tuple[Case, Case]]) -> None:
    told = 0
    for earlier, _ in pairs:
        last = earlier["events"][-1]["at"][:10]
        days = [
            item[name]
            for items in ("measures", "payments", "property_controls")
            for item in earlier[items]
            for name in ("decided_on", "ended_on", "received_on", "disbursed_on", "from")
            if name in item
        ]
        told += len(days)
        assert all(day <= last for day in days)
    assert told > 20
