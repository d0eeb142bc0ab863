from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import event, select
from sqlalchemy.orm import Session, sessionmaker

from portal.office.imports import harmless_cell
from portal.registry.intake import import_file
from portal.registry.models import ImportRun
from portal.staff.models import Role

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def test_a_file_goes_from_the_form_to_its_report(
    person: Callable[..., Any], case: Callable[..., Any], acts: Callable[..., Any]
) -> None:
    clerk = person(Role.CLERK)
    answer = clerk.upload(case(), b'{"broken', name="四月.jsonl")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/imports/jobs/1")
    assert clerk.get("/imports/jobs/1").headers["Location"] == "/imports/1"
    watching = clerk.get("/imports/jobs/1", headers=PARTIAL)
    assert watching.headers["HX-Redirect"] == "/imports/1"
    report = clerk.get("/imports/1").text
    assert "四月.jsonl" in report
    assert "有 1 行被退回" in report
    assert "不是完整的 JSON" in report
    assert ("clerk1", "import.start", "四月.jsonl") in acts()
    assert ("clerk1", "import.finish", "四月.jsonl") in acts()


def test_a_preview_is_shown_then_confirmed_or_cancelled_once(
    office_app: Flask, person: Callable[..., Any], case: Callable[..., Any]
) -> None:
    clerk, worker = person(Role.CLERK), office_app.extensions["worker"]

    def ask_for_a_preview() -> str:
        content = json.dumps(case(), ensure_ascii=False).encode()
        fields = {"file": (io.BytesIO(content), "四月.jsonl"), "step": "look"}
        address: str = clerk.submit("/imports", "/imports", **fields).headers["Location"]
        assert "排队等待" in clerk.get(address).text
        worker.work_off()
        assert "还没有写入任何内容" in clerk.get(address, headers=PARTIAL).text
        return address

    first = ask_for_a_preview()
    assert "等待确认" in clerk.get("/imports").text
    assert clerk.submit(f"{first}/cancel").status_code == 303
    assert "已取消" in clerk.get(first).text
    clerk.submit(f"{first}/confirm")
    assert worker.work_off() == 0
    second = ask_for_a_preview()
    clerk.submit(f"{second}/confirm")
    clerk.submit(f"{second}/confirm")
    assert worker.work_off() == 1
    assert "全部 1 行均已导入" in clerk.get(clerk.get(second).headers["Location"]).text
    assert person(Role.SUPERVISOR).get(second).status_code == 303
    assert person(Role.SUPERVISOR).submit(f"{second}/cancel").status_code == 403
    assert clerk.get("/imports/jobs/99").status_code == 404


def test_a_compressed_file_is_taken(person: Callable[..., Any], case: Callable[..., Any]) -> None:
    clerk = person(Role.CLERK)
    packed = gzip.compress(json.dumps(case(), ensure_ascii=False).encode())
    assert clerk.upload(packed, name="export.jsonl.gz").status_code == 303
    assert "全部 1 行均已导入" in clerk.get("/imports/1").text


def test_uploads_lie_in_the_office_folder_only_as_long_as_they_are_read(
    person: Callable[..., Any],
    case: Callable[..., Any],
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    elsewhere = home / "tmp"
    elsewhere.mkdir()
    monkeypatch.setenv("TMPDIR", str(elsewhere))
    uploads = home / "office" / "uploads"
    assert uploads.stat().st_mode & 0o777 == 0o700
    # Larger than what werkzeug would keep in memory.
    lines = [case(cause="长" * 1000, case_number=f"（2018）辽0803执{n}号") for n in range(1, 400)]
    assert person(Role.CLERK).upload(*lines).status_code == 303
    # What is kept for a month is the copy with its problems marked, readable for nobody else.
    assert [path.name for path in uploads.iterdir()] == ["marked-1.xlsx"]
    assert (uploads / "marked-1.xlsx").stat().st_mode & 0o777 == 0o600
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04rest of a workbook", "不是 JSON Lines 文件"),
        (b"[{}]", "JSON 数组"),
        (b"\xff\xfe{\x00", "UTF-16"),
    ],
)
def test_a_file_of_another_format_is_refused_in_words(
    person: Callable[..., Any], content: bytes, sentence: str
) -> None:
    answer = person(Role.CLERK).upload(content)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "还没有导入记录" in answer.text


def test_an_upload_without_a_file_says_so(person: Callable[..., Any]) -> None:
    answer = person(Role.CLERK).submit("/imports", "/imports")
    assert (answer.status_code, "请先选择要导入的文件" in answer.text) == (422, True)


def test_a_file_name_is_shown_as_text_and_leads_nowhere(
    person: Callable[..., Any], case: Callable[..., Any]
) -> None:
    clerk = person(Role.CLERK)
    clerk.upload(case(), name="../../etc/<script>x</script>.jsonl")
    page = clerk.get("/imports").text
    assert "script&gt;.jsonl" in page
    assert "<script>x" not in page
    assert "etc" not in page


def test_the_report_can_be_narrowed_to_errors_or_reminders(
    person: Callable[..., Any], case: Callable[..., Any]
) -> None:
    clerk = person(Role.CLERK)
    clerk.upload(case(disclosure=None), b'{"broken')
    errors = clerk.get("/imports/1?show=errors", headers=PARTIAL).text
    assert "不是完整的 JSON" in errors
    assert "公开级别" not in errors
    reminders = clerk.get("/imports/1?show=warnings", headers=PARTIAL).text
    assert "公开级别" in reminders
    assert "不是完整的 JSON" not in reminders
    assert "<!doctype" not in errors


