"""Statutory limits: when they are told, when they end, and that each names its source."""

from __future__ import annotations

import re
from datetime import date

import pytest

from portal.reference.limits import AFTER_TERMINATION, LIMITS, PERIODS, Limit, limits_at
from portal.reference.stages import BY_NAME

ALL = (*LIMITS, *AFTER_TERMINATION)


@pytest.mark.parametrize("limit", ALL, ids=lambda limit: limit.words[:12])
def test_every_limit_names_its_rule_and_known_nodes(limit: Limit) -> None:
    with_article = re.fullmatch(r".+第[一二三四五六七八九十]+条", limit.source)
    assert with_article or limit.source == PERIODS
    assert set(limit.nodes) <= set(BY_NAME)
    assert not limit.words.endswith("。")


# What courts are believed to be bound by, and no published text confirmed.
@pytest.mark.parametrize("unconfirmed", ["发放", "异议", "复议", "提级", "补报", "时效", "35号"])
def test_what_is_not_confirmed_is_not_printed(unconfirmed: str) -> None:
    assert not [limit for limit in ALL if unconfirmed in limit.words + limit.source]


@pytest.mark.parametrize(
    ("limit", "filed_on", "due"),
    [
        (Limit((), "", "", days=7), date(2018, 3, 1), date(2018, 3, 8)),
        (Limit((), "", "", months=6), date(2018, 3, 1), date(2018, 9, 1)),
        # a shorter month ends sooner
        (Limit((), "", "", months=6), date(2018, 8, 31), date(2019, 2, 28)),
        (Limit((), "", "", months=3), date(2017, 11, 30), date(2018, 2, 28)),
        (Limit((), "", ""), date(2018, 3, 1), None),
    ],
)
def test_a_limit_ends_so_long_after_filing(limit: Limit, filed_on: date, due: date | None) -> None:
    assert limit.due(filed_on) == due


@pytest.mark.parametrize(
    ("node", "with_property", "told"),
    [
        ("立案", False, ["第二条", "第四条", "第五条"]),
        ("立案", True, ["第二条", "第四条", "第五条", "第一条"]),
        ("拍卖", True, ["第十二条", "第二十条", "第二十六条", "第一条"]),
        ("归档", False, []),
        ("", True, ["第一条"]),
    ],
)
def test_a_step_tells_its_own_limits_and_then_the_case_s(
    node: str, with_property: bool, told: list[str]
) -> None:
    limits = limits_at(node, with_property=with_property)
    assert [re.findall("第[^第]+条", limit.source)[-1] for limit in limits] == told
