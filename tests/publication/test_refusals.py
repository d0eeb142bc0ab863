"""Who cannot be listed is not, whoever approves the case, and the office is told by which rule."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from portal.publication.exemptions import exemption_of
from portal.publication.gate import Outcome
from portal.publication.list_clearing import clear_lists
from portal.publication.review import approve
from portal.reference.vocabulary import Exemption
from portal.registry.models import Review
from tests.invented import NUMBER

LISTED_ON = date(2018, 5, 3)
REFUSAL = "有履行能力而拒不履行生效法律文书确定义务"


def refused(case, **fields):
    """The case listed for refusing to perform."""
    first, second = case()["measures"]
    del first["term_months"]
    return case(measures=[first | {"behaviour": REFUSAL} | fields, second])


def reasons(gate):
    with gate.stores.registry() as session:
        review = session.scalars(select(Review).filter_by(state="waiting")).one()
        return review.id, " ".join(hold["reason"] for hold in review.holds)


@pytest.mark.parametrize(
    ("exemption", "item"),
    list(zip(Exemption, ("（一）", "（二）", "（三）", "（四）"), strict=True)),
)
def test_every_case_of_art_3_is_named_by_its_item(case, exemption, item):
    record = refused(case, exemption=exemption.value)
    said = exemption_of(record, record["measures"][0], LISTED_ON)
    assert said is not None and f"法释〔2017〕7号第三条第{item}项" in said


def test_a_case_under_art_3_cannot_be_listed(gate, bring_in, case, public_row):
    bring_in(refused(case, exemption=Exemption.SECURED.value))
    assert gate.publish_case(NUMBER, "clerk") is Outcome.HELD
    review, said = reasons(gate)
    assert "法释〔2017〕7号第三条第（一）项" in said
    approve(gate, review, "reviewer", "案件可以公开", seen=1)
    assert public_row().debtors == [] and len(public_row().restrictions) == 1


SEALED = {"kind": "不动产", "action": "查封", "owner": "秦椒榕", "from": "2018-03-20"}


@pytest.mark.parametrize(
    ("controls", "listed", "why"),
    [
        ([SEALED | {"amount": "50000.00"}], False, "worth what is owed"),
        ([SEALED | {"amount": "30000.00"}, SEALED | {"amount": "20000.00"}], False, "together"),
        ([SEALED | {"amount": "49999.99"}], True, "a cent too little"),
        ([SEALED], True, "nobody has valued it"),
        ([SEALED | {"amount": "50000.00", "action": "查询"}], True, "seen, not controlled"),
        ([SEALED | {"amount": "50000.00", "owner": "甘蓝芷"}], True, "somebody else's"),
        ([SEALED | {"amount": "50000.00", "until": "2018-05-01"}], True, "released before"),
        ([SEALED | {"amount": "50000.00", "from": "2018-06-01"}], True, "sealed afterwards"),
        ([], True, "nothing found"),
    ],
)
def test_property_that_covers_the_debt_keeps_off_the_list(case, controls, listed, why):
    record = refused(case) | {"property_controls": controls}
    said = exemption_of(record, record["measures"][0], LISTED_ON)
    assert (said is None) is listed, why


@pytest.mark.parametrize(
    "amounts",
    [
        {"amount_claimed": None},
        {"amount_claimed": "0.00"},
        {"amount_claimed": "50000.00", "amount_recovered": "50000.00"},
    ],
    ids=["nobody says how much", "nothing", "paid"],
)
def test_where_nothing_is_known_to_be_owed_nothing_covers_it(case, amounts):
    sealed = SEALED | {"amount": "50000.00"}
    record = refused(case) | {"property_controls": [sealed]} | amounts
    assert exemption_of(record, record["measures"][0], LISTED_ON) is None


def test_art_3_speaks_of_refusing_to_perform_only(case):
    record = refused(case, behaviour="违反财产报告制度", exemption=Exemption.SECURED.value)
    assert exemption_of(record, record["measures"][0], LISTED_ON) is None


YOUNG = {
    "by the date of birth": {"birth_date": "2005-06-01", "id_number": None},
    "by the mark": {"birth_date": None, "id_number": None, "minor": True},
    "by the number alone": {"birth_date": None, "id_number": "210803200506013323"},
}


@pytest.mark.parametrize("young", YOUNG)
def test_a_minor_is_on_no_list(gate, bring_in, case, public_row, young):
    record = case()
    record["parties"][1] |= YOUNG[young]
    bring_in(record)
    assert gate.publish_case(NUMBER, "clerk") is Outcome.HELD
    review, said = reasons(gate)
    assert "未满十八周岁" in said and "法释〔2017〕7号第四条" in said
    approve(gate, review, "reviewer", "案件可以公开", seen=1)
    approve(gate, review, "chief", "复核同意", seen=2, second_reader=True)
    assert public_row().debtors == [] and public_row().restrictions == []


def test_a_term_beyond_art_2_is_refused(gate, bring_in, case, public_row):
    first, second = case()["measures"]
    bring_in(case(measures=[first | {"term_months": 61}, second]))
    assert gate.publish_case(NUMBER, "clerk") is Outcome.HELD
    review, said = reasons(gate)
    assert "法释〔2017〕7号第二条" in said
    approve(gate, review, "reviewer", "案件可以公开", seen=1)
    assert public_row().debtors == []


@pytest.mark.parametrize("day", ["2218-05-03", "9999-12-31"])
def test_a_listing_published_in_a_century_to_come_is_a_slip(gate, bring_in, case, public_row, day):
    first, second = case()["measures"]
    bring_in(case(measures=[first | {"published_from": day}, second]))
    assert gate.publish_case(NUMBER, "clerk") is Outcome.HELD
    assert "发布日期不合情理" in reasons(gate)[1]
    assert clear_lists(gate, "cron", date(2018, 6, 1)).errors == ()


COMPANY = {
    "role": "被执行人",
    "kind": "法人",
    "name": "营口椒榕商贸有限公司",
    "id_type": "统一社会信用代码",
    "id_number": "91210800MA0P2C3D4E",
    "legal_representative": "秦椒榕",
}
FOR_THE_COMPANY = {"kind": "限制消费", "party": "秦椒榕", "decided_on": "2018-05-02"}


def test_a_representative_is_limited_beside_the_company(gate, bring_in, case, public_row):
    record = case(measures=[FOR_THE_COMPANY], events=[])
    record["basis"]["obligation"] = ""
    record["parties"][1] = COMPANY
    bring_in(record)
    assert gate.publish_case(NUMBER, "clerk") is Outcome.RELEASED
    entry = public_row().restrictions[0]
    assert (entry.kind, entry.name, entry.company) == ("自然人", "秦椒榕", COMPANY["name"])
    assert entry.capacity == "法定代表人或者负责人"
    assert (entry.sex, entry.id_masked) == ("", "")


@pytest.mark.parametrize(
    "others",
    [
        [COMPANY, COMPANY | {"name": "营口椒榕仓储有限公司"}],
        [COMPANY | {"legal_representative": "秦小椒"}],
        [COMPANY | {"role": "第三人"}],
    ],
    ids=["two companies", "another representative", "not a debtor"],
)
def test_who_represents_no_one_debtor_is_not_named(gate, bring_in, case, public_row, others):
    record = case(measures=[FOR_THE_COMPANY], events=[])
    record["parties"][1:] = others
    bring_in(record)
    assert gate.publish_case(NUMBER, "clerk") is Outcome.HELD
    assert public_row() is None