def test_the_table_download_opens_in_a_spreadsheet_and_runs_nothing(
    person: Callable[..., Any], case: Callable[..., Any]
) -> None:
    clerk = person(Role.CLERK)
    clerk.upload(case(**{"=cmd|' /C calc'!A0": "1", "＋1": "2"}), b'{"broken')
    answer = clerk.get("/imports/1/problems.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=import-1.csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0] == ["行", "单元格", "案号", "字段", "性质", "问题"]
    assert {row[3][:2] for row in rows[1:3]} == {"'=", "'＋"}
    assert rows[-1][0] == "2"


def test_the_workbook_of_problems_is_text_and_marks_what_is_wrong(
    person: Callable[..., Any], case: Callable[..., Any]
) -> None:
    clerk = person(Role.CLERK)
    clerk.upload(case(**{"=cmd|' /C calc'!A0": "1"}), b'{"broken')
    book = load_workbook(io.BytesIO(clerk.get("/imports/1/problems.xlsx").data))
    rows = list(book.active.iter_rows(min_row=2))
    assert len(rows) >= 2
    assert {cell.data_type for row in rows for cell in row} <= {"n", "s", "inlineStr"}
    assert all(row[5].fill.fill_type == "solid" for row in rows)
    blank = load_workbook(io.BytesIO(clerk.get("/imports/blank.xlsx").data))
    assert "案件" in blank.sheetnames


def test_the_marked_workbook_is_its_clerks_for_a_month_and_logged(
    person: Callable[..., Any], case: Callable[..., Any], home: Path, acts: Callable[..., Any]
) -> None:
    clerk = person(Role.CLERK)
    clerk.upload(case(filed_on="x"), name="四月.jsonl")
    assert "下载标注的工作簿" in clerk.get("/imports/1").text
    answer = clerk.get("/imports/1/marked.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    assert "立案日期" in book["案件（核对）"]["D2"].comment.text
    assert ("clerk1", "import.download", "四月.jsonl") in acts()
    # It holds what was sent: whoever only reads reports does not get it.
    assert person(Role.SUPERVISOR).get("/imports/1/marked.xlsx").status_code == 403
    assert "下载标注的工作簿" not in person(Role.SUPERVISOR).get("/imports/1").text
    (home / "office" / "uploads" / "marked-1.xlsx").unlink()
    assert "只保留 30 天" in clerk.get("/imports/1/marked.xlsx").text
    assert "下载标注的工作簿" not in clerk.get("/imports/1").text


def test_a_file_larger_than_the_limit_is_refused_in_words(
    office_app: Flask, person: Callable[..., Any], case: Callable[..., Any]
) -> None:
    clerk = person(Role.CLERK)
    office_app.config["MAX_CONTENT_LENGTH"] = 100
    answer = clerk.submit("/imports", "/imports", file=(io.BytesIO(b"x" * 1000), "a.jsonl"))
    assert (answer.status_code, "文件超过 1 GB" in answer.text) == (413, True)


def test_the_other_download_has_one_object_a_line(person: Callable[..., Any]) -> None:
    clerk = person(Role.CLERK)
    clerk.upload(b'{"case_number": "x"}', b'{"broken')
    answer = clerk.get("/imports/1/problems.jsonl")
    problems = [json.loads(line) for line in answer.data.decode().splitlines()]
    assert {problem["line"] for problem in problems} == {1, 2}
    assert set(problems[0]) == {"line", "cell", "case_number", "field", "warning", "message"}


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "＝1", " =1", "\t=1", "\r1", "|x", "%x"])
def test_formulas_become_text(text: str) -> None:
    assert harmless_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "缺少必填项", "events[3].at", "（2018）辽0803执1号", "1-2"])
def test_other_text_stays(text: str) -> None:
    assert harmless_cell(text) == text


@pytest.mark.parametrize(
    "path", ["/imports/9", "/imports/9/problems.csv", "/imports/9/problems.jsonl"]
)
def test_an_unknown_run_is_missing(person: Callable[..., Any], path: str) -> None:
    assert person(Role.CLERK).get(path).status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "²", ""])
def test_junk_in_the_page_number_is_the_first_page(person: Callable[..., Any], page: str) -> None:
    assert person(Role.CLERK).get(f"/imports?page={page}").status_code == 200


def test_paging_links_keep_the_filters_and_take_no_orders_from_the_address(
    person: Callable[..., Any],
) -> None:
    clerk = person(Role.CLERK)
    clerk.upload(*[b'{"broken'] * 31)
    page = clerk.get("/imports/1?show=errors&_scheme=javascript&_external=1&run_id=7").text
    wanted = "/imports/1?show=errors&amp;_scheme=javascript&amp;_external=1&amp;run_id=7&amp;page=2"
    assert f'rel="next" href="{wanted}"' in page


def test_an_upload_that_is_taken_over_leads_to_the_run_that_goes_on(
    person: Callable[..., Any],
    registry: sessionmaker[Session],
    case: Callable[..., Any],
    tmp_path: Path,
) -> None:
    """Fault injection: a colleague sends the same file as soon as the run is opened."""
    path = tmp_path / "export.jsonl"
    path.write_bytes(json.dumps(case(), ensure_ascii=False).encode())
    clerk, others = person(Role.CLERK), []

    def meanwhile(session: Session) -> None:
        with registry() as reading:
            opened = reading.scalars(select(ImportRun)).all()
        if opened and not others:
            others.append(None)
            others[0] = import_file(registry, path, name="again.jsonl", actor="clerk2")

    event.listen(registry, "after_commit", meanwhile)
    answer = clerk.upload(case())
    assert answer.status_code == 303
    page = clerk.get(answer.headers["Location"]).text
    assert "又有一次导入" in page
    assert others[0].read == 1
    with registry() as session:
        assert len(session.scalars(select(ImportRun)).all()) == 1
