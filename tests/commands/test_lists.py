"""``portal lists due``: for cron, for today unless told another day, never for tomorrow."""

from __future__ import annotations

import pytest

from portal import create_app
from portal.settings import Surface, read_settings

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


def test_nothing_public_shows_the_entry_any_more(published):
    listed = "SELECT id FROM public_debtor"
    address = f"/debtors/{published.read('public/disclosure', listed)[0][0]}"
    client = create_app(
        read_settings({"PORTAL_HOME": str(published.home)}, Surface.PUBLIC)
    ).test_client()
    case = "/cases/2018-辽0803-执-123"
    places = ("/debtors", "/debtors?q=秦椒榕", "/search?q=秦椒榕", "/restrictions", case)
    seen = [address in client.get(place).text for place in places]
    assert seen == [True, True, True, False, True]
    assert client.get(address).status_code == 200

    published("lists", "due", "--on", "2020-05-04")
    assert not any(
        address in client.get(place).text
        for place in (*places, "/feeds/cases/2018-辽0803-执-123.atom")
    )
    gone = client.get(address)
    assert gone.status_code == 410
    for private in ("秦椒榕", "秦某", "西市区人民法院", "违反财产报告制度"):
        assert private not in gone.text
    # What was not due stays: the case, and the restriction under the same name.
    assert client.get(case).status_code == 200
    assert "秦椒榕" in client.get("/restrictions").text


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
