"""What a record adds to which indicator, court and month; whole numbers, by the cut-off."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.publication.tallies import tally_records

CUT_OFF = date(2018, 12, 31)
COURT = "辽0803"


def record(number: str = "（2018）辽0803执1号", **fields: Any) -> dict[str, Any]:
    return {"case_number": number, "court": COURT, "filed_on": "2018-03-01", **fields}


def closed(method: str, on: str = "2018-05-10", **fields: Any) -> dict[str, Any]:
    return record(closing={"closed_on": on, "method": method}, **fields)


def auction(**fields: Any) -> dict[str, Any]:
    lot = {"lot": "1", "title": "房屋", "status": "成交", "starts_at": "2018-06-01T10:00:00+08:00"}
    return record(auctions=[lot | fields])


def counted(content: dict[str, Any], code: str, cut_off: date = CUT_OFF) -> dict[str, Any]:
    """(numerator, denominator) of one indicator by month."""
    places = tally_records([(content["court"], content)], cut_off).places
    return {
        month: (tally.numerator, tally.denominator)
        for (name, court, month), tally in places.items()
        if name == code and court == COURT
    }


@pytest.mark.parametrize(
    ("code", "content", "months"),
    [
        # filed in March and not closed
        ("settled", record(), {"2018-03": (0, 1)}),
        ("settled", closed("执行完毕"), {"2018-03": (1, 1)}),
        # enforcement that was resumed counts, an objection does not
        ("settled", record("（2018）辽0803执恢1号"), {"2018-03": (0, 1)}),
        ("settled", record("（2018）辽0803执异1号"), {}),
        ("performed", record(), {}),
        ("performed", closed("执行完毕"), {"2018-05": (1, 1)}),
        ("performed", closed("终结执行"), {"2018-05": (0, 1)}),
        ("terminated", closed("终结本次执行程序"), {"2018-05": (1, 1)}),
        # 1 March to 10 May
        ("duration", closed("终结执行"), {"2018-05": (70, 1)}),
        # a closing before the filing is a slip of the pen, and no negative time
        ("duration", closed("终结执行", on="2018-02-01"), {"2018-02": (0, 1)}),
        # money in fen, and only where both sums are known
        (
            "recovered",
            closed("执行完毕", amount_claimed="1000.10", amount_recovered="0.07"),
            {"2018-05": (7, 100010)},
        ),
        ("recovered", closed("执行完毕", amount_claimed="1000.10"), {}),
        # due six months after filing, whenever it was closed
        ("in_time", record(property_status="有财产"), {"2018-09": (0, 1)}),
        ("in_time", closed("执行完毕", property_status="有财产"), {"2018-09": (1, 1)}),
        (
            "in_time",
            closed("执行完毕", "2018-09-01", property_status="有财产"),
            {"2018-09": (1, 1)},
        ),
        (
            "in_time",
            closed("执行完毕", "2018-09-02", property_status="有财产"),
            {"2018-09": (0, 1)},
        ),
        ("in_time", closed("终结执行", property_status="有财产"), {"2018-09": (0, 1)}),
        ("in_time", closed("执行完毕", property_status="无财产"), {}),
        # on a platform of the list by its name, or by a verified address
        ("online", auction(platform="淘宝网司法拍卖"), {"2018-06": (1, 1)}),
        ("online", auction(url="https://paimai.jd.com/1"), {"2018-06": (1, 1)}),
        ("online", auction(platform="某拍卖行"), {"2018-06": (0, 1)}),
        ("online", auction(url="https://paimai.jd.com.evil.example/1"), {"2018-06": (0, 1)}),
        ("online", auction(platform="公拍网", round="变卖"), {}),
        ("online", auction(platform="公拍网", status="预告"), {}),
        ("online", auction(platform="公拍网", status="撤回"), {}),
        ("online", auction(platform="公拍网", starts_at=None), {}),
        # the month is Beijing's: half past midnight of 1 July there
        (
            "online",
            auction(platform="公拍网", starts_at="2018-06-30T16:30:00Z"),
            {"2018-07": (1, 1)},
        ),
        (
            "fines",
            record(measures=[{"kind": "罚款", "party": "甲", "decided_on": "2018-04-09"}] * 2),
            {"2018-04": (2, 0)},
        ),
        (
            "detentions",
            record(measures=[{"kind": "限制出境", "party": "甲", "decided_on": "2018-04-09"}]),
            {},
        ),
    ],
)
def test_what_a_record_adds(code: str, content: dict[str, Any], months: dict[str, Any]) -> None:
    assert counted(content, code) == months


def test_what_happened_after_the_cut_off_is_not_known_yet() -> None:
    content = closed("执行完毕", property_status="有财产")
    early = date(2018, 4, 30)
    assert counted(content, "settled", early) == {"2018-03": (0, 1)}
    assert counted(content, "performed", early) == {}
    assert counted(content, "in_time", early) == {}


def test_months_of_all_courts_add_up() -> None:
    records = [
        (court, closed("执行完毕", on) | {"court": court})
        for court in ("辽0803", "辽0811")
        for on in ("2018-05-10", "2018-05-31", "2018-06-01")
    ]
    tallies = tally_records(records, CUT_OFF)
    assert tallies.cases == 6
    assert sum(
        tally.denominator for (code, *_), tally in tallies.places.items() if code == "performed"
    ) == len(records)
