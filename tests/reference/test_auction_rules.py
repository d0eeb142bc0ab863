"""法释〔2016〕18号 checked against records: at the limits exactly, and never by guessing."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reference.auction_rules import check_auction
from portal.reference.auction_terms import Auction, Check, Rule, Verdict
from portal.reference.property_kinds import Sort, sort_of

TODAY = date(2018, 8, 1)
FIRST = Auction(
    round="一拍",
    kind="住宅用房",
    status="流拍",
    platform="淘宝网司法拍卖",
    description="以现状为准，可以看样。",
    appraisal=1_000_000_00,
    start=700_000_00,
    deposit=70_000_00,
    announced_on=date(2018, 5, 1),
    starts_at=datetime(2018, 5, 31, 2, tzinfo=UTC),
    ends_at=datetime(2018, 6, 1, 2, tzinfo=UTC),
)
SECOND = replace(
    FIRST,
    round="二拍",
    status="成交",
    start=560_000_00,
    deposit=56_000_00,
    final=560_000_00,
    announced_on=date(2018, 6, 5),
    starts_at=datetime(2018, 6, 20, 2, tzinfo=UTC),
    ends_at=datetime(2018, 6, 21, 2, tzinfo=UTC),
)


def checks(auction: Auction, previous: Auction | None = None, **facts: Any) -> dict[Rule, Check]:
    found = check_auction(auction, previous, **{"followed": True, "today": TODAY} | facts)
    assert len({check.rule for check in found}) == len(found)
    return {check.rule: check for check in found}


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def test_auctions_in_order_keep_every_rule() -> None:
    for auction, previous in ((FIRST, None), (SECOND, FIRST)):
        assert {check.verdict for check in checks(auction, previous).values()} == {Verdict.KEPT}


@pytest.mark.parametrize(
    ("rule", "changed", "verdict"),
    [
        # art. 10: 70 % to the fen
        (Rule.START, {"start": 699_999_99}, Verdict.BROKEN),
        (Rule.START, {"appraisal": 999_999_99, "start": 699_999_99}, Verdict.BROKEN),
        (Rule.START, {"appraisal": 999_999_99, "start": 700_000_00}, Verdict.KEPT),
        (Rule.START, {"appraisal": None}, Verdict.UNKNOWN),
        (Rule.START, {"appraisal": 0}, Verdict.UNKNOWN),
        (Rule.START, {"start": None}, Verdict.UNKNOWN),
        (Rule.START, {"round": ""}, Verdict.UNKNOWN),
        # art. 17: both ends belong to it
        (Rule.DEPOSIT, {"deposit": 35_000_00}, Verdict.KEPT),
        (Rule.DEPOSIT, {"deposit": 34_999_99}, Verdict.BROKEN),
        (Rule.DEPOSIT, {"deposit": 140_000_00}, Verdict.KEPT),
        (Rule.DEPOSIT, {"deposit": 140_000_01}, Verdict.BROKEN),
        (Rule.DEPOSIT, {"deposit": 0}, Verdict.BROKEN),
        (Rule.DEPOSIT, {"deposit": None}, Verdict.UNKNOWN),
        # art. 12: thirty days for a flat, fifteen for a car
        (Rule.NOTICE, {"announced_on": date(2018, 5, 2)}, Verdict.BROKEN),
        (Rule.NOTICE, {"announced_on": date(2018, 5, 16), "kind": "机动车"}, Verdict.KEPT),
        (Rule.NOTICE, {"announced_on": date(2018, 5, 17), "kind": "机动车"}, Verdict.BROKEN),
        # of something unknown fourteen days are too few, thirty enough, and twenty nobody knows
        (Rule.NOTICE, {"announced_on": date(2018, 5, 17), "kind": ""}, Verdict.BROKEN),
        (Rule.NOTICE, {"announced_on": date(2018, 5, 11), "kind": "其他"}, Verdict.UNKNOWN),
        (Rule.NOTICE, {"kind": ""}, Verdict.KEPT),
        (Rule.NOTICE, {"announced_on": None}, Verdict.UNKNOWN),
        (Rule.NOTICE, {"starts_at": None}, Verdict.UNKNOWN),
        (Rule.NOTICE, {"round": ""}, Verdict.UNKNOWN),
        # a notice after the beginning
        (Rule.NOTICE, {"announced_on": date(2018, 6, 9)}, Verdict.BROKEN),
        # half past midnight in Beijing is the next day there
        (
            Rule.NOTICE,
            {"announced_on": date(2018, 5, 1), "starts_at": at("2018-05-30T16:30:00+00:00")},
            Verdict.KEPT,
        ),
        # art. 20
        (Rule.BIDDING, {"ends_at": at("2018-06-01T01:59:00+00:00")}, Verdict.BROKEN),
        (Rule.BIDDING, {"ends_at": at("2018-05-30T02:00:00+00:00")}, Verdict.BROKEN),
        (Rule.BIDDING, {"ends_at": None}, Verdict.UNKNOWN),
        # art. 10: what was sold below the start was sold below the reserve
        (Rule.RESERVE, {"status": "成交", "final": 699_999_99}, Verdict.BROKEN),
        (Rule.RESERVE, {"status": "成交", "final": 700_000_00}, Verdict.KEPT),
        (Rule.RESERVE, {"status": "成交"}, Verdict.UNKNOWN),
        # art. 13 and 14: the record shows what is there, not what was published
        (Rule.PUBLISHED, {"appraisal": None}, Verdict.UNKNOWN),
        (Rule.PUBLISHED, {"description": ""}, Verdict.UNKNOWN),
        (Rule.WARNED, {"description": "建筑面积90平方米"}, Verdict.UNKNOWN),
    ],
)
def test_a_first_auction(rule: Rule, changed: dict[str, Any], verdict: Verdict) -> None:
    assert checks(replace(FIRST, **changed))[rule].verdict is verdict


@pytest.mark.parametrize(
    ("rule", "changed", "before", "verdict"),
    [
        # art. 26: a fifth less and no more
        (Rule.CUT, {"start": 559_999_99}, {}, Verdict.BROKEN),
        (Rule.CUT, {"start": 800_000_00}, {}, Verdict.KEPT),
        (Rule.CUT, {}, {"start": None}, Verdict.UNKNOWN),
        (Rule.NOTICE, {"announced_on": date(2018, 6, 6)}, {}, Verdict.BROKEN),
        (Rule.NOTICE, {"announced_on": date(2018, 6, 13), "kind": "船舶"}, {}, Verdict.KEPT),
        (Rule.NOTICE, {"announced_on": date(2018, 6, 14), "kind": "船舶"}, {}, Verdict.BROKEN),
        # thirty days after 1 June are 1 July
        (Rule.AGAIN, {"starts_at": at("2018-07-01T10:00:00+08:00")}, {}, Verdict.KEPT),
        (Rule.AGAIN, {"starts_at": at("2018-07-02T10:00:00+08:00")}, {}, Verdict.BROKEN),
        (Rule.AGAIN, {"starts_at": None}, {}, Verdict.UNKNOWN),
        (Rule.AGAIN, {}, {"ends_at": None}, Verdict.UNKNOWN),
        (Rule.PLATFORM, {"platform": "公拍网"}, {}, Verdict.BROKEN),
        (Rule.PLATFORM, {"platform": ""}, {}, Verdict.UNKNOWN),
    ],
)
def test_a_second_auction(
    rule: Rule, changed: dict[str, Any], before: dict[str, Any], verdict: Verdict
) -> None:
    assert checks(replace(SECOND, **changed), replace(FIRST, **before))[rule].verdict is verdict


def test_a_second_auction_without_its_first_is_not_judged_by_it() -> None:
    found = checks(SECOND)
    for rule in (Rule.CUT, Rule.AGAIN, Rule.PLATFORM):
        assert found[rule].verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        # the last day on which another could begin, and the day after
        ({"followed": False, "today": date(2018, 7, 1)}, None),
        ({"followed": False, "today": date(2018, 7, 2)}, Verdict.BROKEN),
        ({"followed": True, "today": date(2018, 7, 2)}, None),
        # the case is over: nothing is left to put up again
        ({"followed": False, "today": date(2018, 7, 2), "closed_on": date(2018, 6, 9)}, None),
    ],
)
def test_a_failed_first_auction_wants_another(
    facts: dict[str, Any], verdict: Verdict | None
) -> None:
    found = checks(FIRST, **facts).get(Rule.AGAIN)
    assert (found.verdict if found else None) is verdict


def test_a_sale_is_not_measured_by_rules_of_auctions() -> None:
    assert set(checks(replace(FIRST, round="变卖"))) == {Rule.PUBLISHED, Rule.WARNED}


def test_an_empty_record_is_missing_data_and_no_offence() -> None:
    for name in ("一拍", "二拍", "变卖", ""):
        found = checks(Auction(round=name, status="流拍"), followed=False)
        assert {check.verdict for check in found.values()} == {Verdict.UNKNOWN}
        assert all(check.words for check in found.values())


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_names_its_article(rule: Rule) -> None:
    assert re.fullmatch(r"法释〔2016〕18号第[一二三四六七十]+条", rule.article)


def test_what_falls_short_by_a_fen_does_not_read_as_enough() -> None:
    words = checks(replace(FIRST, start=699_999_99))[Rule.START].words
    assert words == ("起拍价 699,999.99 元，是评估价 1,000,000.00 元的 69.99%，低于 70%")


SUMS = st.integers(1, 10**13)


@given(start=SUMS, appraisal=SUMS, deposit=SUMS)
def test_shares_are_exact(start: int, appraisal: int, deposit: int) -> None:
    found = checks(replace(FIRST, start=start, appraisal=appraisal, deposit=deposit))
    assert (found[Rule.START].verdict is Verdict.KEPT) == (
        Fraction(start, appraisal) >= Fraction(7, 10)
    )
    assert (found[Rule.DEPOSIT].verdict is Verdict.KEPT) == (
        Fraction(1, 20) <= Fraction(deposit, start) <= Fraction(1, 5)
    )


@given(st.integers(-10, 90), st.integers(0, 90), st.sampled_from(["住宅用房", "机动车", "其他"]))
def test_longer_notice_and_earlier_repetition_are_never_worse(
    notice: int, later: int, kind: str
) -> None:
    def verdict(rule: Rule, announced: int, starts: int) -> int:
        second = replace(
            SECOND,
            kind=kind,
            announced_on=date(2018, 6, 20) - timedelta(days=announced),
            starts_at=datetime(2018, 6, 20, 2, tzinfo=UTC) + timedelta(days=starts),
        )
        return list(Verdict).index(checks(second, FIRST)[rule].verdict)

    assert verdict(Rule.NOTICE, notice + 1, 0) >= verdict(Rule.NOTICE, notice, 0)
    assert verdict(Rule.AGAIN, 0, later) >= verdict(Rule.AGAIN, 0, later + 1)


@given(st.sets(st.sampled_from([field.name for field in fields(Auction)])))
def test_taking_data_away_breaks_no_rule(taken: set[str]) -> None:
    bare = replace(FIRST, **{name: getattr(Auction(), name) for name in taken})
    broken = {check for check in checks(bare).values() if check.verdict is Verdict.BROKEN}
    assert broken == set()


@pytest.mark.parametrize(
    ("kind", "sort"),
    [
        ("住宅用房", Sort.OTHER),
        ("商业用房", Sort.OTHER),
        ("土地使用权", Sort.OTHER),
        ("股权", Sort.OTHER),
        ("不动产", Sort.OTHER),
        ("其他财产权", Sort.OTHER),
        ("机动车", Sort.MOVABLE),
        ("机器设备", Sort.MOVABLE),
        ("船舶", Sort.MOVABLE),
        ("动产", Sort.MOVABLE),
        ("其他", None),
        ("", None),
    ],
)
def test_kinds_of_property(kind: str, sort: Sort | None) -> None:
    assert sort_of(kind) is sort
