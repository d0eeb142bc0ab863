"""Letters in the office: what is known without the key, opening with it, and the steps."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from flask import Flask
from PIL import Image
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

from portal.correspondence.desk import (
    Due,
    LetterDesk,
    LetterFilter,
    list_open,
    narrow,
    weigh_letters,
)
from portal.inbox.keys import make_key, sealing_key
from portal.inbox.proofs import Proof
from portal.inbox.rules import PASSPHRASE_OF_ACCOUNT
from portal.inbox.sealing import key_id
from portal.inbox.submissions import Concern
from portal.publication.gate import Gate
from portal.reference.clock import today_in_beijing
from portal.reference.submission_kinds import SubmissionKind
from portal.staff.models import Role
from tests.invented import NUMBER
from tests.office.conftest import INBOX_PASSPHRASE, progress, step

STATEMENT, NAME, CONTACT = "名单上的年龄有误", "秦椒榕", "13904170001"
PDF = b"%PDF-1.4\nbody\nstartxref\n9\n%%EOF\n"
NOW = datetime.now(UTC)
TODAY = today_in_beijing()
LISTING = {
    "kind": "失信",
    "party": NAME,
    "decided_on": "2018-05-02",
    "published_from": "2018-05-03",
    "behaviour": "违反财产报告制度",
}


def picture() -> bytes:
    held = BytesIO()
    Image.new("RGB", (30, 20)).save(held, "PNG")
    return held.getvalue()


def test_the_list_says_what_waits_and_nothing_of_what_it_says(
    person: Callable[..., Any], post_letter: Callable[..., str]
) -> None:
    late = post_letter(at=NOW - timedelta(days=40))
    post_letter(SubmissionKind.PROPERTY, name="", contact="")
    page = person(Role.SUPERVISOR).get("/inbox").text
    assert page.index(late) < page.index("财产线索</td>")
    assert "已逾期" in page and "西市区" in page
    for private in (STATEMENT, NAME, CONTACT):
        assert private not in page


NARROWED = {
    "": 3,
    "due=overdue": 1,
    "due=overdue&handler=reviewer1": 0,
    "kind=property": 1,
    "court=辽0804": 0,
    "stage=checking": 1,
    "handler=reviewer1": 1,
    "stage=closed": 0,
    "stage=junk&kind=junk&court=junk&page=zzz&due=junk": 3,
    "page=99": 0,
    "case=2018-辽0803-执-9": 1,
}


def test_the_list_is_narrowed(person: Callable[..., Any], post_letter: Callable[..., str]) -> None:
    post_letter(at=NOW - timedelta(days=40))
    post_letter(SubmissionKind.PROPERTY)
    taken = post_letter(concern=Concern("", "2018-辽0803-执-9", "辽0803"))
    client = person(Role.REVIEWER)
    step(client, taken, "assign", handler="reviewer1")
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    found = {
        query: client.get(f"/inbox?{query}", headers=headers).text.count("/inbox/ABCD")
        for query in NARROWED
    }
    assert found == NARROWED


CLOSED = {
    "": 2,
    "&due=overdue": 1,
    "&due=today": 0,
    "&handler=reviewer1": 1,
    "&handler=chief_reviewer1": 1,
    "&handler=nobody": 0,
    "&handler=reviewer1&due=overdue": 1,
    "&handler=chief_reviewer1&due=overdue": 0,
    "&handler=reviewer1&kind=whereabouts": 0,
}


def test_closed_letters_are_narrowed_as_well(
    person: Callable[..., Any], post_letter: Callable[..., str]
) -> None:
    client = person(Role.REVIEWER)
    for handler, days in (("reviewer1", 40), ("chief_reviewer1", 0)):
        receipt = post_letter(SubmissionKind.PROPERTY, at=NOW - timedelta(days=days))
        step(client, receipt, "assign", handler=handler)
        step(client, receipt, "conclude", outcome="noted")
        assert step(client, receipt, "close").status_code == 303
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    found = {
        query: client.get(f"/inbox?stage=closed{query}", headers=headers).text.count("/inbox/ABCD")
        for query in CLOSED
    }
    assert found == CLOSED


def test_the_figure_of_today_is_the_list_it_leads_to(
    gate: Gate, home: Path, post_letter: Callable[..., str], person: Callable[..., Any]
) -> None:
    wednesday = datetime(2018, 5, 2, 4, tzinfo=UTC)
    due, _ = post_letter(at=wednesday), post_letter(at=wednesday + timedelta(days=7))
    engine = create_engine(f"sqlite:///{home}/inbox/inbox.db")
    desk = LetterDesk(gate, sessionmaker(engine), 15)
    files, _ = list_open(desk, wednesday.date())
    last_day = next(term.deadline.date for file in files if (term := file.next_term))
    files, _ = list_open(desk, last_day)
    assert [file.receipt for file in narrow(files, LetterFilter(due=Due.TODAY))] == [due]
    assert weigh_letters(desk, last_day).today == 1
    engine.dispose()
    page = person(Role.REVIEWER).get("/").text
    assert 'href="/inbox?due=today">0</a>' in page


def test_the_desk_counts_what_is_overdue_and_names_the_next(
    person: Callable[..., Any], post_letter: Callable[..., str]
) -> None:
    first = post_letter(at=NOW - timedelta(days=40))
    post_letter()
    page = person(Role.REVIEWER).get("/").text
    part = page[page.index('id="letters"') :]
    assert re.search(r'class="bad"><a[^>]+>1</a>', part) and first in part
    assert "letters" not in person(Role.ADMINISTRATOR).get("/").text


def test_without_the_passphrase_a_letter_stays_shut(
    person: Callable[..., Any], post_letter: Callable[..., str]
) -> None:
    receipt = post_letter(proofs=(Proof("a.pdf", PDF),))
    client = person(Role.REVIEWER)
    page = client.get(f"/inbox/{receipt}").text
    assert "内容密封于密钥" in page and "附有 1 份证明材料" in page
    assert STATEMENT not in page
    for address in (f"/inbox/{receipt}/proofs/1", f"/inbox/{receipt}/export"):
        answer = client.get(address)
        assert answer.status_code == 303 and answer.location.startswith("/inbox/keys?next=")


def test_with_it_the_letter_is_read_and_every_opening_logged(
    unlocked: Callable[..., Any],
    post_letter: Callable[..., str],
    acts: Callable[..., list[tuple[str, str, str]]],
) -> None:
    receipt = post_letter()
    client = unlocked(Role.REVIEWER)
    page = client.get(f"/inbox/{receipt}")
    for private in (STATEMENT, NAME, CONTACT):
        assert private in page.text
    client.get(f"/inbox/{receipt}")
    opened = ("reviewer1", "inbox.open", receipt)
    assert acts("inbox.open") == [opened, opened]
    ((_, _, key),) = acts("inbox.unlock_key")
    assert re.fullmatch("[0-9a-f]{16}", key)


def test_keys_are_unlocked_for_one_session_only_and_go_with_it(
    unlocked: Callable[..., Any], person: Callable[..., Any], post_letter: Callable[..., str]
) -> None:
    receipt = post_letter()
    mine, other = unlocked(Role.REVIEWER), person(Role.REVIEWER)
    assert STATEMENT in mine.get(f"/inbox/{receipt}").text
    assert STATEMENT not in other.get(f"/inbox/{receipt}").text
    assert STATEMENT not in person(Role.SUPERVISOR).get(f"/inbox/{receipt}").text
    assert mine.submit("/inbox/keys/lock").status_code == 303
    assert STATEMENT not in mine.get(f"/inbox/{receipt}").text


def test_signing_out_leaves_no_key_in_memory(
    office_app: Flask, unlocked: Callable[..., Any], post_letter: Callable[..., str]
) -> None:
    client, keyring = unlocked(Role.REVIEWER), office_app.extensions["keyring"]
    assert keyring.forget_old() == 1
    client.submit("/sign-out")
    assert keyring.forget_old() == 0


def test_no_key_is_in_the_cookie_or_on_the_disk(
    home: Path, unlocked: Callable[..., Any], office_app: Flask
) -> None:
    client = unlocked(Role.REVIEWER)
    (held,) = office_app.extensions["keyring"]._held.values()
    (key,) = held.keys.values()
    raw = key.private_bytes_raw()
    cookie = client.get_cookie("office_session")
    assert cookie is not None and raw.hex() not in cookie.value
    for path in home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert raw not in content and INBOX_PASSPHRASE.encode() not in content


def test_a_wrong_passphrase_is_logged_counted_and_made_to_wait(
    person: Callable[..., Any],
    post_letter: Callable[..., str],
    acts: Callable[..., list[tuple[str, str, str]]],
) -> None:
    client = person(Role.REVIEWER)
    for _ in range(PASSPHRASE_OF_ACCOUNT.free):
        answer = client.submit("/inbox/keys", "/inbox/keys", passphrase="wrong wrong wrong")
        assert answer.status_code == 422 and "口令不正确" in answer.text
        assert "wrong wrong" not in answer.text
    answer = client.submit("/inbox/keys", "/inbox/keys", passphrase=INBOX_PASSPHRASE)
    assert answer.status_code == 422 and "约 1 分钟" in answer.text
    assert len(acts("inbox.refuse_passphrase")) == PASSPHRASE_OF_ACCOUNT.free


def test_a_letter_sealed_to_a_lost_key_is_said_plainly(
    unlocked: Callable[..., Any], post_letter: Callable[..., str]
) -> None:
    lost = X25519PrivateKey.generate().public_key()
    receipt = post_letter(key=lost)
    client = unlocked(Role.REVIEWER)
    page = client.get(f"/inbox/{receipt}").text
    assert "这一件打不开" in page and key_id(lost) in page
    keys = client.get("/inbox/keys").text
    assert "有 1 件来信打不开" in keys and key_id(lost) in keys
    assert client.get(f"/inbox/{receipt}/export").status_code == 200


def test_after_rotation_each_passphrase_opens_its_own_letters(
    home: Path, unlocked: Callable[..., Any], post_letter: Callable[..., str]
) -> None:
    old = post_letter()
    make_key(home / "public", home / "office", INBOX_PASSPHRASE[::-1], NOW)
    new = post_letter(key=sealing_key(home / "public"))
    client = unlocked(Role.REVIEWER)
    assert STATEMENT in client.get(f"/inbox/{old}").text
    assert "这一件打不开" in client.get(f"/inbox/{new}").text
    client.submit("/inbox/keys", "/inbox/keys", passphrase=INBOX_PASSPHRASE[::-1])
    for receipt in (old, new):
        assert STATEMENT in client.get(f"/inbox/{receipt}").text
    assert client.get("/inbox/keys").text.count("已开启</span>") == 2


def test_a_changed_box_is_not_opened(
    home: Path, unlocked: Callable[..., Any], post_letter: Callable[..., str]
) -> None:
    receipt = post_letter()
    engine = create_engine(f"sqlite:///{home}/inbox/inbox.db")
    with engine.begin() as connection:
        connection.execute(text("UPDATE submission SET kind = 'objection'"))
    page = unlocked(Role.REVIEWER).get(f"/inbox/{receipt}").text
    assert "已被改动" in page and STATEMENT not in page
    with engine.begin() as connection:
        connection.execute(text("UPDATE submission SET kind = 'junk', case_slug = 'junk'"))
    engine.dispose()
    assert unlocked(Role.REVIEWER).get("/inbox").status_code == 200


def test_proofs_are_redrawn_or_handed_out_as_files(
    unlocked: Callable[..., Any],
    post_letter: Callable[..., str],
    acts: Callable[..., list[tuple[str, str, str]]],
) -> None:
    shown = picture()
    receipt = post_letter(proofs=(Proof("户口簿-秦椒榕.png", shown), Proof("<b>判决</b>.pdf", PDF)))
    client = unlocked(Role.REVIEWER)
    page = client.get(f"/inbox/{receipt}").text
    assert "户口簿-秦椒榕.png" in page and "&lt;b&gt;判决" in page
    drawn = client.get(f"/inbox/{receipt}/proofs/1")
    assert drawn.mimetype == "image/jpeg" and "Content-Disposition" not in drawn.headers
    original = client.get(f"/inbox/{receipt}/proofs/1?original=1")
    assert original.data == shown
    assert original.headers["Content-Disposition"] == f"attachment; filename={receipt}-1.png"
    pdf = client.get(f"/inbox/{receipt}/proofs/2")
    assert pdf.data == PDF and pdf.mimetype == "application/pdf"
    assert pdf.headers["Content-Disposition"].startswith("attachment;")
    assert pdf.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/inbox/{receipt}/proofs/3").status_code == 404
    assert len(acts("inbox.open_proof")) == 3


def test_a_letter_is_given_to_somebody_who_may_handle_it(
    person: Callable[..., Any], post_letter: Callable[..., str], home: Path
) -> None:
    receipt, client = post_letter(), person(Role.REVIEWER)
    for stranger in ("supervisor1", "administrator1", "nobody", ""):
        assert step(client, receipt, "assign", handler=stranger).status_code == 422
    assert progress(home, receipt) == "received"
    assert step(client, receipt, "assign", handler="chief_reviewer1").status_code == 303
    assert progress(home, receipt) == "in_hand"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    person: Callable[..., Any], post_letter: Callable[..., str]
) -> None:
    receipt = post_letter()
    first, second = person(Role.REVIEWER), person(Role.CHIEF_REVIEWER)
    assert step(first, receipt, "assign", handler="reviewer1").status_code == 303
    answer = step(second, receipt, "assign", handler="chief_reviewer1", revision=0)
    assert answer.status_code == 422 and "刚刚被别人处理过" in answer.text


# what was done before, the act, its fields, what is said
OUT_OF_ORDER: tuple[tuple[str, str, dict[str, str], str], ...] = (
    ("", "conclude", {"outcome": "upheld"}, "请先指定承办人"),
    ("assign", "conclude", {"outcome": "noted"}, "请选择核查结果"),
    ("assign", "conclude", {"outcome": "junk"}, "请选择核查结果"),
    ("assign", "fix", {}, "只有认定成立"),
    ("assign", "close", {}, "还没有写明核查结果"),
    ("assign uphold", "close", {}, "还没有更正"),
    ("assign reject", "close", {}, "还没有答复"),
    ("assign", "reopen", {}, "没有办结"),
    ("assign", "review", {"step": "report", "day": str(TODAY)}, "现在不能登记"),
    ("assign", "review", {"step": "receive", "day": "2018-01-01"}, "不早于收到之日"),
    ("assign", "review", {"step": "receive", "day": "2999-01-01"}, "不晚于今天"),
    ("assign", "review", {"step": "receive", "day": "x"}, "请填写日期"),
    ("assign", "review", {"step": "x", "day": str(TODAY)}, "请选择复核"),
)


def test_steps_out_of_order_are_refused_with_a_reason(
    person: Callable[..., Any], post_letter: Callable[..., str]
) -> None:
    client = person(Role.REVIEWER)
    done = {
        "assign": ("assign", {"handler": "reviewer1"}),
        "uphold": ("conclude", {"outcome": "upheld"}),
        "reject": ("conclude", {"outcome": "rejected"}),
    }
    for before, act, fields, said in OUT_OF_ORDER:
        receipt = post_letter()
        for name in before.split():
            assert step(client, receipt, done[name][0], **done[name][1]).status_code == 303
        answer = step(client, receipt, act, **fields)
        assert (answer.status_code, said in answer.text) == (422, True), said


def test_a_clue_is_checked_and_closed_without_an_answer(
    person: Callable[..., Any], post_letter: Callable[..., str], home: Path
) -> None:
    receipt, client = post_letter(SubmissionKind.WHEREABOUTS), person(Role.REVIEWER)
    step(client, receipt, "assign", handler="reviewer1")
    step(client, receipt, "conclude", outcome="noted")
    assert step(client, receipt, "close").status_code == 303
    assert progress(home, receipt) == "closed"
    assert step(client, receipt, "assign", handler="reviewer1").status_code == 422
    assert step(client, receipt, "reopen").status_code == 303
    assert progress(home, receipt) == "in_hand"


def test_a_wrong_entry_has_to_leave_its_list_before_it_is_noted_as_removed(
    person: Callable[..., Any],
    post_letter: Callable[..., str],
    bring_in: Callable[..., None],
    case: Callable[..., dict[str, Any]],
    gate: Any,
    home: Path,
) -> None:
    bring_in(case(measures=[LISTING]))
    with gate.stores.disclosure() as public:
        (entry,) = public.execute(text("SELECT id FROM public_debtor")).scalars()
        (slug,) = public.execute(text("SELECT slug FROM public_case")).scalars()
    about = Concern(f"/debtors/{entry}", slug, "辽0803")
    receipt = post_letter(SubmissionKind.OBJECTION, concern=about)
    client = person(Role.REVIEWER)
    step(client, receipt, "assign", handler="reviewer1")
    step(client, receipt, "conclude", outcome="upheld")
    page = client.get(f"/inbox/{receipt}").text
    assert "仍在公开" in page and NUMBER in page and "案件页面</a>" in page
    assert receipt in client.get("/lists").text
    answer = step(client, receipt, "fix")
    assert answer.status_code == 422 and "仍在公开（/debtors/" in answer.text
    client.submit(f"/cases/{slug}/withdraw", reason="不应列入")
    assert "已不在公开" in client.get(f"/inbox/{receipt}").text
    assert step(client, receipt, "fix").status_code == 303
    assert progress(home, receipt) == "corrected"
    assert receipt not in client.get("/lists").text


def test_a_review_by_the_next_court_is_followed_step_by_step(
    person: Callable[..., Any], post_letter: Callable[..., str], home: Path
) -> None:
    receipt = post_letter(at=NOW - timedelta(days=40))
    client, today = person(Role.REVIEWER), str(TODAY)
    for named, after in (
        ("receive", "in_review"),
        ("forward", "in_review"),
        ("report", "in_review"),
        ("uphold", "received"),
        ("fix", "received"),
    ):
        assert step(client, receipt, "review", step=named, day=today).status_code == 303
        assert progress(home, receipt) == after
    page = client.get(f"/inbox/{receipt}").text
    assert "异议成立" in page and "按复核结论更正" in page
    early = str(date.fromisoformat(today) - timedelta(days=1))
    assert step(client, receipt, "review", step="receive", day=early).status_code == 422


def test_an_unknown_receipt_is_not_there(person: Callable[..., Any]) -> None:
    client = person(Role.REVIEWER)
    for receipt in ("ABCD-EFGH-JKMN", "abcd-efgh-jkmn", "x", "..", "ABCD EFGH JKMN"):
        assert client.get(f"/inbox/{receipt}").status_code == 404
    assert client.get("/inbox/cases/2018-辽0803-执-1/export").status_code == 404
