"""Warnings: odd records go in, and the clerk is told what looks odd."""

from __future__ import annotations

import pytest

from portal.registry.doubts import doubts
from portal.registry.exchange import CaseRecord

PERSON = {"role": "被执行人", "kind": "自然人", "name": "秦椒"}
COMPANY = {"role": "被执行人", "kind": "法人", "name": "营口甘蓝商贸有限公司"}
LISTED = {"kind": "失信", "party": "秦椒", "decided_on": "2018-04-01"}
CLOSING = {"closed_on": "2018-09-01", "method": "终结本次执行程序"}

ODD = [
    # A check digit of 4 does not belong to these seventeen digits.
    ({"parties": [PERSON | {"id_number": "210800197501056455"}]}, "parties[0].id_number"),
    # The date inside the number is another one.
    (
        {"parties": [PERSON | {"id_number": "210800197501056454", "birth_date": "1975-01-06"}]},
        "parties[0].birth_date",
    ),
    ({"parties": [COMPANY | {"id_number": "91210800MA0AAAAAAA"}]}, "parties[0].id_number"),
    ({"parties": [PERSON | {"id_number": "1234"}]}, "parties[0].id_number"),
    ({"parties": []}, "parties"),
    ({"disclosure": None}, "disclosure"),
    ({"disclosure": {"level": "不公开"}}, "disclosure.reason"),
    ({"events": [{"node": "喝茶", "at": "2018-03-02T09:00:00"}]}, "events[0].node"),
    ({"events": [{"node": "立案", "at": "2018-02-01T09:00:00"}]}, "events[0].at"),
    ({"measures": [LISTED | {"party": "外人"}]}, "measures[0].party"),
    ({"measures": [LISTED | {"behaviour": "赖账"}]}, "measures[0].behaviour"),
    ({"measures": [LISTED | {"behaviour": "违反限制消费令"}]}, "measures[0].term_months"),
    (
        {
            "measures": [
                LISTED
                | {"behaviour": "有履行能力而拒不履行生效法律文书确定义务", "term_months": 24}
            ]
        },
        "measures[0].term_months",
    ),
    (
        {"measures": [LISTED | {"behaviour": "违反限制消费令", "term_months": 61}]},
        "measures[0].term_months",
    ),
    # Who represents a company may be limited for it, but not be listed.
    (
        {
            "parties": [COMPANY | {"legal_representative": "秦椒"}],
            "measures": [LISTED | {"behaviour": "违反限制消费令", "term_months": 24}],
        },
        "measures[0].party",
    ),
    # Nobody is limited for a company that owes nothing.
    (
        {
            "parties": [COMPANY | {"legal_representative": "秦椒", "role": "申请执行人"}],
            "measures": [LISTED | {"kind": "限制消费"}],
        },
        "measures[0].party",
    ),
    ({"amount_claimed": "10.00", "amount_recovered": "11.00"}, "amount_recovered"),
    ({"closing": CLOSING | {"closed_on": "2018-02-01"}}, "closing.closed_on"),
    ({"closing": CLOSING | {"method": "不了了之"}}, "closing.method"),
    ({"closing": CLOSING | {"checks": {"notice": True}}}, "closing.checks"),
]


@pytest.mark.parametrize(("fields", "field"), ODD)
def test_what_is_odd_is_warned_of_and_kept(record, fields, field):
    case = CaseRecord.model_validate(record(**fields))
    found = list(doubts(case))
    assert field in {problem.field for problem in found}
    assert all(problem.warning for problem in found)


def test_a_sound_record_raises_no_doubt(record):
    sound = record(
        parties=[
            PERSON | {"id_number": "210800197501056454", "birth_date": "1975-01-05"},
            COMPANY | {"legal_representative": "甘蓝", "id_number": "91350100M000100Y43"},
        ],
        measures=[
            LISTED | {"behaviour": "违反限制消费令", "term_months": 24},
            LISTED | {"kind": "限制消费", "party": "甘蓝"},
        ],
        closing=CLOSING
        | {
            "checks": dict.fromkeys(
                ("notice", "restrictions", "exhausted", "three_months", "sought"), True
            )
        },
    )
    assert list(doubts(CaseRecord.model_validate(sound))) == []
