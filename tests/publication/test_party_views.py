"""What each party reads of its case: its own half, nothing of the other, and only while it may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from portal.disclosure.envelopes import PartyEnvelope, read_envelope, take_key
from portal.disclosure.party_view import PartyView
from portal.envelope import derive_lock
from portal.publication.gate import Gate
from portal.publication.inspection import inspect_public
from portal.publication.outcomes import Outcome
from portal.publication.party_desk import issue_party_code
from portal.publication.party_standing import list_parties
from portal.publication.reconcile import reconcile
from portal.publication.review import approve
from portal.publication.withdrawal import suspend_case
from portal.registry.models import RegistryCase, Review, ReviewState
from portal.registry.party_access import PartyAccess
from redaction import Policy, Redactor
from tests.invented import NUMBER

APPLICANT, DEBTOR, SECOND = "210803198001013326", "210800197501056454", "210803196012282404"
CODES = {APPLICANT: "K7Q2ZW9HXM", DEBTOR: "D3BT0RC0DE", SECOND: "S3C0NDC0DE"}
CLOSED = {"level": "不公开", "reason": "涉及个人隐私"}
PAYMENTS = [
    {
        "received_on": "2018-04-02",
        "amount": "900.50",
        "disbursed_on": "2018-04-09",
        "disbursed_amount": "900.50",
        "payee": "甘蓝芷",
        "account": "6228481343251813914",
    },
    {"received_on": "2018-05-02", "amount": "99.50", "account": "21050166600000001234"},
]
CONTROLS = [
    {"kind": "银行存款", "action": "冻结", "owner": "秦椒榕", "amount": "1200.00"},
    {"kind": "车辆", "action": "查封", "owner": "柏榆舟", "description": "车牌辽H15D3W小型轿车"},
    {"kind": "不动产", "action": "查询", "description": "辰州路一带的房屋"},
]


@pytest.fixture
def rich(case: Callable[..., Any]) -> Callable[..., Any]:
    """A case with two debtors, money and property, and a code for each party."""

    def make(**fields: Any) -> Any:
        record = case(
            payments=PAYMENTS,
            property_controls=CONTROLS,
            query_codes=[
                {"party": "甘蓝芷", "code": CODES[APPLICANT]},
                {"party": "秦椒榕", "code": CODES[DEBTOR]},
                {"party": "柏榆舟", "code": CODES[SECOND]},
            ],
        )
        second = {"role": "被执行人", "kind": "自然人", "name": "柏榆舟", "id_number": SECOND}
        record["parties"].append(second)
        record["measures"] += [
            {"kind": "限制出境", "party": "秦椒榕", "decided_on": "2018-05-04"},
            {"kind": "罚款", "party": "柏榆舟", "decided_on": "2018-05-05"},
        ]
        return record | fields

    return make


@pytest.fixture
def opened(stores: Any) -> Callable[..., PartyView | None]:
    """What a party reads on the public surface."""

    def read(number: str, code: str = "") -> PartyView | None:
        lock = derive_lock(NUMBER, number, code or CODES[number])
        with stores.disclosure() as public:
            key = take_key(public, lock)
            return read_envelope(public, lock.locator, key) if key else None

    return read


def envelopes(gate: Gate) -> int:
    with gate.stores.disclosure() as public:
        return len(public.scalars(select(PartyEnvelope.locator)).all())


@pytest.fixture
def views(gate: Gate, bring_in: Any, rich: Any, opened: Any) -> dict[str, PartyView]:
    bring_in(rich())
    gate.publish_case(NUMBER, "clerk")
    found = {number: opened(number) for number in CODES}
    assert all(found.values())
    return found


def test_the_applicant_reads_all_that_was_found_and_done(views: Any) -> None:
    view = views[APPLICANT]
    assert (view.role, view.name, view.handler_phone) == ("申请执行人", "甘蓝芷", "0417-2890001")
    assert [(c.action + c.kind, c.owner) for c in view.controls] == [
        ("冻结银行存款", "秦椒榕"),
        ("查封车辆", "柏榆舟"),
        ("查询不动产", ""),
    ]
    assert view.controls[0].amount == Decimal("1200.00")
    assert "辽H15D3W" not in view.model_dump_json()
    assert [m.kind for m in view.measures] == ["失信", "限制消费", "限制出境", "罚款"]
    assert [r.account_tail for r in view.receipts] == ["3914", "1234"]
    assert (view.received, view.disbursed) == (Decimal("1000.00"), Decimal("900.50"))
    assert {(p.title, p.number) for p in view.papers} >= {
        ("执行依据", "（2017）辽0803民初9号"),
        ("限制消费令", "（2018）辽0803执123号之一"),
    }


def test_a_debtor_reads_what_is_his_own_and_not_what_he_could_evade(views: Any) -> None:
    view = views[DEBTOR]
    assert [(c.action + c.kind, c.description) for c in view.controls] == [
        ("冻结银行存款", ""),
        ("查询不动产", ""),
    ]
    assert [m.kind for m in view.measures] == ["失信", "限制消费"]
    assert "限制出境" not in view.model_dump_json()
    assert [m.kind for m in views[SECOND].measures] == ["罚款"]
    # What came in is everybody's to know; the account of the payee is not.
    assert [(r.amount, r.account_tail) for r in view.receipts] == [
        (Decimal("900.50"), ""),
        (Decimal("99.50"), "1234"),
    ]


def test_nobody_reads_identifiers_of_another(views: Any, rich: Any) -> None:
    people = {p["id_number"]: p for p in rich()["parties"]}
    for reader, view in views.items():
        text = view.model_dump_json()
        assert {p.name for p in view.parties} == {"甘蓝芷", "秦椒榕", "柏榆舟"}
        for number, person in people.items():
            for field in ("id_number", "phone", "address", "bank_account", "birth_date"):
                value = person.get(field)
                if value and (number != reader or field == "bank_account"):
                    assert value not in text, (view.role, field)
        assert (
            "6228481343251813914" not in text and "4071 0002" not in views[APPLICANT].events[1].text
        )
    assert "4071 0002" in views[DEBTOR].events[1].text, "his own number stays"


def test_a_case_closed_to_the_public_still_gives_its_parties_their_view(
    gate: Gate, bring_in: Any, rich: Any, opened: Any
) -> None:
    bring_in(rich(disclosure=CLOSED))
    assert gate.publish_case(NUMBER, "clerk") is Outcome.NOT_PUBLIC
    view = opened(APPLICANT)
    assert view.is_closed_to_the_public and view.events


def test_a_case_that_waits_for_a_reviewer_keeps_nothing_from_its_parties(
    gate: Gate, bring_in: Any, rich: Any, opened: Any
) -> None:
    bring_in(rich(disclosure=None))
    assert gate.publish_case(NUMBER, "clerk") is Outcome.HELD
    assert opened(APPLICANT).events


def test_publishing_again_needs_no_code(
    gate: Gate, bring_in: Any, rich: Any, opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(rich())
    gate.publish_case(NUMBER, "clerk")
    before = envelopes(gate)
    monkeypatch.setattr("portal.publication.party_keys.derive_lock", None)
    bring_in(rich(cause="买卖合同纠纷"))
    gate.publish_case(NUMBER, "clerk")
    assert opened(APPLICANT).cause == "买卖合同纠纷" and envelopes(gate) == before


def test_a_page_published_before_there_were_views_gets_them_and_no_new_version(
    gate: Gate, bring_in: Any, rich: Any, opened: Any, public_row: Any
) -> None:
    bring_in(rich())
    gate.publish_case(NUMBER, "clerk")
    with gate.stores.registry.begin() as session:
        session.scalars(select(RegistryCase)).one().views_revision = 0
        for access in session.scalars(select(PartyAccess)):
            session.delete(access)
    reconcile(gate.stores, "clerk")
    assert envelopes(gate) == 0
    gate.publish_all("clerk")
    assert opened(APPLICANT) is not None and public_row().version == 1


def test_withdrawing_takes_the_views_along_and_the_next_run_leaves_them_away(
    gate: Gate, bring_in: Any, rich: Any
) -> None:
    bring_in(rich())
    gate.publish_case(NUMBER, "clerk")
    assert envelopes(gate) == 3
    suspend_case(gate, NUMBER, "reviewer", "当事人异议成立")
    assert envelopes(gate) == 0
    bring_in(rich(cause="买卖合同纠纷"))
    gate.publish_all("clerk")
    assert envelopes(gate) == 0


def test_an_envelope_that_was_left_behind_is_swept(gate: Gate, bring_in: Any, rich: Any) -> None:
    bring_in(rich())
    gate.publish_case(NUMBER, "clerk")
    with gate.stores.registry.begin() as session:
        # As after a process that died between ending a code and taking its envelope out.
        access = session.scalars(select(PartyAccess).order_by(PartyAccess.id)).first()
        access.end(access.issued_at, "reviewer", "泄露")
    assert "当事人信封" in {leak.item for leak in inspect_public(gate).leaks}
    reconcile(gate.stores, "clerk")
    assert envelopes(gate) == 2
    assert inspect_public(gate).leaks == ()


def test_a_party_that_is_no_party_any_more_reads_nothing(
    gate: Gate, bring_in: Any, rich: Any, opened: Any
) -> None:
    bring_in(rich())
    gate.publish_case(NUMBER, "clerk")
    record = rich()
    record["parties"] = record["parties"][:2]
    record["measures"] = record["measures"][:3]
    bring_in(record)
    gate.publish_case(NUMBER, "clerk")
    assert opened(SECOND) is None and opened(DEBTOR) is not None


def test_a_corrected_number_needs_its_own_envelope(
    gate: Gate, bring_in: Any, rich: Any, opened: Any
) -> None:
    bring_in(rich())
    gate.publish_case(NUMBER, "clerk")
    record = rich()
    record["parties"][1]["id_number"] = "210800197501056999"
    bring_in(record)
    gate.publish_case(NUMBER, "clerk")
    assert opened(DEBTOR) is None
    assert opened("210800197501056999", CODES[DEBTOR]) is not None


@pytest.mark.parametrize(
    ("codes", "problem"),
    [
        ([{"party": "甘蓝芷", "code": "123456"}], "过于简单"),
        ([{"party": "甘蓝芷", "code": c} for c in ("K7Q2ZW9HXM", "M7Q2ZW9HXK")], "多个查询码"),
        ([{"party": "不在案的人", "code": "K7Q2ZW9HXM"}], ""),
        ([], ""),
    ],
)
def test_a_code_that_is_weak_or_unclear_opens_nothing_and_the_office_is_told(
    gate: Gate, bring_in: Any, rich: Any, codes: Any, problem: str
) -> None:
    bring_in(rich(query_codes=codes))
    gate.publish_case(NUMBER, "clerk")
    assert envelopes(gate) == 0
    assert problem in list_parties(gate.desk, NUMBER)[0].problem


def test_two_parties_of_one_name_are_told_apart_by_the_office_alone(
    gate: Gate, bring_in: Any, rich: Any, opened: Any
) -> None:
    record = rich()
    record["parties"][2]["name"] = "秦椒榕"
    record["measures"] = []
    bring_in(record | {"query_codes": record["query_codes"][:2]})
    gate.publish_case(NUMBER, "clerk")
    assert opened(DEBTOR) is None
    assert "同名" in list_parties(gate.desk, NUMBER)[1].problem
    given = issue_party_code(gate, NUMBER, 2, replaces=0, actor="reviewer", reason="首次领取")
    view = opened(SECOND, given.code)
    # What goes by the name alone may be the other's: it is not told as his own.
    assert view is not None and [c.owner for c in view.controls] == [""]


def test_what_a_reviewer_approves_is_settled_for_the_parties_too(
    gate: Gate, bring_in: Any, rich: Any, opened: Any
) -> None:
    record = rich()
    moment = {"node": "走访", "at": "2018-03-10T09:00:00+08:00", "text": "双方曾有家庭暴力纠纷。"}
    record["events"].append(moment)
    bring_in(record)
    assert gate.publish_case(NUMBER, "clerk") is Outcome.HELD
    assert "家庭暴力" not in opened(APPLICANT).events[-1].text
    with gate.stores.registry() as session:
        review = session.scalars(select(Review.id).filter_by(state=ReviewState.WAITING)).one()
    released = approve(gate, review, "reviewer", "承办人确认公开", seen=1)
    assert released is Outcome.RELEASED
    assert "家庭暴力" in opened(APPLICANT).events[-1].text
    gate.publish_case(NUMBER, "clerk", again=True)
    assert "家庭暴力" in opened(APPLICANT).events[-1].text


def test_what_redaction_lets_slip_is_withheld_by_the_check(
    gate: Gate, bring_in: Any, rich: Any, opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if masking were broken: everything of a text stays as it is written.
    monkeypatch.setattr("redaction.redactor.Redactor._finding", _unmasked)
    bring_in(rich(disclosure=CLOSED))
    gate.publish_case(NUMBER, "clerk")
    view = opened(APPLICANT)
    assert "4071" not in view.model_dump_json() and "正在核对" in view.events[1].text
    with gate.stores.registry() as session:
        access = session.scalars(select(PartyAccess).order_by(PartyAccess.id)).first()
        assert access.withheld and any("他人的私密内容" in h["reason"] for h in access.holds)
        assert "4071" not in str(access.holds)


def _unmasked(_redactor: Any, view: Any, candidate: Any) -> Any:
    from redaction import Finding

    start, end = view.folded.span(candidate.start, candidate.end)
    original = view.folded.original[start:end]
    return Finding(candidate.kind, start, end, original, 0.99, "", "", "")


def test_under_a_policy_that_says_nothing_of_parties_there_are_no_views(
    make_gate: Callable[..., Gate], tmp_path: Path, rich: Any, send: Any
) -> None:
    policy = Policy.default()
    documents = {name: kind for name, kind in policy.documents.items() if name != "party"}
    gate = make_gate(tmp_path / "own", Redactor(replace(policy, documents=documents)))
    send(gate.stores.registry, rich())
    assert gate.publish_case(NUMBER, "clerk") is Outcome.RELEASED
    assert envelopes(gate) == 0
    access = list_parties(gate.desk, NUMBER)[0].access
    assert access and "屏蔽规则" in access.holds[0]["reason"]


PLANTED: dict[str, Callable[[PartyEnvelope], None]] = {
    "another cost": lambda row: setattr(row, "cost", "m=8,t=1,p=1"),
    "a private value in a clear column": lambda row: setattr(row, "cost", DEBTOR),
    "contents in clear": lambda row: setattr(row, "box", b'{"name": "18940710002"}'),
    "another key": lambda row: setattr(row, "wrapped_key", bytes(60)),
    "changed contents": lambda row: setattr(row, "box", row.box[:-1] + bytes([row.box[-1] ^ 1])),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_verify_finds_an_envelope_that_is_not_as_it_should_be(
    gate: Gate, bring_in: Any, rich: Any, planted: str
) -> None:
    bring_in(rich())
    gate.publish_case(NUMBER, "clerk")
    assert inspect_public(gate).leaks == ()
    with gate.stores.disclosure.begin() as public:
        PLANTED[planted](public.scalars(select(PartyEnvelope)).first())
    leaks = [leak for leak in inspect_public(gate).leaks if leak.path.startswith("envelope")]
    assert leaks and DEBTOR not in str(leaks)


def test_verify_reads_again_what_lies_inside(
    gate: Gate, bring_in: Any, rich: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("redaction.redactor.Redactor._finding", _unmasked)
        broken.setattr("portal.publication.party_views.verify", lambda *_: ())
        bring_in(rich(disclosure=CLOSED))
        gate.publish_case(NUMBER, "clerk")
    assert any("events[1].text" in leak.path for leak in inspect_public(gate).leaks)


def test_the_public_store_says_nothing_of_whose_an_envelope_is(
    gate: Gate, bring_in: Any, rich: Any
) -> None:
    bring_in(rich())
    gate.publish_case(NUMBER, "clerk")
    with gate.stores.disclosure() as public:
        columns = PartyEnvelope.__table__.columns.keys()
        rows = public.scalars(select(PartyEnvelope)).all()
    assert columns == ["locator", "cost", "wrapped_key", "box"]
    assert len({row.cost for row in rows}) == 1
    assert len({len(row.box) for row in rows}) == 1, "lengths are rounded up"


def test_days_are_those_of_beijing(views: Any) -> None:
    assert views[APPLICANT].filed_on == date(2018, 3, 1)
    assert views[APPLICANT].as_of.tzinfo is not None
