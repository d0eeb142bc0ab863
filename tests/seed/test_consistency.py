"""What must hold in every invented case, whatever the seed: dates, sums, roles, rules."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zlib import crc32

from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.reference import case_numbers
from portal.reference.vocabulary import DISHONEST_BEHAVIOURS
from seed.auctions import CARELESS
from seed.dates import CUT_OFF, add_months
from seed.world import build_cases

Case = dict[str, Any]

MOVABLES = ("机动车", "机器设备", "船舶", "存货")
cases_of_any_seed = st.builds(
    lambda count, seed: list(build_cases(count, seed)), st.integers(1, 25), st.integers(0, 10**6)
)
any_world = settings(max_examples=25, deadline=None)


def day(text: str) -> date:
    return date.fromisoformat(text[:10])


def node_day(case: Case, node: str) -> date:
    """The day of a node; the cut-off in a case too young to have come to it."""
    days = (day(event["at"]) for event in case["events"] if event["node"] == node)
    return next(days, CUT_OFF)


def last_day(case: Case) -> date:
    return day(case["closing"]["closed_on"]) if case["closing"] else CUT_OFF


@any_world
@given(cases_of_any_seed)
def test_sums_add_up(cases: list[Case]) -> None:
    for case in cases:
        claimed, recovered = Decimal(case["amount_claimed"]), Decimal(case["amount_recovered"])
        assert 0 <= recovered <= claimed
        assert claimed > 0
        assert sum(Decimal(payment["amount"]) for payment in case["payments"]) == recovered
        for payment in case["payments"]:
            assert payment.get("disbursed_amount", payment["amount"]) == payment["amount"]
        if case["closing"]:
            assert Decimal(case["closing"]["amount_unpaid"]) == claimed - recovered
            assert (case["closing"]["method"] == "执行完毕") == (recovered == claimed)


@any_world
@given(cases_of_any_seed)
@example(list(build_cases(17, 6597)))  # one was filed so late that its money came after the end
@example(list(build_cases(20, 3913)))  # a careless notice was dated after the last day of all
def test_things_happen_in_their_order(cases: list[Case]) -> None:
    for case in cases:
        filed, end = day(case["filed_on"]), last_day(case)
        times = [event["at"] for event in case["events"]]
        assert times == sorted(times)
        assert filed == node_day(case, "立案") <= day(times[0])
        assert day(times[-1]) <= CUT_OFF
        notified = node_day(case, "执行通知")
        for control in case["property_controls"]:
            assert filed < notified < day(control["from"]) <= end
        for auction in case["auctions"]:
            if auction["announced_on"]:
                sealed = day(case["property_controls"][0]["from"])
                assert sealed <= day(auction["announced_on"]) <= end
        for measure in case["measures"]:
            assert notified < day(measure["decided_on"]) < end
            assert day(measure.get("ended_on", "2018-10-31")) >= day(measure["decided_on"])
        for payment in case["payments"]:
            received = day(payment["received_on"])
            assert notified < received <= end
            assert received <= day(payment.get("disbursed_on", "2018-10-31")) <= CUT_OFF


@any_world
@given(cases_of_any_seed)
def test_a_fruitless_end_keeps_the_rules_of_its_year(cases: list[Case]) -> None:
    for case in cases:
        closing = case["closing"]
        if not closing or closing["method"] != "终结本次执行程序":
            continue
        assert day(closing["closed_on"]) > add_months(day(case["filed_on"]), 3)
        assert set(closing["checks"]) == {
            "notice",
            "restrictions",
            "exhausted",
            "three_months",
            "sought",
        }
        searches = [day(search["on"]) for search in closing["requeries"]]
        assert searches == sorted(searches)
        assert all(day(closing["closed_on"]) < search <= CUT_OFF for search in searches)
        limited = {item["party"] for item in case["measures"] if item["kind"] == "限制消费"}
        adults = {
            party["name"]
            for party in case["parties"]
            if party["role"] == "被执行人" and not party.get("minor")
        }
        assert limited - heads_of(case) == adults - heads_of(case)


@any_world
@given(cases_of_any_seed)
@example(list(build_cases(20, 23)))
@example(list(build_cases(1, 20)))
def test_auctions_keep_the_rules_of_network_sales(cases: list[Case]) -> None:
    for case in cases:
        # The number may be written in any form; who is careless goes by the canonical one.
        number = case_numbers.parse(case["case_number"]).canonical
        if crc32(number.encode()) % CARELESS == 0:
            continue
        previous: Case | None = None
        for auction in case["auctions"]:
            start, deposit = Decimal(auction["starting_price"]), Decimal(auction["deposit"])
            assert start * 5 / 100 <= deposit <= start * 20 / 100
            notice = day(auction["starts_at"]) - day(auction["announced_on"])
            movable = auction["property_kind"] in MOVABLES
            assert day(auction["ends_at"]) >= day(auction["starts_at"]) + timedelta(days=1)
            if auction["round"] == "二拍":
                assert previous is not None
                assert notice >= timedelta(days=7 if movable else 15)
                assert start >= Decimal(previous["starting_price"]) * 80 / 100
                gap = day(auction["starts_at"]) - day(previous["ends_at"])
                assert gap <= timedelta(days=30)
            else:
                assert notice >= timedelta(days=15 if movable else 30)
            if auction["round"] == "一拍":
                assert start >= Decimal(auction["appraisal"]) * 70 / 100
            if previous:
                assert previous["status"] == "流拍"
                assert previous["platform"] == auction["platform"]
            assert (auction["final_price"] is not None) == (auction["status"] == "成交")
            assert Decimal(auction["final_price"] or start) >= start
            status_by_date(auction)
            previous = auction


def status_by_date(auction: Case) -> None:
    starts, ends = day(auction["starts_at"]), day(auction["ends_at"])
    if auction["status"] == "预告":
        assert starts > CUT_OFF
    elif auction["status"] == "进行中":
        assert starts <= CUT_OFF < ends
    elif auction["status"] in ("成交", "流拍"):
        assert ends <= CUT_OFF


def heads_of(case: Case) -> set[str]:
    """Who represents the debtors that are units."""
    return {p.get("legal_representative") for p in case["parties"] if p["role"] == "被执行人"}


@any_world
@given(cases_of_any_seed)
def test_measures_follow_the_list_rules(cases: list[Case]) -> None:
    for case in cases:
        debtors = {p["name"]: p for p in case["parties"] if p["role"] == "被执行人"}
        listed = {item["party"] for item in case["measures"] if item["kind"] == "失信"}
        limited = {item["party"] for item in case["measures"] if item["kind"] == "限制消费"}
        assert listed <= limited
        for measure in case["measures"]:
            if measure["party"] not in debtors:
                # Beside a company that is limited itself, whoever represents it (art. 3).
                assert measure["kind"] == "限制消费" and measure["party"] in heads_of(case)
                continue
            assert not debtors[measure["party"]].get("minor")
            if measure["kind"] != "失信":
                continue
            if measure["behaviour"] == DISHONEST_BEHAVIOURS[0]:
                assert "term_months" not in measure
            else:
                assert measure["behaviour"] in DISHONEST_BEHAVIOURS
                assert measure["term_months"] in (24, 36, 48, 60)
            unperformed = Decimal(measure.get("unperformed_part", 0))
            assert (measure["performance"] == "全部已履行") == (unperformed == 0)


@any_world
@given(cases_of_any_seed)
def test_people_are_who_their_documents_say(cases: list[Case]) -> None:
    for case in cases:
        names = [party["name"] for party in case["parties"]]
        assert len(set(names)) == len(names)
        assert case["handler"]["name"] not in names
        for party in case["parties"]:
            if party["kind"] != "自然人":
                assert party["legal_representative"]
                continue
            assert party["id_number"][6:14] == party["birth_date"].replace("-", "")
            assert (int(party["id_number"][16]) % 2 == 1) == (party["sex"] == "男")
            adult = add_months(day(party["birth_date"]), 18 * 12) <= day(case["filed_on"])
            assert adult or party["minor"] or "resumed_from" in case
        owners = {control["owner"] for control in case["property_controls"]}
        assert owners <= set(names)
        roles = {p["name"]: p["role"] for p in case["parties"]}
        applicants = [name for name, role in roles.items() if role == "申请执行人"]
        given = [code["party"] for code in case["query_codes"]]
        assert given[: len(applicants)] == applicants
        assert {roles[name] for name in given[len(applicants) :]} <= {"被执行人"}


def test_resumed_cases_and_their_origins_name_each_other(demo_cases: list[Case]) -> None:
    by_number = {str(case_numbers.parse(case["case_number"])): case for case in demo_cases}
    resumed = [case for case in demo_cases if "resumed_from" in case]
    assert len(resumed) >= 30
    assert sum("resumed_as" in case for case in demo_cases) == len(resumed)
    for case in resumed:
        origin = by_number[case["resumed_from"]]
        assert by_number[origin["resumed_as"]] is case
        assert [p["name"] for p in origin["parties"]] == [p["name"] for p in case["parties"]]
        assert origin["closing"]["method"] == "终结本次执行程序"
        assert day(origin["closing"]["closed_on"]) < day(case["filed_on"])
        assert case["amount_claimed"] == origin["closing"]["amount_unpaid"]


def test_numbers_of_one_court_year_and_type_run_in_the_order_of_filing(
    demo_cases: list[Case],
) -> None:
    last: dict[tuple[int, str, str], int] = {}
    for case in demo_cases:
        number = case_numbers.parse(case["case_number"])
        assert (number.court, number.year) == (case["court"], day(case["filed_on"]).year)
        series = (number.year, number.court, number.type)
        assert number.serial > last.get(series, 0)
        last[series] = number.serial


def test_objections_name_an_earlier_case_of_their_court_and_its_people(
    demo_cases: list[Case],
) -> None:
    by_number = {str(case_numbers.parse(case["case_number"])): case for case in demo_cases}
    objections = [case for case in demo_cases if "related_cases" in case]
    assert len(objections) >= 10
    for case in objections:
        assert case_numbers.parse(case["case_number"]).type == "执异"
        (number,) = case["related_cases"]
        host = by_number[number]
        assert host["court"] == case["court"]
        assert day(host["filed_on"]) < day(case["filed_on"])
        assert [p["name"] for p in host["parties"]] == [p["name"] for p in case["parties"]]
        assert [day(event["at"]) for event in case["events"]] == sorted(
            day(event["at"]) for event in case["events"]
        )
