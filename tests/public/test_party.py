"""A party opens its own case; whoever lacks any of the three learns nothing, not even by asking."""

from __future__ import annotations

import logging
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import mean
from types import FrameType
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import event, select

from portal.disclosure.envelopes import PartyEnvelope
from portal.disclosure.party_view import PartyView
from portal.envelope import COST, Lock, derive_lock, new_data_key, seal, wrap_key
from portal.extensions import db
from portal.inbox.attempts import Attempt
from portal.inbox.rules import PARTY_OF_ADDRESS, PARTY_OF_CASE
from portal.public import party, party_session
from portal.reference.id_numbers import plain_number

CASE, NUMBER, CODE = "（2018）辽0803执123号", "210803198001013326", "K7Q2ZW9HXM"
RIGHT = {"case": CASE, "number": NUMBER, "code": CODE}
WRONG = {
    "unknown case": RIGHT | {"case": "（2018）辽0803执124号"},
    "wrong number": RIGHT | {"number": "210803198001013586"},
    "wrong code": RIGHT | {"code": "K7Q2ZW9HXN"},
}
OPENED = datetime(2018, 5, 2, 1, 30, tzinfo=UTC)


def a_view(**fields: Any) -> PartyView:
    told = {
        "case_number": CASE,
        "court_code": "辽0803",
        "court_name": "营口市西市区人民法院",
        "filed_on": "2018-03-01",
        "level": "公开",
        "role": "申请执行人",
        "name": "甘蓝芷",
        "as_of": "2018-05-02T01:30:00Z",
        "cause": "民间借贷纠纷",
        "amount_claimed": "50000.00",
        "handler_name": "范淑衡",
        "handler_title": "审判员",
        "handler_phone": "0417-2890001",
        "parties": [
            {"role": "申请执行人", "name": "甘蓝芷"},
            {"role": "被执行人", "name": "秦椒榕"},
        ],
        "events": [{"node": "接谈", "at": "2018-03-09T01:00:00Z", "text": "秦椒榕称无力履行。"}],
        "controls": [
            {"kind": "银行存款", "action": "冻结", "owner": "秦椒榕", "amount": "1200.00"}
        ],
        "receipts": [
            {
                "received_on": "2018-04-02",
                "amount": "900.50",
                "payee": "甘蓝芷",
                "account_tail": "3914",
            }
        ],
    }
    return PartyView.model_validate(told | fields)


@pytest.fixture
def put(disclosure: Any) -> Callable[..., Lock]:
    """Put an envelope into the public store, as the gate does."""
    data_key = new_data_key()

    def write(view: PartyView, number: str = NUMBER, code: str = CODE) -> Lock:
        lock = derive_lock(view.case_number, number, code)
        disclosure.merge(
            PartyEnvelope(
                locator=lock.locator,
                cost=str(COST),
                wrapped_key=wrap_key(lock, data_key),
                box=seal(data_key, lock.locator, view.model_dump_json().encode()),
            )
        )
        disclosure.commit()
        return lock

    return write


@pytest.fixture
def sealed(put: Callable[..., Lock]) -> Lock:
    return put(a_view())


@pytest.fixture
def client(public_app: Any, checking: Callable[..., Any]) -> FlaskClient:
    made: FlaskClient = checking(public_app, cookies={"display", "party"})
    return made


def ask(client: FlaskClient, fields: dict[str, str], at: str = "192.0.2.1", **headers: str) -> Any:
    return client.post("/party", data=fields, headers=headers, environ_base={"REMOTE_ADDR": at})


def test_the_way_in_is_on_every_page_and_on_the_case(client: Any, rows: Any) -> None:
    case = rows.case(CASE)
    closed = rows.case(level="不公开", closed_reason="涉及个人隐私")
    assert 'href="/party"' in client.get("/").text
    for each in (case, closed):
        page = client.get(f"/cases/{each.slug}").text
        assert "我是本案当事人" in page
    form = client.get("/party", query_string={"case": case.slug}).text
    assert f'value="{CASE}"' in form
    assert 'value=""' in client.get("/party?case=<b>junk").text


