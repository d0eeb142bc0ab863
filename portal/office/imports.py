"""Files come in, their reports go out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, Response, current_app, redirect, request, send_file, url_for
from werkzeug import Response as BaseResponse

from portal.errors import NotFound
from portal.hypermedia import render_page
from portal.office.field_names import path_label
from portal.office.gates import current_registry
from portal.office.guard import requires, takes_files
from portal.office.pages import PAGE_SIZE, Pages, page_number, page_offset
from portal.office.problem_workbook import problem_workbook
from portal.office.session import actor
from portal.office.uploads import saved_path, shown_name
from portal.publication.intake_work import marked_copy, store_upload
from portal.registry.jobs import IntakeJob, add_job
from portal.registry.leases import open_jobs
from portal.registry.lines import UnreadableFile, check_format
from portal.registry.models import ImportProblem, ImportRun
from portal.registry.queries import (
    all_problems,
    find_import,
    list_imports,
    list_problems,
    note_download,
)
from portal.registry.workbook import blank_workbook
from portal.settings import Settings
from portal.staff.permissions import Permission

blueprint = Blueprint("imports", __name__, url_prefix="/imports")

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = ("行", "单元格", "案号", "字段", "性质", "问题")


@blueprint.get("")
@requires(Permission.READ_IMPORTS)
def index() -> Response:
    """The form and the runs so far."""
    return _page([])


@blueprint.post("")
@requires(Permission.IMPORT)
@takes_files
def upload() -> BaseResponse:
    """Take a file in for the worker and go to where its work can be watched."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page([("file", "请先选择要导入的文件。")], status=422)
    name = shown_name(file)
    try:
        check_format(saved_path(file))
    except UnreadableFile as error:
        return _page([("file", f"“{name}”无法导入：{error}")], status=422)
    job_id = add_job(
        current_registry(),
        stored_as=store_upload(saved_path(file)),
        file_name=name,
        actor=actor(),
        looking=request.form.get("step") == "look",
        now=datetime.now(UTC),
    )
    return redirect(url_for("import_jobs.show", job_id=job_id), code=303)


@blueprint.get("/<int:run_id>")
@requires(Permission.READ_IMPORTS)
def show(run_id: int) -> Response:
    """The report of one run: counts, then what was wrong line by line."""
    run = _run(run_id)
    chosen = {"errors": False, "warnings": True}.get(request.args.get("show", ""))
    problems, total = list_problems(
        current_registry(), run_id, warning=chosen, limit=PAGE_SIZE, offset=page_offset()
    )
    return render_page(
        "office/import.html",
        "problems",
        run=run,
        problems=problems,
        chosen=chosen,
        pages=Pages(page_number(), total),
        marked=_marked(run_id).exists(),
    )


@blueprint.get("/<int:run_id>/marked.xlsx")
@requires(Permission.IMPORT)
def download_marked(run_id: int) -> BaseResponse:
    """The file as it was sent, once more, with its problems marked where they stand."""
    run, path = _run(run_id), _marked(run_id)
    if not path.exists():
        raise NotFound("标注的工作簿只保留 30 天，已经删除。可以下载问题表，或者重新上传原文件。")
    note_download(current_registry(), run, actor=actor())
    return send_file(
        path, WORKBOOK, as_attachment=True, download_name=f"import-{run_id}-marked.xlsx"
    )


@blueprint.get("/<int:run_id>/problems.csv")
@requires(Permission.READ_IMPORTS)
def download_csv(run_id: int) -> Response:
    """All problems as a table that a spreadsheet opens without running anything."""
    _run(run_id)
    return _download(csv_lines(all_problems(current_registry(), run_id)), run_id, "csv", "text/csv")


@blueprint.get("/<int:run_id>/problems.xlsx")
@requires(Permission.READ_IMPORTS)
def download_xlsx(run_id: int) -> Response:
    """All problems as a workbook, what is wrong marked by colour."""
    _run(run_id)
    problems = all_problems(current_registry(), run_id)
    content = problem_workbook(COLUMNS, problems, path_label, harmless_cell)
    return _workbook(content, f"import-{run_id}.xlsx")


@blueprint.get("/blank.xlsx")
@requires(Permission.IMPORT)
def download_blank() -> Response:
    """The empty workbook to fill in."""
    out = io.BytesIO()
    blank_workbook().save(out)
    return _workbook(out.getvalue(), "cases.xlsx")


@blueprint.get("/<int:run_id>/problems.jsonl")
@requires(Permission.READ_IMPORTS)
def download_jsonl(run_id: int) -> Response:
    """All problems, one JSON object a line."""
    _run(run_id)
    lines = jsonl_lines(all_problems(current_registry(), run_id))
    return _download(lines, run_id, "jsonl", "application/jsonl")


def csv_lines(problems: Iterable[ImportProblem]) -> Iterator[str]:
    """RFC 4180 lines after a byte order mark, by which Excel knows that this is UTF-8."""
    yield "\ufeff" + _csv_line(COLUMNS)
    for problem in problems:
        kind = "提醒" if problem.warning else "错误"
        texts = (problem.cell, problem.case_number, problem.field, kind, problem.message)
        yield _csv_line((str(problem.line), *map(harmless_cell, texts)))


def harmless_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula, whatever the sender put into it."""
    first = text.lstrip()[:1]
    starts_formula = first in set("=+-@＝＋－＠|%") or text[:1] in set("\t\r\n")
    return f"'{text}" if starts_formula else text


def jsonl_lines(problems: Iterable[ImportProblem]) -> Iterator[str]:
    """One object a problem."""
    for problem in problems:
        fields = {
            "line": problem.line,
            "cell": problem.cell,
            "case_number": problem.case_number,
            "field": problem.field,
            "warning": problem.warning,
            "message": problem.message,
        }
        yield json.dumps(fields, ensure_ascii=False) + "\n"


def _csv_line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _download(lines: Iterator[str], run_id: int, ending: str, kind: str) -> Response:
    response = Response(lines, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename=import-{run_id}.{ending}"
    return response


def _workbook(content: bytes, name: str) -> Response:
    response = Response(content, content_type=WORKBOOK)
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def _marked(run_id: int) -> Path:
    settings: Settings = current_app.extensions["settings"]
    return marked_copy(settings.office_dir / "uploads", run_id)


def _run(run_id: int) -> ImportRun:
    run = find_import(current_registry(), run_id)
    if run is None:
        raise NotFound("没有这一导入批次。")
    return run


def _page(errors: list[tuple[str, str]], status: int = 200) -> Response:
    runs, total = list_imports(current_registry(), limit=PAGE_SIZE, offset=page_offset())
    return render_page(
        "office/imports.html",
        status=status,
        runs=runs,
        jobs=open_jobs(current_registry(), IntakeJob),
        pages=Pages(page_number(), total),
        errors=errors,
    )
