"""Codes of parties in the office: printed once, counted by nobody, ended at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from portal.disclosure.envelopes import read_envelope, take_key
from portal.disclosure.party_view import PartyView
from portal.envelope import derive_lock
from portal.staff.models import Role
from portal.staff.permissions import Permission

NUMBER = "（2018）辽0803执123号"
CASE = "/cases/2018-辽0803-执-123"
PAGE, NOTICE = f"{CASE}/parties", f"{CASE}/notice"
APPLICANT, DEBTOR = "210803198001013326", "210800197501056454"
CODE = "K7Q2ZW9HXM"
PRINTED = re.compile(r'id="party-code">([^<]+)<')
REVOKE = re.compile(r"/parties/(\d+)/revoke")
REPLACES = re.compile(r'name="replaces" value="(\d+)"')


@pytest.fixture
def known(bring_in: Callable[..., None], case: Callable[..., Any]) -> None:
    """A released case whose applicant has a code from the export and whose debtor has none."""
    bring_in(with_numbers(case()))


def with_numbers(record: Any, applicant: str = APPLICANT, debtor: str = DEBTOR) -> Any:
    for party, number in zip(record["parties"], (applicant, debtor), strict=True):
        party["id_number"] = number
    return record


@pytest.fixture
def opened(gate: Any) -> Callable[..., PartyView | None]:
    """What somebody who comes with a number and a code reads on the public surface."""

    def read(number: str, code: str) -> PartyView | None:
        lock = derive_lock(NUMBER, number, code)
        with gate.stores.disclosure() as public:
            key = take_key(public, lock)
            return read_envelope(public, lock.locator, key) if key else None

    return read


def issue(client: Any, index: int = 0, reason: str = "遗失，核对身份证后重新签发") -> Any:
    shown = client.get(PAGE).text
    replaces = REPLACES.findall(shown)[index]
    fields = {f"reason-{index}": reason, "replaces": replaces}
    return client.submit(f"{PAGE}/{index}/code", PAGE, **fields)


def printed(client: Any) -> str:
    return PRINTED.search(client.get(NOTICE).text)[1]


def test_a_new_code_opens_the_view_and_the_old_one_no_more(
    known: None, person: Callable[..., Any], opened: Any, acts: Callable[..., Any]
) -> None:
    reviewer = person(Role.REVIEWER)
    assert opened(APPLICANT, CODE) is not None
    assert issue(reviewer).headers["Location"].endswith("/notice")
    code = printed(reviewer)
    assert opened(APPLICANT, CODE) is None
    view = opened(APPLICANT, code)
    assert view is not None and view.name == "甘蓝芷"
    assert ("reviewer1", "party.issue", NUMBER) in acts("party")


def test_the_notice_is_shown_once_and_its_qr_holds_no_code(
    known: None, person: Callable[..., Any]
) -> None:
    reviewer = person(Role.REVIEWER)
    issue(reviewer)
    page = reviewer.get(NOTICE).text
    code = PRINTED.search(page)[1].replace(" ", "")
    assert "查询码告知书" in page and "甘蓝芷" in page and NUMBER in page
    assert "http://127.0.0.1:8000/party?case=2018-" in page
    assert "<svg" in page and code not in page.replace(" ", "").replace(f">{code}<", "")
    for private in (APPLICANT, "13904170001"):
        assert private not in page
    again = reviewer.get(NOTICE)
    assert again.status_code == 410 and "重新签发" in again.text


def test_the_code_is_in_no_log_no_session_and_no_page_but_the_notice(
    known: None,
    person: Callable[..., Any],
    registry: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    reviewer = person(Role.REVIEWER)
    answer = issue(reviewer)
    code = printed(reviewer).replace(" ", "")
    cookies = "".join(answer.headers.getlist("Set-Cookie"))
    out = capsys.readouterr()
    assert code not in cookies + answer.headers["Location"] + out.out + out.err
    assert code not in reviewer.get(PAGE).text + reviewer.get(CASE).text
    url = registry.kw["bind"].url.database
    with open(url, "rb") as store:  # noqa: PTH123
        assert code.encode() not in store.read()


def test_a_party_without_a_code_gets_one_and_reads_its_own_half(
    known: None, person: Callable[..., Any], opened: Any
) -> None:
    reviewer = person(Role.REVIEWER)
    issue(reviewer, index=1, reason="首次领取")
    view = opened(DEBTOR, printed(reviewer))
    assert view is not None and view.role == "被执行人"
    assert opened(APPLICANT, CODE) is not None, "the other's code is not touched"


def test_of_two_requests_the_second_is_refused(
    known: None, person: Callable[..., Any], opened: Any
) -> None:
    reviewer = person(Role.REVIEWER)
    replaces = REPLACES.findall(reviewer.get(PAGE).text)[0]
    fields = {"reason-0": "遗失", "replaces": replaces}
    assert reviewer.submit(f"{PAGE}/0/code", PAGE, **fields).status_code == 303
    code = printed(reviewer)
    second = reviewer.submit(f"{PAGE}/0/code", PAGE, **fields)
    assert second.status_code == 422 and "刚刚有变化" in second.text
    assert opened(APPLICANT, code) is not None


def test_a_revoked_code_opens_nothing_from_that_moment_and_stays_so(
    known: None,
    person: Callable[..., Any],
    opened: Any,
    acts: Callable[..., Any],
    bring_in: Callable[..., None],
    case: Callable[..., Any],
) -> None:
    reviewer = person(Role.REVIEWER)
    access = REVOKE.search(reviewer.get(PAGE).text)[1]
    address = f"{PAGE}/{access}/revoke"
    fields = {f"revoke-{access}": "当事人称查询码泄露"}
    assert reviewer.submit(address, PAGE, **fields).status_code == 303
    assert opened(APPLICANT, CODE) is None
    assert ("reviewer1", "party.revoke", NUMBER) in acts("party")
    assert reviewer.submit(address, PAGE, **fields).status_code == 422
    # The same code in a later export does not come back to life; another one does its work.
    bring_in(with_numbers(case(cause="买卖合同纠纷")))
    assert opened(APPLICANT, CODE) is None
    newer = [{"party": "甘蓝芷", "code": "P4RTYC0DE9Z"}]
    bring_in(with_numbers(case(query_codes=newer)))
    assert opened(APPLICANT, "P4RTYC0DE9Z") is not None


@pytest.mark.parametrize(
    ("address", "field"),
    [(f"{PAGE}/0/code", "reason-0"), (f"{PAGE}/1/revoke", "revoke-1"), (f"{PAGE}/read", "read")],
)
def test_every_act_needs_a_reason(
    known: None, person: Callable[..., Any], address: str, field: str
) -> None:
    answer = person(Role.REVIEWER).submit(address, PAGE, **{field: " ", "replaces": "1"})
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text


@pytest.mark.parametrize("index", [7, 99999])
def test_a_party_that_is_not_there_gets_no_code(
    known: None, person: Callable[..., Any], index: int
) -> None:
    fields = {f"reason-{index}": "x", "replaces": "0"}
    assert person(Role.REVIEWER).submit(f"{PAGE}/{index}/code", PAGE, **fields).status_code == 422


def test_without_a_document_number_there_is_no_code(
    bring_in: Callable[..., None], case: Callable[..., Any], person: Callable[..., Any]
) -> None:
    bring_in(case())
    reviewer = person(Role.REVIEWER)
    page = reviewer.get(PAGE).text
    assert "没有可用的证件号码" in page and 'name="replaces"' not in page
    fields = {"reason-0": "x", "replaces": "0"}
    assert reviewer.submit(f"{PAGE}/0/code", PAGE, **fields).status_code == 422


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.REVIEWER])
def test_only_who_may_gives_codes_out(
    known: None, person: Callable[..., Any], role: Role, opened: Any
) -> None:
    client = person(role)
    allowed = role is Role.CHIEF_REVIEWER
    assert (client.get(NOTICE).status_code == 403) is not allowed
    if not allowed:
        fields = {"reason-0": "x", "replaces": "1"}
        assert client.submit(f"{PAGE}/0/code", **fields).status_code == 403
        assert client.submit(f"{PAGE}/1/revoke", **{"revoke-1": "x"}).status_code == 403
        assert opened(APPLICANT, CODE) is not None


def test_a_supervisor_sees_who_has_a_code_and_no_form(
    known: None, person: Callable[..., Any], acts: Callable[..., Any]
) -> None:
    page = person(Role.SUPERVISOR).get(PAGE).text
    assert "随案件数据" in page and Permission.PARTY_CODES not in page
    assert 'name="replaces"' not in page and CODE not in page
    assert ("supervisor1", "case.view", NUMBER) in acts("case.view")


VIOLENT = {"node": "走访", "at": "2018-03-10T09:00:00+08:00", "text": "双方曾有家庭暴力纠纷。"}
INFORMER = {"node": "线索", "at": "2018-03-11T09:00:00+08:00", "text": "举报人姓名已登记。"}


def test_what_is_withheld_is_listed_and_shown_once_a_reviewer_has_read_it(
    bring_in: Callable[..., None],
    case: Callable[..., Any],
    person: Callable[..., Any],
    opened: Any,
    acts: Callable[..., Any],
) -> None:
    record = with_numbers(case())
    record["events"] += [VIOLENT, INFORMER]
    # Closed to the public: no review of its page will ever settle the doubts.
    bring_in(record | {"disclosure": {"level": "不公开", "reason": "涉及个人隐私"}})
    reviewer = person(Role.REVIEWER)
    assert NUMBER in reviewer.get("/cases?standing=views_held").text
    assert "家庭暴力" in reviewer.get(PAGE).text
    view = opened(APPLICANT, CODE)
    assert view is not None and "正在核对" in view.events[1].text + view.events[2].text
    answer = reviewer.submit(f"{PAGE}/read", PAGE, read="已核对，可以告知当事人")
    assert answer.status_code == 303
    view = opened(APPLICANT, CODE)
    assert view is not None and "家庭暴力" in view.events[1].text
    assert "举报人" not in view.events[2].text, "who informed takes a higher decision"
    assert ("reviewer1", "party.read", NUMBER) in acts("party")
    # A newer record begins anew.
    record["cause"] = "离婚纠纷"
    bring_in(record | {"disclosure": {"level": "不公开", "reason": "涉及个人隐私"}})
    view = opened(APPLICANT, CODE)
    assert view is not None and "家庭暴力" not in view.events[1].text


def test_a_withdrawn_case_gives_no_codes(
    known: None, person: Callable[..., Any], opened: Any
) -> None:
    reviewer = person(Role.REVIEWER)
    shown = reviewer.get(PAGE).text
    replaces = REPLACES.findall(shown)[0]
    reviewer.submit(f"{CASE}/withdraw", reason="当事人异议成立")
    assert opened(APPLICANT, CODE) is None
    assert 'name="replaces"' not in reviewer.get(PAGE).text
    fields = {"reason-0": "遗失", "replaces": replaces}
    assert reviewer.submit(f"{PAGE}/0/code", PAGE, **fields).status_code == 422
    chief = person(Role.CHIEF_REVIEWER)
    chief.submit("/withdrawals/1/withdraw", CASE)
    reviewer.submit(f"{CASE}/restore", reason="复核后恢复")
    chief.submit("/withdrawals/2/restore", CASE)
    assert opened(APPLICANT, CODE) is not None, "the code was never ended"