@pytest.mark.parametrize(
    "fields",
    [
        RIGHT,
        {"case": " 2018遼０８０３執123 ", "number": "210803 19800101-3326", "code": "k7q2 zw9h-xm"},
        RIGHT | {"case": "（2018）辽0803执123号之一"},
    ],
)
def test_the_party_opens_its_view_however_it_types(
    client: Any, sealed: Lock, fields: dict[str, str]
) -> None:
    answer = ask(client, fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/party/case")
    page = client.get("/party/case").text
    for shown in ("申请执行人 甘蓝芷", "秦椒榕称无力履行", "1,200.00 元", "900.50 元", "3914"):
        assert shown in page
    assert "范淑衡" in page and "0417-2890001" in page


def test_fifteen_digits_of_an_old_card_are_the_same_number(client: Any, put: Any) -> None:
    put(a_view(), number=plain_number("210800750105645"))
    for typed in ("210800750105645", "210800197501056454"):
        assert ask(client, RIGHT | {"number": typed}).status_code == 303


@pytest.mark.parametrize("wrong", WRONG)
def test_whatever_is_wrong_opens_nothing_and_repeats_nothing(
    client: Any, sealed: Lock, wrong: str
) -> None:
    answer = ask(client, WRONG[wrong])
    assert answer.status_code == 422 and "不相符，没有打开" in answer.text
    assert "Set-Cookie" not in answer.headers
    for typed in (WRONG[wrong]["number"], WRONG[wrong]["code"], "甘蓝芷"):
        assert typed not in answer.text
    assert client.get("/party/case").status_code == 303


def test_the_three_mistakes_are_one_answer(
    client: Any, sealed: Lock, public_app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements: list[str] = []
    derived: list[str] = []
    with public_app.app_context():
        for engine in db.engines.values():
            event.listen(
                engine,
                "before_cursor_execute",
                lambda _c, _k, statement, *_rest: statements.append(statement),
            )
    real = derive_lock

    def counted(*parts: str) -> Lock:
        derived.append(parts[0])
        return real(*parts)

    monkeypatch.setattr(party, "derive_lock", counted)
    seen = []
    for place, wrong in enumerate(WRONG.values()):
        statements.clear()
        derived.clear()
        answer = ask(client, wrong, at=f"192.0.2.{place}")
        text = answer.text.split("<!--")[0].replace("执124号", "执123号")
        seen.append(
            (
                answer.status_code,
                text,
                len(answer.data),
                [pair for pair in answer.headers if pair[0] != "Date"],
                [s for s in statements if "party_envelope" in s],
                len(derived),
            )
        )
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0][4]) == 1 and seen[0][4][0].startswith("SELECT")
    assert seen[0][5] == 1 and seen[0][2] % (16 * 1024) == 0


def steps_of(work: Callable[[], object]) -> int:
    """Lines of this project that are run: what a stopwatch would measure, without its noise."""
    steps = 0

    def count(frame: FrameType, _event: str, _argument: object) -> Any:
        nonlocal steps
        steps += "portal" in frame.f_code.co_filename
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        work()
    finally:
        sys.settrace(before)
    return steps


def spread(steps: Sequence[int], names: Sequence[str]) -> float:
    """How far apart the means of the kinds of mistake lie."""
    means = [
        mean(step for step, name in zip(steps, names, strict=True) if name == kind)
        for kind in WRONG
    ]
    return max(means) - min(means)


def test_no_mistake_can_be_told_by_the_work_it_makes(public_app: Any, put: Any) -> None:
    """A permutation test: where the names of the mistakes are dealt out at random a thousand
    times, some deal must tell them apart as well as the true names do."""
    rounds, names, steps = 6, [], []
    client = public_app.test_client()
    tries = []
    for turn in range(rounds):
        # A case and an address of its own for every try: no counter has been there before.
        for place, kind in enumerate(WRONG):
            case = f"（2018）辽0803执{1000 + 10 * turn + place}号"
            if kind != "unknown case":
                put(a_view(case_number=case))
            fields = RIGHT | {"case": case}
            if kind != "unknown case":
                (wrong,) = WRONG[kind].items() - RIGHT.items()
                fields |= dict([wrong])
            tries.append((kind, fields, f"203.0.113.{10 * turn + place}"))
    dealer = random.Random(7)
    dealer.shuffle(tries)
    ask(client, WRONG["unknown case"])  # what is only done the first time
    for kind, fields, at in tries:
        names.append(kind)
        steps.append(steps_of(lambda fields=fields, at=at: ask(client, fields, at=at)))
    assert min(steps) > 100, "the work was not seen"
    true = spread(steps, names)
    deals = (dealer.sample(names, len(names)) for _ in range(1000))
    assert any(spread(steps, deal) >= true for deal in deals)


