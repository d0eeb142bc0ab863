"""Same name, not same person: what the public facts can tell, and what they cannot."""

from __future__ import annotations

from datetime import date

import pytest

from portal.disclosure.namesakes import compare, facts_of, listed_elsewhere, others_on_list
from portal.disclosure.restrictions import read_record

ENTRY = {"name": "钱多多", "sex": "男", "age": 45, "id_masked": "2108************34"}
ON = date(2018, 4, 20)


@pytest.mark.parametrize(
    ("changed", "differing", "why"),
    [
        ({}, (), "the same facts: the same person or not"),
        ({"sex": "女"}, ("性别",), "another sex"),
        ({"sex": ""}, (), "nobody wrote the sex down"),
        ({"age": 46}, (), "a birthday later in the year"),
        ({"age": 47}, ("年龄",), "no one year of birth fits"),
        ({"age": 47, "published_on": date(2020, 4, 20)}, (), "two years later"),
        ({"age": 45, "published_on": date(2021, 4, 20)}, ("年龄",), "no older after three years"),
        ({"age": None}, (), "nobody wrote the age down"),
        ({"id_masked": "2108************35"}, ("证件号露出的部分",), "another last character"),
        ({"id_masked": "2101************34"}, ("证件号露出的部分",), "another city"),
        ({"id_masked": "210801**********34"}, (), "more is shown, and what both show agrees"),
        ({"id_masked": "2108*********34"}, (), "an old number of fifteen"),
        ({"id_masked": ""}, (), "no number"),
        ({"kind": "法人", "sex": "", "age": None}, ("类型",), "a company of that name"),
        ({"sex": "女", "age": 70}, ("性别", "年龄"), "two of them"),
    ],
)
def test_a_difference_is_said_only_where_it_must_be_somebody_else(rows, changed, differing, why):
    one = rows.debtor(**ENTRY, published_on=ON)
    other = rows.debtor(**ENTRY | {"published_on": ON} | changed)
    assert compare(one, other) == compare(other, one) == differing, why


def test_a_restriction_says_less_and_is_compared_by_what_it_says(rows):
    debtor = rows.debtor(**ENTRY)
    restriction = rows.restriction(name="钱多多", sex="男", id_masked=ENTRY["id_masked"])
    assert compare(debtor, restriction) == ()
    assert facts_of(restriction).age is None
    assert facts_of(restriction).address == f"/restrictions/{restriction.id}"


def test_namesakes_are_looked_for_on_both_lists_but_not_in_the_same_case(rows, disclosure):
    case = rows.case()
    own, same_case = rows.debtor(case, **ENTRY), rows.restriction(case, name="钱多多")
    other, elsewhere = rows.debtor(**ENTRY), rows.restriction(name="钱多多")
    rows.restriction(name="钱多")
    assert others_on_list(disclosure, own) == (other,)
    assert listed_elsewhere(disclosure, own) == (elsewhere,)
    record = read_record(disclosure, same_case.id)
    assert (record.namesakes, record.elsewhere) == ((elsewhere,), (other,))
