"""Single documents: ages, grades of holds, auctions beside homes, terms to keep."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from redaction import Grade, Kind, Mark, MarkAct, Policy, Redactor, verify
from redaction.document import age_on
from redaction.policy import OrganisationNames


def case(**fields: Any) -> dict[str, Any]:
    """A case with one debtor and whatever else a test is about."""
    debtor = {"role": "被执行人", "kind": "自然人", "name": "乔涵烨"}
    return {
        "case_number": "（2018）辽0803执123号",
        "court": "辽0803",
        "filed_on": "2018-01-05",
        "parties": [debtor | fields.pop("debtor", {})],
        "disclosure": {"level": "公开"},
        **fields,
    }


def event(text: str) -> dict[str, str]:
    return {"node": "约谈", "at": "2018-02-01T09:00:00+08:00", "text": text}


def texts(record: dict[str, Any]) -> list[str]:
    return [item["text"] for item in record["events"]]


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("2000-05-02", date(2018, 5, 1), 17),
        ("2000-05-01", date(2018, 5, 1), 18),
        (date(1975, 1, 5), date(2018, 5, 1), 43),
        ("不详", date(2018, 5, 1), None),
        ("2000-05-01", None, None),
    ],
)
def test_counts_full_years(birth: object, day: date | None, age: int | None) -> None:
    assert age_on(birth, day) == age


def test_a_minor_on_a_list_takes_a_higher_decision(redactor: Redactor) -> None:
    listing = {"kind": "失信", "party": "乔涵烨", "decided_on": "2018-03-06"}
    record = case(debtor={"minor": True}, measures=[listing])
    (held,) = redactor.for_record(record).document("dishonest_debtor").holds
    assert (held.kind, held.grade) == (Kind.MINOR, Grade.FORBIDDEN)


def test_a_minor_party_is_held_for_a_reviewer(redactor: Redactor) -> None:
    (held,) = redactor.for_record(case(debtor={"minor": True})).document("case").holds
    assert (held.kind, held.grade) == (Kind.MINOR, Grade.REVIEW)


def test_a_child_named_in_a_text_is_masked_and_holds_nothing(redactor: Redactor) -> None:
    record = case(
        events=[
            event("被执行人之子刘子涵（8岁）随母生活。"),
            event("子涵就读于营口市实验小学三年级2班。"),
        ]
    )
    by_case = redactor.for_record(record)
    result = by_case.document("case")
    assert texts(result.record) == ["被执行人之子刘某（8岁）随母生活。", "刘某就读于×××。"]
    assert verify(result.record, by_case.private) == ()
    assert result.holds == ()


def test_the_reason_for_closing_a_case_may_name_its_topic(redactor: Redactor) -> None:
    record = case(disclosure={"level": "不公开", "reason": "涉及国家秘密"})
    result = redactor.for_record(record).document("closed")
    assert result.record["disclosure"]["reason"] == "涉及国家秘密"
    assert result.holds == ()


def test_a_sensitive_event_is_held_at_its_path(redactor: Redactor) -> None:
    result = redactor.for_record(case(events=[event("经技术侦查锁定其位置。")])).document("case")
    assert [(hold.path, hold.grade) for hold in result.holds] == [
        ("events[0].text", Grade.FORBIDDEN)
    ]


AUCTIONS = [
    ("营口市西市区渤海大街12号3-2-501", "营口市西市区渤海大街住宅一套",
     "营口市西市区渤海大街住宅一套", "the street of a home is no secret of its auction"),
    ("营口市西市区渤海大街12号", "营口市西市区渤海大街12号门市房",
     "营口市西市区×××门市房", "a home without a room to take away goes whole"),
    ("营口市站前区辰州路65号碧水华庭28号楼4单元274室", "站前区碧水华庭28号楼4单元274室住宅",
     "站前区碧水华庭28号楼×××住宅", "the building stays, the room goes"),
]  # fmt: skip


@pytest.mark.parametrize(("home", "title", "shown", "why"), AUCTIONS)
def test_an_auction_of_a_home_is_not_held(
    redactor: Redactor, home: str, title: str, shown: str, why: str
) -> None:
    record = case(
        debtor={"address": home},
        events=[event(f"查封位于{title}。")],
        auctions=[{"lot": "1", "title": title}],
    )
    by_case = redactor.for_record(record)
    result = by_case.document("auction")
    assert result.record["auctions"][0]["title"] == shown, why
    assert verify(result.record, by_case.private) == ()
    page = by_case.document("case").record
    assert verify({"events": page["events"]}, by_case.private) == ()
    assert "渤海" not in texts(page)[0]


def test_terms_to_keep_stay_as_written(redactor: Redactor) -> None:
    record = case(events=[event("现金存放于站前区学府路12号。")])
    masked = redactor.for_record(record).document("case").record
    kept = redactor.for_record(record, [Mark(MarkAct.KEEP, "学府路12号")]).document("case")
    assert texts(masked) == ["现金存放于站前区×××。"]
    assert texts(kept.record) == ["现金存放于站前区学府路12号。"]
    assert kept.holds == ()


@pytest.mark.parametrize("term", ["乔涵烨", "涵烨", "138 4412 0537"])
def test_a_private_term_is_not_kept_and_the_case_is_held(redactor: Redactor, term: str) -> None:
    record = case(debtor={"phone": "13844120537"}, events=[event("乔涵烨来电，号码13844120537。")])
    by_case = redactor.for_record(record, [Mark(MarkAct.KEEP, term)])
    result = by_case.document("case")
    assert texts(result.record) == ["乔某来电，号码×××。"]
    assert ["未予保留" in hold.reason for hold in result.holds] == [True]
    assert verify(result.record, by_case.private) == ()


def test_a_trade_name_is_hidden_everywhere_in_a_case() -> None:
    policy = Policy.default().with_organisation_names(OrganisationNames.HIDE_TRADE_NAME)
    record = case(
        events=[event("向营口昀芮物流有限公司送达，昀芮公司拒收；营口恒润物流有限公司协助。")]
    )
    record["parties"].append({"role": "被执行人", "kind": "法人", "name": "营口昀芮物流有限公司"})
    result = Redactor(policy).for_record(record).document("case")
    assert result.record["parties"][1]["name"] == "营口某某1物流有限公司"
    assert texts(result.record) == [
        "向营口某某1物流有限公司送达，某某1公司拒收；营口某某2物流有限公司协助。"
    ]
    assert "昀芮" not in json.dumps(result.record, ensure_ascii=False)
