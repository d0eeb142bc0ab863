"""A reviewer's marks on top of what the recognisers found, in texts alone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction import (
    REVIEWER,
    Grade,
    Kind,
    Mark,
    MarkAct,
    Mask,
    Policy,
    Redactor,
    reader_version,
    verify,
)

TEXT = "走访时，张三丰不在家，三爷的邻居李大海称其外出，三爷未回。"
FIELD = "events[0].text"


def case(*texts: str) -> dict[str, Any]:
    return {
        "case_number": "（2018）辽0803执123号",
        "parties": [
            {"role": "被执行人", "kind": "自然人", "name": "张三丰", "phone": "13998765432"}
        ],
        "events": [{"node": "调查", "at": "2018-03-09", "text": text} for text in texts],
    }


def hide(text: str, **fields: Any) -> Mark:
    return Mark(MarkAct.HIDE, text, **fields)


def keep(text: str, **fields: Any) -> Mark:
    return Mark(MarkAct.KEEP, text, **fields)


def link(text: str, same_as: str, **fields: Any) -> Mark:
    return Mark(MarkAct.LINK, text, same_as=same_as, **fields)


NAMED = {"kind": Kind.PERSON, "mask": Mask.PSEUDONYM}

CASES = [
    # (marks, what the text becomes, why)
    ([], "走访时，张某不在家，三爷的邻居李某称其外出，三爷未回。", "nothing marked"),
    (
        [link("三爷", "张三丰")],
        "走访时，张某不在家，张某的邻居李某称其外出，张某未回。",
        "one person, one pseudonym, everywhere",
    ),
    (
        [link("三爷", "张三丰", path=FIELD, start=TEXT.rindex("三爷"))],
        "走访时，张某不在家，三爷的邻居李某称其外出，张某未回。",
        "one place",
    ),
    (
        [link("李大海", "张三丰")],
        "走访时，张某不在家，三爷的邻居张某称其外出，三爷未回。",
        "two names turn out to be one person",
    ),
    (
        [hide("三爷", **NAMED)],
        "走访时，张某不在家，三某的邻居李某称其外出，三某未回。",
        "a nickname becomes a person of its own",
    ),
    (
        [hide("三爷", path=FIELD, start=TEXT.index("三爷"), **NAMED)],
        "走访时，张某不在家，三某的邻居李某称其外出，三爷未回。",
        "in one place only",
    ),
    (
        [link("大海", "张三丰")],
        "走访时，张某不在家，三爷的邻居李某称其外出，三爷未回。",
        "part of a longer name: that one is masked whole, as it was",
    ),
    (
        [hide("李大海", kind=Kind.PERSON, mask=Mask.CROSSES)],
        "走访时，张某不在家，三爷的邻居×××称其外出，三爷未回。",
        "another mask for what the machine found",
    ),
    (
        [hide("的邻居", mask=Mask.DELETE)],
        "走访时，张某不在家，三爷李某称其外出，三爷未回。",
        "deleted",
    ),
    (
        [keep("李大海")],
        "走访时，张某不在家，三爷的邻居李大海称其外出，三爷未回。",
        "no field knows the name: the machine may be wrong",
    ),
    (
        [keep("李大海"), hide("李大海", path=FIELD)],
        "走访时，张某不在家，三爷的邻居×××称其外出，三爷未回。",
        "a mask beats a wish to keep",
    ),
    (
        [keep("张三丰")],
        "走访时，张某不在家，三爷的邻居李某称其外出，三爷未回。",
        "a party is not kept by one person",
    ),
    (
        [keep("张三丰", path=FIELD, granted=True)],
        "走访时，张三丰不在家，三爷的邻居李某称其外出，三爷未回。",
        "but by two, in this field",
    ),
    (
        [keep("三丰不在", path=FIELD, granted=True)],
        "走访时，张某不在家，三爷的邻居李某称其外出，三爷未回。",
        "part of a name is no exact word: what sticks out is masked whole",
    ),
]


@pytest.mark.parametrize(("marks", "shown", "why"), CASES)
def test_what_marks_make_of_a_text(
    redactor: Redactor, marks: list[Mark], shown: str, why: str
) -> None:
    by_case = redactor.for_record(case(TEXT), marks)
    assert by_case.document("case").record["events"][0]["text"] == shown, why


def test_what_is_granted_in_one_field_is_masked_in_the_next(redactor: Redactor) -> None:
    by_case = redactor.for_record(case(TEXT, TEXT), [keep("张三丰", path=FIELD, granted=True)])
    first, second = (event["text"] for event in by_case.document("case").record["events"])
    assert "张三丰" in first and "张三丰" not in second
    # It stays private: whoever looks for it elsewhere still finds it.
    assert verify({"other": "张三丰"}, by_case.private)
    assert by_case.shown(FIELD) == {first}
    assert by_case.shown("parties[0].name") == frozenset()


def test_a_finding_of_a_mark_names_the_reviewer(redactor: Redactor) -> None:
    marks = [link("三爷", "张三丰"), hide("的邻居")]
    findings = redactor.for_record(case(TEXT), marks).document("case").findings
    made = [(TEXT[f.finding.start : f.finding.end], f.finding.kind) for f in findings
            if f.finding.recogniser == REVIEWER]  # fmt: skip
    assert made == [("三爷", Kind.PERSON), ("的邻居", Kind.OTHER), ("三爷", Kind.PERSON)]
    assert {f.finding.score for f in findings if f.finding.recogniser == REVIEWER} == {1.0}


def test_an_unsure_finding_that_a_reviewer_confirms_holds_no_more(redactor: Redactor) -> None:
    record = case("走访村委会，村主任文俊介绍其在外打工。")
    (doubt,) = redactor.for_record(record).document("case").holds
    assert doubt.grade is Grade.MASKED
    confirmed = redactor.for_record(record, [hide("任文俊", **NAMED)]).document("case")
    assert confirmed.holds == () and "任文俊" not in str(confirmed.record)


@pytest.mark.parametrize("number", ["13812345678", "210803198001013326", "6217003383693518269"])
def test_a_sure_number_is_not_kept_by_one_person(redactor: Redactor, number: str) -> None:
    by_case = redactor.for_record(case(f"联系方式为{number}。"), [keep(number)])
    result = by_case.document("case")
    assert number not in str(result.record)
    assert [hold.grade for hold in result.holds] == [Grade.LEAK]


def test_marks_are_hidden_everywhere_and_looked_for_afterwards(redactor: Redactor) -> None:
    by_case = redactor.for_record(case("在海蓝小馆。", "海 蓝 小馆已关门。"), [hide("海蓝小馆")])
    texts = [event["text"] for event in by_case.document("case").record["events"]]
    assert texts == ["在×××。", "×××已关门。"]
    assert verify({"title": "海蓝小馆拍卖"}, by_case.private)


@given(
    st.lists(
        st.builds(
            Mark,
            st.sampled_from(MarkAct),
            st.sampled_from(["三爷", "张三丰", "李大海", "的邻居", "13998765432", "走访时，张三"]),
            st.sampled_from(["", FIELD, "events[7].text"]),
            st.one_of(st.none(), st.integers(-3, 40)),
            st.sampled_from(Kind),
            st.sampled_from(Mask),
            st.sampled_from(["张三丰", "王五"]),
        ),
        max_size=4,
    )
)
def test_no_mark_of_one_person_lets_a_party_be_read(redactor: Redactor, marks: list[Mark]) -> None:
    record = case(f"{TEXT}电话13998765432。")
    by_case = redactor.for_record(record, marks)
    text = by_case.document("case").record["events"][0]["text"]
    assert "张三丰" not in text and "13998765432" not in text


def test_every_kind_has_a_mask_and_what_reaches_a_person_is_never_overridable() -> None:
    kinds = Policy.default().kinds
    assert all(rule.masks for rule in kinds.values())
    overridable = {kind for kind, rule in kinds.items() if rule.overridable}
    assert overridable == {
        Kind.PERSON,
        Kind.ADDRESS,
        Kind.LICENSE_PLATE,
        Kind.VEHICLE,
        Kind.PROPERTY_CERTIFICATE,
        Kind.OTHER,
    }


def test_the_version_of_the_readers_is_a_short_digest() -> None:
    assert len(reader_version()) == 12
    int(reader_version(), 16)
