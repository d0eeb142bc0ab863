from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session, sessionmaker

from portal.office.words import ACT_GROUPS, ACTS
from portal.registry.audit import AuditEntry, first_broken_entry, record_act
from portal.registry.audit_heads import sign_head
from portal.registry.audit_keys import make_key, signing_key
from portal.staff.models import Role
from portal.staff.refusals import RefusalKind
from tests.tampering import disarm

PORTAL = Path(__file__).parents[2] / "portal"
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def supervisor(person: Callable[..., Any]) -> Any:
    person(Role.CLERK)
    return person(Role.SUPERVISOR)


def rows(client: Any, query: str) -> str:
    return str(client.get(f"/audit?{query}", headers=PARTIAL).text)


def test_the_log_reads_as_sentences(supervisor: Any) -> None:
    page = rows(supervisor, "")
    assert "新建账号" in page
    assert "角色：录入员" in page
    assert "sign_in" not in page


def test_the_log_can_be_narrowed(supervisor: Any) -> None:
    for query, seen, unseen in [
        ("actor=clerk1", "clerk1", "supervisor1"),
        ("act=sign_in", "登录", "新建账号"),
        ("act=account.create", "新建账号", ">登录<"),
        ("subject=editor1", "editor1", "clerk1"),
        ("subject=%25", "没有符合条件的记录", "clerk1"),
        ("from=2100-01-01", "没有符合条件的记录", "clerk1"),
        ("to=2000-01-01", "没有符合条件的记录", "clerk1"),
        ("to=9999-12-31", "clerk1", "没有符合条件的记录"),
        ("from=junk&to=2018-13-99", "clerk1", "没有符合条件的记录"),
    ]:
        page = rows(supervisor, query)
        assert seen in page, query
        assert unseen not in page, query


def test_a_day_is_a_day_in_yingkou(supervisor: Any, registry: sessionmaker[Session]) -> None:
    # 00:30 on the 9th in Yingkou is 16:30 on the 8th in UTC.
    with registry.begin() as session:
        disarm(session)
        session.execute(
            update(AuditEntry)
            .where(AuditEntry.id == 1)
            .values(at=datetime(2018, 4, 8, 16, 30, tzinfo=UTC))
        )
    assert "共 1 条" in rows(supervisor, "from=2018-04-09&to=2018-04-09")
    assert "共 0 条" in rows(supervisor, "from=2018-04-08&to=2018-04-08")


def test_a_whole_chain_is_said_to_be_whole_and_the_inspection_is_logged(
    office_app: Flask,
    supervisor: Any,
    registry: sessionmaker[Session],
    acts: Callable[..., Any],
) -> None:
    settings = office_app.extensions["settings"]
    make_key(settings.office_dir, datetime.now(UTC))
    with registry.begin() as session:
        sign_head(session, signing_key(settings.office_dir), "cron")
    assert supervisor.submit("/audit/check", "/audit").status_code == 303
    assert "与各次签名相符" in supervisor.get("/audit").text
    assert acts()[-1] == ("supervisor1", "audit.check", "")


@pytest.mark.parametrize(
    "tamper",
    [
        update(AuditEntry).where(AuditEntry.id == 3).values(actor="somebody else"),
        update(AuditEntry).where(AuditEntry.id == 3).values(detail={"role": "administrator"}),
        update(AuditEntry).where(AuditEntry.id == 3).values(at=datetime.now(UTC) - timedelta(1)),
        delete(AuditEntry).where(AuditEntry.id == 3),
    ],
)
def test_a_broken_chain_is_named(
    supervisor: Any, registry: sessionmaker[Session], tamper: Any
) -> None:
    with registry.begin() as session:
        disarm(session)
        session.execute(tamper)
    supervisor.submit("/audit/check", "/audit")
    page = supervisor.get("/audit").text
    assert "日志不完整：第 3 条" in page
    assert "问题：" in rows(supervisor, "act=audit.check")


@pytest.mark.parametrize("damage", ["detail = '{'", "detail = '[1]'", "at = '{'"])
def test_an_entry_that_cannot_be_read_is_said_and_can_still_be_looked_for(
    supervisor: Any, registry: sessionmaker[Session], damage: str
) -> None:
    with registry.begin() as session:
        disarm(session)
        session.execute(text(f"UPDATE audit_entry SET {damage} WHERE id = 3"))
    assert "日志中有记录已被改动" in rows(supervisor, "")
    supervisor.submit("/audit/check", "/audit")
    assert "日志不完整：第 3 条" in supervisor.get("/audit").text


@pytest.mark.parametrize(
    "damage",
    [
        "detail = '{'",
        "detail = '[1]'",
        "at = '{'",
        "actor = x'ff'",
        "subject = CAST(x'ff' AS TEXT)",
    ],
)
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_export_names_what_cannot_be_read_and_goes_on_to_the_end(
    supervisor: Any, registry: sessionmaker[Session], form: str, damage: str
) -> None:
    with registry.begin() as session:
        last = record_act(session, "clerk1", "case.view", "（2018）辽0803执123号").id
        disarm(session)
        session.execute(text(f"UPDATE audit_entry SET {damage} WHERE id = 3"))
    answer = supervisor.submit("/audit/export", form=form)
    lines = answer.data.decode("utf-8-sig").splitlines()
    marked = [line for line in lines if "这一条已被改动，无法读取" in line]
    assert len(marked) == 1
    assert "3" in marked[0].partition(",")[0]
    assert "共 1 条已被改动、无法读取：第 3 条" in lines[-1]
    assert "（2018）辽0803执123号" in lines[-2]
    with registry() as session:
        assert first_broken_entry(session) == 3 < last


