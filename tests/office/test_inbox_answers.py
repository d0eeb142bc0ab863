"""Answers: nobody's data in them, somebody else's signature, and where they can be read."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import sessionmaker

from portal.correspondence.answers import (
    inspect_answers,
    return_answer,
    sign_answer,
    withdraw_answer,
)
from portal.correspondence.desk import LetterDesk, find_letter
from portal.correspondence.errors import CorrespondenceError
from portal.correspondence.models import Handling, WrittenAnswer
from portal.correspondence.retention import purge_closed
from portal.correspondence.settling import settle_all
from portal.inbox.letters import Letter
from portal.inbox.models import Reply, SealedProof, Submission
from portal.inbox.proofs import Proof
from portal.inbox.submissions import Concern, read_status
from portal.publication.gate import Gate
from portal.reference.clock import today_in_beijing
from portal.reference.submission_kinds import Progress, SubmissionKind
from portal.staff.models import Role
from tests.office.conftest import progress, step

ANSWER = "经核查，您反映的情况属实，公开的信息已经更正。"
IN_INBOX = (Submission, SealedProof, Reply)
IN_REGISTRY = (Handling, WrittenAnswer)
PDF = b"%PDF-1.4\nbody\nstartxref\n9\n%%EOF\n"


@pytest.fixture
def inbox(home: Path, post_letter: object) -> Any:
    engine = create_engine(f"sqlite:///{home}/inbox/inbox.db")
    yield sessionmaker(engine)
    engine.dispose()


@pytest.fixture
def checked_letter(unlocked: Callable[..., Any], post_letter: Callable[..., str]) -> Any:
    """(receipt, reviewer): a letter a reviewer has opened, taken and found right."""

    def make(**letter: Any) -> tuple[str, Any]:
        receipt, client = post_letter(**letter), unlocked(Role.REVIEWER)
        step(client, receipt, "assign", handler="reviewer1")
        step(client, receipt, "conclude", outcome="upheld")
        return receipt, client

    return make


def answers_of(inbox: Any, receipt: str) -> list[str]:
    """What the sender reads on the status page."""
    status = read_status(inbox, receipt, "12345678")
    assert status is not None
    return [answer.text for answer in status.answers]


def test_an_answer_is_read_by_its_sender_once_somebody_else_signed_it(
    checked_letter: Any, unlocked: Callable[..., Any], inbox: Any, home: Path
) -> None:
    receipt, reviewer = checked_letter()
    assert step(reviewer, receipt, "answer", text=ANSWER).status_code == 303
    assert step(reviewer, receipt, "answer", text=ANSWER, submit="1").status_code == 303
    assert answers_of(inbox, receipt) == []
    assert step(reviewer, receipt, "sign").status_code == 403
    chief = unlocked(Role.CHIEF_REVIEWER)
    assert "签发</button>" in chief.get(f"/inbox/{receipt}").text
    assert step(chief, receipt, "sign").status_code == 303
    assert answers_of(inbox, receipt) == [ANSWER]
    assert progress(home, receipt) == Progress.ANSWERED
    step(reviewer, receipt, "fix")
    assert progress(home, receipt) == Progress.CORRECTED
    assert step(reviewer, receipt, "close").status_code == 303
    assert answers_of(inbox, receipt) == [ANSWER]


def test_nobody_signs_what_he_wrote(
    post_letter: Callable[..., str], unlocked: Callable[..., Any], inbox: Any
) -> None:
    receipt, chief = post_letter(), unlocked(Role.CHIEF_REVIEWER)
    step(chief, receipt, "assign", handler="chief_reviewer1")
    step(chief, receipt, "conclude", outcome="rejected")
    step(chief, receipt, "answer", text="经核查，不予更正。", submit="1")
    answer = step(chief, receipt, "sign")
    assert answer.status_code == 422 and "起草人以外的人" in answer.text
    # Nor when somebody else only passed it on.
    step(unlocked(Role.REVIEWER), receipt, "answer", text="经核查，不予更正。", submit="1")
    assert "起草人以外的人" in step(chief, receipt, "sign").text
    assert answers_of(inbox, receipt) == []


def test_the_service_refuses_whoever_may_not_sign(
    checked_letter: Any, unlocked: Callable[..., Any], inbox: Any, gate: Gate
) -> None:
    receipt, reviewer = checked_letter()
    step(reviewer, receipt, "answer", text=ANSWER, submit="1")
    desk, today = LetterDesk(gate, inbox, 15), today_in_beijing()
    file, letter = find_letter(desk, receipt, today), Letter(SubmissionKind.CORRECTION, ANSWER)
    assert file is not None
    who: dict[str, Any] = {"revision": file.handling.revision, "actor": "reviewer2"}
    for act in (
        partial(sign_answer, desk, file, letter, today=today, **who),
        partial(return_answer, desk, file, "请改写", **who),
        partial(withdraw_answer, desk, file, 1, "有误", **who),
    ):
        with pytest.raises(CorrespondenceError, match="须由审核负责人"):
            act()
    assert answers_of(inbox, receipt) == []


REFUSED = {
    "": "应为 5 至 2000 字",
    "字" * 2001: "应为 5 至 2000 字",
    "被执行人柏榆舟的年龄已经更正。": "请改写",
    "已按您留下的电话 139 0417 0001 联系。": "请改写",
    "身份证号210800197501056454已经核对。": "请改写",
    # Of the letter itself, however it is spelled; no recogniser would know the unit's name.
    "请与北纬三十商行核对后再来。": "来信中的私密内容",
    "已收到来自 h u a n g @ example.com 的材料。": "来信中的私密内容",
}


def test_an_answer_that_names_somebody_has_to_be_changed(checked_letter: Any) -> None:
    receipt, reviewer = checked_letter(name="北纬三十商行", contact="huang@example.com")
    for written, said in REFUSED.items():
        answer = step(reviewer, receipt, "answer", text=written, submit="1")
        assert (answer.status_code, said in answer.text) == (422, True), written
    # The words stay in the form; they are kept nowhere.
    assert written in answer.text
    assert written not in reviewer.get(f"/inbox/{receipt}").text


def test_what_is_private_in_the_case_is_private_in_an_answer(
    checked_letter: Any,
    bring_in: Callable[..., None],
    case: Callable[..., Any],
    gate: Gate,
) -> None:
    bring_in(case())
    with gate.stores.disclosure() as public:
        (slug,) = public.execute(text("SELECT slug FROM public_case")).scalars()
    receipt, reviewer = checked_letter(concern=Concern(f"/cases/{slug}", slug, "辽0803"))
    answer = step(reviewer, receipt, "answer", text="经核查，甘蓝芷提交的材料属实。", submit="1")
    assert answer.status_code == 422 and "案件中的私密内容" in answer.text


def test_without_the_key_no_answer_is_written_or_signed(
    checked_letter: Any, person: Callable[..., Any]
) -> None:
    receipt, reviewer = checked_letter()
    step(reviewer, receipt, "answer", text=ANSWER, submit="1")
    chief = person(Role.CHIEF_REVIEWER)
    assert "看过来信以后才能签发" in chief.get(f"/inbox/{receipt}").text
    for act, fields in (("sign", {}), ("answer", {"text": ANSWER})):
        answer = step(chief, receipt, act, **fields)
        assert answer.status_code == 422 and "收件箱已经锁定" in answer.text


def test_a_returned_answer_comes_back_with_its_comment(
    checked_letter: Any, unlocked: Callable[..., Any]
) -> None:
    receipt, reviewer = checked_letter()
    step(reviewer, receipt, "answer", text=ANSWER, submit="1")
    chief = unlocked(Role.CHIEF_REVIEWER)
    assert step(chief, receipt, "return", reason=" ").status_code == 422
    assert step(chief, receipt, "return", reason="请写明更正了哪一项").status_code == 303
    assert "退回意见：请写明更正了哪一项" in reviewer.get(f"/inbox/{receipt}").text
    assert step(chief, receipt, "sign").status_code == 422


def test_a_signed_answer_can_be_taken_back(
    checked_letter: Any, unlocked: Callable[..., Any], inbox: Any, home: Path
) -> None:
    receipt, reviewer = checked_letter()
    step(reviewer, receipt, "answer", text=ANSWER, submit="1")
    chief = unlocked(Role.CHIEF_REVIEWER)
    step(chief, receipt, "sign")
    assert step(chief, receipt, "withdraw", answer=99, reason="有误").status_code == 422
    assert step(chief, receipt, "withdraw", answer=1, reason="有误").status_code == 303
    assert answers_of(inbox, receipt) == []
    assert progress(home, receipt) == Progress.IN_HAND
    page = chief.get(f"/inbox/{receipt}").text
    assert "撤回理由：有误" in page
    for path in (home / "inbox").iterdir():
        assert ANSWER.encode() not in path.read_bytes(), path


def test_a_prepared_answer_can_be_taken_and_names_nobody(checked_letter: Any, gate: Gate) -> None:
    receipt, reviewer = checked_letter()
    page = reviewer.get(f"/inbox/{receipt}?phrase=1").text
    written = page.split('id="text"')[1].split(">", 1)[1].split("</textarea>")[0].strip()
    assert written.startswith("经核查，您反映的情况属实")
    assert step(reviewer, receipt, "answer", text=written, submit="1").status_code == 303


def test_what_a_dead_process_left_out_is_made_up_for(
    office_app: Flask, checked_letter: Any, unlocked: Callable[..., Any], inbox: Any, gate: Gate
) -> None:
    receipt, reviewer = checked_letter()
    step(reviewer, receipt, "answer", text=ANSWER, submit="1")
    step(unlocked(Role.CHIEF_REVIEWER), receipt, "sign")
    with inbox.begin() as session:
        session.execute(text("DELETE FROM reply"))
        session.execute(text("UPDATE submission SET progress = 'received'"))
    desk = LetterDesk(gate, inbox, 15)
    for _ in range(2):
        assert settle_all(desk) == 1
        assert answers_of(inbox, receipt) == [ANSWER]
    assert (inspect_answers(desk).scanned, inspect_answers(desk).leaks) == (1, ())


def test_an_answer_that_holds_something_private_is_found_again(
    post_letter: Callable[..., str], inbox: Any, gate: Gate
) -> None:
    receipt = post_letter()
    with inbox.begin() as session:
        session.add(Reply(receipt=receipt, at=datetime.now(UTC), text="请拨打13904170001联系。"))
    (leak,) = inspect_answers(LetterDesk(gate, inbox, 15)).leaks
    assert leak.item == receipt and "13904170001" not in str(leak)


def test_the_correspondence_of_a_case_is_one_archive(
    checked_letter: Any,
    unlocked: Callable[..., Any],
    post_letter: Callable[..., str],
    acts: Callable[..., list[tuple[str, str, str]]],
) -> None:
    about = Concern("/cases/2018-辽0803-执-9", "2018-辽0803-执-9", "辽0803")
    receipt, reviewer = checked_letter(concern=about, proofs=(Proof("判决<书>.pdf", PDF),))
    other = post_letter(SubmissionKind.PROPERTY, concern=about, statement="车库里有一辆汽车。")
    post_letter()
    step(reviewer, receipt, "answer", text=ANSWER)
    answer = reviewer.get("/inbox/cases/2018-辽0803-执-9/export")
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    with zipfile.ZipFile(BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        assert names == {"index.html", f"proofs/{receipt}-1.pdf"}
        page = archive.read("index.html").decode()
        assert archive.read(f"proofs/{receipt}-1.pdf") == PDF
    for told in ("秦椒榕", "车库里有一辆汽车", ANSWER, "核查", hashlib.sha256(PDF).hexdigest()):
        assert told in page
    assert "判决&lt;书&gt;.pdf" in page
    assert {subject for _, _, subject in acts("inbox.export")} == {receipt, other}


def test_a_letter_is_deleted_when_it_has_been_kept_long_enough(
    checked_letter: Any,
    unlocked: Callable[..., Any],
    inbox: Any,
    gate: Gate,
    home: Path,
    acts: Callable[..., list[tuple[str, str, str]]],
) -> None:
    receipt, reviewer = checked_letter(proofs=(Proof("a.pdf", PDF),))
    step(reviewer, receipt, "fix")
    step(reviewer, receipt, "answer", text=ANSWER, submit="1")
    step(unlocked(Role.CHIEF_REVIEWER), receipt, "sign")
    desk, today = LetterDesk(gate, inbox, 15), today_in_beijing()
    # Open letters are kept however old they are.
    assert purge_closed(desk, date(2999, 1, 1), 30, actor="shell") == 0
    step(reviewer, receipt, "close")
    assert purge_closed(desk, today + timedelta(days=30), 30, actor="shell") == 0
    assert purge_closed(desk, today + timedelta(days=31), 30, actor="shell") == 1
    with inbox() as session:
        assert not any(session.scalars(select(table)).all() for table in IN_INBOX)
    with gate.stores.registry() as session:
        assert not any(session.scalars(select(table)).all() for table in IN_REGISTRY)
    assert acts("inbox.purge") == [("shell", "inbox.purge", receipt)]
    for path in (home / "inbox").iterdir():
        assert ANSWER.encode() not in path.read_bytes(), path
    assert purge_closed(desk, datetime.now(UTC).date(), 30, actor="shell") == 0
