"""The exchange format: what goes in, and what a clerk is told about what does not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from portal.registry.exchange import CaseRecord
from portal.registry.messages import field_problems

PERSON = {"role": "被执行人", "kind": "自然人", "name": "秦椒"}

REJECTED = [
    # (what is sent, field named in the report, words of the message)
    ({"filed_on": "2018-02-30"}, "filed_on", "真实日期"),
    ({"filed_on": "2018/02/03"}, "filed_on", "YYYY-MM-DD"),
    ({"filed_on": 20180203}, "filed_on", "YYYY-MM-DD"),
    ({"court": "辽9999"}, "court", "不是本平台的法院"),
    ({"court": "辽0802"}, "（整行）", "与案号中的法院不符"),
    ({"case_number": "查无此号"}, "case_number", "案号无法识别"),
    ({"nickname": "小秦"}, "nickname", "没有这个字段"),
    ({"amount_claimed": 1.5}, "amount_claimed", "十进制文字"),
    ({"amount_claimed": True}, "amount_claimed", "十进制文字"),
    ({"amount_claimed": "-1"}, "amount_claimed", "不能小于"),
    ({"amount_claimed": "NaN"}, "amount_claimed", "十进制文字"),
    ({"amount_claimed": "1.234"}, "amount_claimed", "两位小数"),
    ({"amount_claimed": "9" * 30}, "amount_claimed", "过大"),
    ({"parties": [PERSON | {"role": "旁听"}]}, "parties[0].role", "申请执行人、被执行人"),
    ({"parties": [PERSON | {"name": " "}]}, "parties[0].name", "不能为空"),
    ({"parties": [PERSON | {"height": 170}]}, "parties[0].height", "没有这个字段"),
    ({"events": "立案"}, "events", "列表"),
    ({"events": [{"node": "立案", "at": "2018-13-01T00:00:00"}]}, "events[0].at", "时间"),
    ({"cause": "\ud800"}, "cause", "格式"),
    ({"cause": "a\x00b"}, "cause", "无法保存"),
    ({"disclosure": {"level": "半公开"}}, "disclosure.level", "公开、不公开"),
]


@pytest.mark.parametrize(("fields", "field", "words"), REJECTED)
def test_what_does_not_fit_is_refused_with_field_and_rule(record, fields, field, words):
    with pytest.raises(ValidationError) as caught:
        CaseRecord.model_validate(record(**fields))
    problems = field_problems(caught.value)
    assert [problem.field for problem in problems] == [field]
    assert words in problems[0].message


@pytest.mark.parametrize(("fields", "field", "words"), REJECTED)
def test_a_message_never_repeats_what_was_sent(record, fields, field, words):
    marked = record(**fields) | {"parties": [PERSON | {"name": "隐秘名", "sex": 7}]}
    with pytest.raises(ValidationError) as caught:
        CaseRecord.model_validate(marked)
    assert "隐秘名" not in "".join(problem.message for problem in field_problems(caught.value))


def test_missing_required_fields_are_named():
    with pytest.raises(ValidationError) as caught:
        CaseRecord.model_validate({})
    assert {problem.field for problem in field_problems(caught.value)} == {
        "case_number",
        "court",
        "filed_on",
    }


def test_the_number_is_stored_in_canonical_form_and_the_court_code_folded(record):
    stored = CaseRecord.model_validate(
        record(case_number=" (2018)遼０８０３執00123号 ", court="辽０８０３")
    )
    assert (stored.case_number, stored.court) == ("（2018）辽0803执123号", "辽0803")


def test_a_time_without_offset_is_shanghai_time(record):
    case = CaseRecord.model_validate(record(events=[{"node": "立案", "at": "2018-03-01T09:00:00"}]))
    assert case.events[0].at.isoformat() == "2018-03-01T09:00:00+08:00"


@given(st.decimals(min_value=0, max_value=Decimal("999999999999999.99"), places=2))
def test_money_survives_storing_exactly(amount):
    base = {"case_number": "（2018）辽08执1号", "court": "辽08", "filed_on": "2018-01-01"}
    case = CaseRecord.model_validate(base | {"amount_claimed": str(amount)})
    again = CaseRecord.model_validate(case.to_content())
    assert again.amount_claimed == amount