def test_an_export_stands_halves_of_characters(
    supervisor: Any, registry: sessionmaker[Session]
) -> None:
    with registry.begin() as session:
        disarm(session)
        half = r'{"reason": "\ud83d"}'
        session.execute(text("UPDATE audit_entry SET detail = :half WHERE id = 3"), {"half": half})
    for form in ("csv", "jsonl"):
        answer = supervisor.submit("/audit/export", form=form)
        assert "sign_in.success" in answer.data.decode()


def test_every_act_has_a_word_and_a_group() -> None:
    assert {act.split(".")[0] for act in ACTS} == set(ACT_GROUPS)
    assert set(RefusalKind) <= set(ACTS)


def test_every_act_that_the_code_writes_down_has_a_word() -> None:
    written = set()
    for path in PORTAL.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        calls = re.findall(r"record_act\(([^)]*)", source)
        written |= {act for call in calls for act in re.findall(r'"([a-z_]+\.[a-z_]+)"', call)}
    assert len(written) > 20
    assert written - set(ACTS) == set()


def test_an_entry_is_a_sentence(supervisor: Any, registry: sessionmaker[Session]) -> None:
    with registry.begin() as session:
        number = "（2018）辽0803执123号"
        record_act(session, "chief1", "case.withdraw", number, {"reason": "异议成立"})
        record_act(session, "admin1", "account.role", "周", {"role": "clerk"})
        record_act(session, "wang", "sign_in.end", "wang")
        record_act(session, "cron", "unheard.of", "x", {"thing": True, "none": None})
    page = rows(supervisor, "")
    for sentence in (
        "chief1 确认撤回公开：案件（2018）辽0803执123号（理由：异议成立）",
        "admin1 更改角色：账号 周（角色：录入员）",
        "wang 退出登录",
        "cron unheard.of：x（thing：是）",
    ):
        assert f">{sentence}<" in page, sentence


@pytest.mark.parametrize("written", ["（2018）辽0803执123号", "(2018)辽0803执123号", "执123号"])
def test_a_case_is_found_by_its_number_however_it_is_written(
    supervisor: Any, registry: sessionmaker[Session], written: str
) -> None:
    with registry.begin() as session:
        for number in ("（2018）辽0803执123号", "（2018）辽0803执9号"):
            record_act(session, "reviewer1", "case.view", number)
    assert "共 1 条" in rows(supervisor, urlencode({"subject": written}))


def test_a_long_log_is_paged_both_ways_without_gaps(
    supervisor: Any, registry: sessionmaker[Session]
) -> None:
    with registry.begin() as session:
        for number in range(70):
            record_act(session, "clerk1", "case.view", f"case {number}")
    seen, pages, address = [], [], "/audit?act=case.view"
    while address:
        page = supervisor.get(address).text
        pages.append(re.findall(r"case (\d+)<", page))
        seen += pages[-1]
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert [int(number) for number in seen] == list(range(69, -1, -1))
    back = re.search(r'rel="prev" href="([^"]+)"', page)
    assert back is not None
    again = supervisor.get(back[1].replace("&amp;", "&")).text
    assert re.findall(r"case (\d+)<", again) == pages[-2]
    for junk in ("older=x", "newer=-1", "older=0", "older=99999999999999", "newer=999999999"):
        assert supervisor.get(f"/audit?{junk}").status_code == 200


def test_an_export_holds_the_entries_of_the_filter_and_is_itself_logged(
    supervisor: Any, registry: sessionmaker[Session], acts: Callable[..., Any]
) -> None:
    with registry.begin() as session:
        record_act(session, "=cmd|' /C calc'!A0", "case.view", "（2018）辽0803执123号")
    answer = supervisor.submit("/audit/export", "/audit", form="csv", act="case")
    assert answer.headers["Content-Disposition"].endswith('.csv"')
    table = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row[2:5] for row in table[1:]] == [
        ["'=cmd|' /C calc'!A0", "case.view", "（2018）辽0803执123号"]
    ]
    assert acts()[-1] == ("supervisor1", "audit.export", "")
    assert "格式：csv" in rows(supervisor, "act=audit.export")
    whole = supervisor.submit("/audit/export", "/audit", form="jsonl").data.decode()
    entries = [json.loads(line) for line in whole.splitlines()]
    assert [entry["id"] for entry in entries] == list(range(1, len(entries) + 1))
    assert all(later["previous"] == earlier["digest"] for earlier, later in pairwise(entries))
    assert supervisor.submit("/audit/export", "/audit", form="exe").status_code == 422


def test_a_log_without_a_signature_is_said_to_have_none(supervisor: Any) -> None:
    supervisor.submit("/audit/check", "/audit")
    assert "还没有签名" in supervisor.get("/audit").text
