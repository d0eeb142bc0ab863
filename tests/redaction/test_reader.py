"""A party reads names of parties and its own data; what belongs to anybody else is masked."""

from __future__ import annotations

import pytest

from redaction import Grade, Redactor, reader_of, verify
from redaction.document import WITHHELD, account_tail

APPLICANT, DEBTOR = 0, 1
RECORD = {
    "case_number": "（2018）辽0803执123号",
    "court": "辽0803",
    "filed_on": "2018-03-01",
    "handler": {"name": "范淑衡", "office_phone": "0417-2890001"},
    "parties": [
        {
            "role": "申请执行人",
            "kind": "自然人",
            "name": "甘蓝芷",
            "id_number": "210803198001013326",
            "phone": "13904170001",
            "bank_account": "6228481343251813914",
            "address": "辽宁省营口市西市区渤海大街西8号3单元402室",
            "health": "患有高血压",
        },
        {
            "role": "被执行人",
            "kind": "自然人",
            "name": "秦椒榕",
            "former_names": ["秦小椒"],
            "id_number": "210800197501056454",
            "phone": "18940710002",
            "address": "辽宁省营口市站前区辰州路113号13号楼1单元2026室",
        },
        {"role": "第三人", "kind": "法人", "name": "营口荃淏建材有限公司", "phone": "0417-2812345"},
    ],
    "events": [
        {
            "node": "接谈",
            "at": "2018-03-09T09:00:00+08:00",
            "text": "申请执行人甘蓝芷（电话13904170001，住辽宁省营口市西市区渤海大街西8号3单元402室"
            "）与被执行人秦椒榕（189 4071 0002）到庭，证人刘泓骁（手机139 9732 8453）陈述，"
            "被执行人住辽宁省营口市站前区辰州路113号13号楼1单元2026室。承办人电话0417-2890001。",
        },
        {
            "node": "案款到账",
            "at": "2018-04-09T09:00:00+08:00",
            "text": "案款汇至甘蓝芷账户6228481343251813914。"
            "营口荃淏建材有限公司曾用电话0417-2812345。",
        },
        {
            "node": "线索",
            "at": "2018-04-10T09:00:00+08:00",
            "text": "举报人姓名已登记，其称被执行人另有车辆。",
        },
        {"node": "走访", "at": "2018-04-11T09:00:00+08:00", "text": "双方曾有家庭暴力纠纷。"},
    ],
    "payments": [{"payee": "甘蓝芷", "account": "6228481343251813914", "amount": "100.00"}],
}


def texts(party: int, read: Grade = Grade.MASKED) -> list[str]:
    by_case = Redactor().for_record(RECORD)
    record = by_case.document("party", reader=party, read=read).record
    return [event["text"] for event in record["events"]]


def test_the_applicant_reads_names_of_parties_and_his_own_data() -> None:
    talk, money = texts(APPLICANT)[:2]
    for shown in ("甘蓝芷", "秦椒榕", "13904170001", "西8号3单元402室", "0417-2890001"):
        assert shown in talk
    for hidden in ("4071", "9732", "刘泓骁", "2026室", "辰州路113号"):
        assert hidden not in talk
    assert "刘某" in talk
    assert "营口荃淏建材有限公司" in money
    assert "2812345" not in money
    assert "6228481343251813914" not in money, "an account is shown by its end, to its owner too"


def test_the_debtor_reads_the_other_half() -> None:
    talk = texts(DEBTOR)[0]
    assert "4071" in talk and "2026室" in talk
    assert "13904170001" not in talk and "402室" not in talk
    assert "甘蓝芷" in talk and "刘泓骁" not in talk


@pytest.mark.parametrize("party", [APPLICANT, DEBTOR, 2])
def test_what_a_reader_gets_passes_the_check_for_that_reader_alone(party: int) -> None:
    by_case = Redactor().for_record(RECORD)
    record = by_case.document("party", reader=party).record
    assert verify(record, reader_of(RECORD, party).closed(by_case.private)) == ()
    if party != 2:
        other = reader_of(RECORD, 1 - party)
        assert verify(record, other.closed(by_case.private)), "the check sees what is not one's own"


def test_a_value_two_parties_share_is_the_others() -> None:
    shared = RECORD["parties"][APPLICANT]["phone"]
    record = RECORD | {
        "parties": [RECORD["parties"][APPLICANT], RECORD["parties"][DEBTOR] | {"phone": shared}]
    }
    by_case = Redactor().for_record(record)
    for party in (APPLICANT, DEBTOR):
        text = by_case.document("party", reader=party).record["events"][0]["text"]
        assert shared not in text


def test_an_illness_stays_masked_for_whoever_has_it() -> None:
    record = RECORD | {"events": [RECORD["events"][0] | {"text": "秦椒榕称其患有高血压。"}]}
    text = Redactor().for_record(record).document("party", reader=APPLICANT).record["events"]
    assert "高血压" not in text[0]["text"]


def test_doubts_are_withheld_until_somebody_has_settled_them() -> None:
    informer, violence = 2, 3
    assert [text == WITHHELD for text in texts(DEBTOR)] == [False, False, True, True]
    settled = texts(DEBTOR, Grade.REVIEW)
    assert settled[informer] == WITHHELD and settled[violence] != WITHHELD
    assert texts(DEBTOR, Grade.FORBIDDEN)[informer] != WITHHELD
    by_case = Redactor().for_record(RECORD)
    holds = by_case.document("party", reader=DEBTOR).holds
    assert {hold.path for hold in holds} == {"events[2].text", "events[3].text"}


@pytest.mark.parametrize(
    ("account", "tail"),
    [("6228 4813 4325 1813 914", "3914"), ("12345678", "5678"), ("1234567", None), ("", None)],
)
def test_of_an_account_the_last_four_are_left(account: str, tail: str | None) -> None:
    assert account_tail(account) == tail


def test_a_public_document_knows_no_reader() -> None:
    case = Redactor().for_record(RECORD).document("case").record
    assert "甘蓝芷" not in case["events"][0]["text"]
    assert "payments" not in case
