"""``portal lists due``: for cron, for today unless told another day, never for tomorrow."""

from __future__ import annotations

import pytest

LISTED_DEBTORS = "SELECT count(*) FROM public_debtor"


def test_what_is_over_goes_once(published):
    assert published.read("public/disclosure", LISTED_DEBTORS) == [(1,)]
    report = published.json("lists", "due", "--on", "2020-05-04")
    assert report == {
        "day": "2020-05-04",
        "examined": 1,
        "removed": 1,
        "late": 0,
        "certain": True,
        "errors": [],
    }
    assert published.read("public/disclosure", LISTED_DEBTORS) == [(0,)]
    again = published("lists", "due", "--on", "2020-05-04")
    assert again.exit_code == 0
    assert again.stdout == "2020-05-04：核对 1 案，移除 0 条，其中逾期 0 条，出错 0 案\n"
    assert published.json("verify")["leaks"] == []


def test_today_is_the_day_of_the_courts(published, time_machine):
    # 23:30 in Beijing on the last day of the term, and half an hour later.
    time_machine.move_to("2020-05-03T15:30:00+00:00", tick=False)
    assert published.json("lists", "due")["removed"] == 0
    time_machine.move_to("2020-05-03T16:00:00+00:00", tick=False)
    assert published.json("lists", "due")["removed"] == 1


@pytest.mark.parametrize("day", ["2020-05-05", "9999-12-31", "yesterday", "2020-13-01"])
def test_a_day_to_come_or_none_at_all_is_refused(published, time_machine, day):
    time_machine.move_to("2020-05-04T04:00:00+00:00", tick=False)
    assert published("lists", "due", "--on", day).exit_code == 2
    assert published.read("public/disclosure", LISTED_DEBTORS) == [(1,)]
    assert published.read("office/registry", "SELECT count(*) FROM list_run") == [(0,)]


def test_without_stores_it_says_what_to_do(bare):
    result = bare("lists", "due")
    assert result.exit_code == 1 and "portal init" in result.output