def test_a_mistake_that_made_more_work_would_be_told() -> None:
    names = list(WRONG) * 6
    steps = [900 + 3 * (name == "wrong code") for name in names]
    dealer = random.Random(7)
    deals = (dealer.sample(names, len(names)) for _ in range(1000))
    assert not any(spread(steps, deal) >= spread(steps, names) for deal in deals)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (RIGHT | {"case": "没有案号"}, "案号"),
        (RIGHT | {"case": ""}, "案号"),
        (RIGHT | {"number": " - "}, "请输入您本人"),
        (RIGHT | {"code": ""}, "请输入查询码"),
        (RIGHT | {"case": "执" * 5000, "number": "1" * 5000, "code": "A" * 5000}, "案号"),
        ({}, "请输入"),
    ],
)
def test_what_cannot_be_read_is_said_and_not_counted(
    client: Any, sealed: Lock, public_app: Any, fields: dict[str, str], sentence: str
) -> None:
    answer = ask(client, fields)
    assert answer.status_code == 422 and sentence in answer.text
    with public_app.app_context():
        assert db.session.scalars(select(Attempt)).all() == []


def test_the_number_and_the_code_are_nowhere_but_in_the_body(
    client: Any,
    sealed: Lock,
    public_app: Any,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with caplog.at_level(logging.DEBUG):
        answers = [ask(client, fields) for fields in (RIGHT, WRONG["wrong code"])]
        answers.append(client.get("/party/case"))
    out = capsys.readouterr()
    said = caplog.text + out.out + out.err
    for answer in answers:
        said += str(answer.headers)
        assert "no-store" in answer.headers["Cache-Control"]
        assert "ETag" not in answer.headers
    settings = public_app.extensions["settings"]
    for store in settings.home.rglob("*.db"):
        said += store.read_bytes().decode("latin-1")
    for secret in (NUMBER, CODE, "甘蓝芷", WRONG["wrong code"]["code"]):
        assert secret not in said
    assert "number" not in client.get(f"/party?number={NUMBER}&code={CODE}").text.split("<form")[0]


def test_five_tries_at_a_case_are_free_whoever_makes_them(client: Any, sealed: Lock) -> None:
    codes = [
        ask(client, WRONG["wrong code"], at=f"192.0.2.{place}").status_code
        for place in range(PARTY_OF_CASE.free + 2)
    ]
    assert PARTY_OF_CASE.free == 5
    assert codes == [422] * 5 + [429] * 2
    late = ask(client, RIGHT, at="192.0.2.99")
    assert late.status_code == 429 and int(late.headers["Retry-After"]) <= 61
    assert ask(client, WRONG["unknown case"], at="192.0.2.99").status_code == 422


def test_five_tries_of_an_address_are_free_whatever_it_asks_for(client: Any, sealed: Lock) -> None:
    codes = [
        ask(client, RIGHT | {"case": f"（2018）辽0803执{serial}号"}).status_code
        for serial in range(1, PARTY_OF_ADDRESS.free + 3)
    ]
    assert codes == [422] * 5 + [429] * 2


def test_the_wait_grows_and_a_right_answer_gives_its_own_try_back_alone(
    client: Any, sealed: Lock
) -> None:
    with time_machine.travel(OPENED, tick=False) as clock:
        waits = []
        for _ in range(4):
            while (answer := ask(client, WRONG["wrong code"])).status_code == 422:
                pass
            waits.append(int(answer.headers["Retry-After"]))
            clock.shift(timedelta(seconds=waits[-1]))
        assert waits == [61, 121, 241, 481]
        # Whoever has one code must not be able to wipe out his wrong guesses with it.
        assert ask(client, RIGHT).status_code == 303
        assert ask(client, WRONG["wrong code"]).status_code == 422
        assert int(ask(client, RIGHT).headers["Retry-After"]) == 961


def test_honest_people_are_never_kept_waiting(client: Any, sealed: Lock) -> None:
    assert {ask(client, RIGHT).status_code for _ in range(3 * PARTY_OF_CASE.free)} == {303}


def test_another_site_can_neither_open_nor_close(client: Any, sealed: Lock) -> None:
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert ask(client, RIGHT, **cross).status_code == 403
    assert ask(client, RIGHT, **{"Sec-Fetch-Site": "same-origin"}).status_code == 303
    assert client.post("/party/leave", headers=cross).status_code == 403
    assert client.get("/party/case").status_code == 200


def test_leaving_ends_it_in_this_browser(client: Any, sealed: Lock) -> None:
    ask(client, RIGHT)
    assert "您有一件案件正在查看" in client.get("/party").text
    answer = client.post("/party/leave")
    assert answer.status_code == 303 and "cache" in answer.headers["Clear-Site-Data"]
    assert client.get("/party/case").headers["Location"].startswith("/party?state=ended")
    assert "您已退出" in client.get(answer.headers["Location"]).text


def test_the_cookie_is_for_this_page_alone_and_says_nothing(
    public_settings: Any, public_app: Any, client: Any, sealed: Lock
) -> None:
    public_app.extensions["settings"] = replace(public_settings, https=True)
    cookie = ask(client, RIGHT).headers["Set-Cookie"]
    for mark in ("HttpOnly", "Secure", "SameSite=Strict", "Path=/party", "Max-Age=900"):
        assert mark in cookie
    value = cookie.partition("=")[2].partition(";")[0]
    assert sealed.locator.hex() not in value and CODE not in value


def test_a_session_ends_when_nothing_is_done_and_after_two_hours_in_any_case(
    client: Any, sealed: Lock
) -> None:
    with time_machine.travel(OPENED, tick=False) as clock:
        ask(client, RIGHT)
        for _ in range(8):
            clock.shift(timedelta(minutes=14))
            assert client.get("/party/case").status_code == 200
        clock.shift(timedelta(minutes=14))
        assert client.get("/party/case").status_code == 303, "two hours are over"
        ask(client, RIGHT)
        clock.shift(timedelta(minutes=16))
        assert client.get("/party/case").status_code == 303


def test_a_cookie_of_another_making_opens_nothing(client: Any, sealed: Lock, put: Any) -> None:
    for forged in ("", "x" * 3000, "gAAAAAB" + "A" * 200, "纸"):
        client.set_cookie("party", forged, path="/party")
        assert client.get("/party/case").status_code == 303
    ask(client, RIGHT)
    real = client.get_cookie("party", path="/party").value
    client.set_cookie("party", real[:-8] + "AAAAAAA=", path="/party")
    assert client.get("/party/case").status_code == 303


def test_a_view_that_was_taken_out_is_gone_for_open_sessions(
    client: Any, sealed: Lock, disclosure: Any
) -> None:
    ask(client, RIGHT)
    disclosure.delete(disclosure.get(PartyEnvelope, sealed.locator))
    disclosure.commit()
    answer = client.get("/party/case")
    assert answer.status_code == 303
    assert "查询已经结束" in client.get(answer.headers["Location"]).text


def test_a_view_that_was_closed_anew_is_read_in_the_open_session(
    client: Any, sealed: Lock, put: Any
) -> None:
    ask(client, RIGHT)
    put(a_view(cause="买卖合同纠纷"))
    assert "买卖合同纠纷" in client.get("/party/case").text


@pytest.mark.parametrize(
    ("role", "told", "kept"),
    [
        ("申请执行人", "提交线索", "如实报告财产"),
        ("被执行人", "如实报告财产", "提交线索"),
        ("利害关系人", "提出异议", "如实报告财产"),
    ],
)
def test_each_role_is_told_what_it_can_do(
    client: Any, put: Any, role: str, told: str, kept: str
) -> None:
    put(a_view(role=role))
    ask(client, RIGHT)
    page = client.get("/party/case").text
    assert told in page and kept not in page


def test_the_page_is_small_and_nobody_may_index_it(client: Any, put: Any) -> None:
    many = [
        {"node": "接谈", "at": "2018-03-09T01:00:00Z", "text": "承办人与当事人谈话。" * 3}
        for _ in range(150)
    ]
    put(a_view(events=many))
    ask(client, RIGHT)
    answer = client.get("/party/case")
    assert len(answer.data) < 60 * 1024
    assert 'href="/party/case?part=2#progress"' in answer.text
    assert client.get("/party/case?part=1").text != answer.text
    assert client.get("/party/case?part=junk").status_code == 200
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_the_idle_time_on_the_page_is_the_one_that_is_kept(client: Any, sealed: Lock) -> None:
    ask(client, RIGHT)
    assert f"{party_session.IDLE_SECONDS // 60} 分钟没有操作" in client.get("/party/case").text
