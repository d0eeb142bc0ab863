"""What reviewers' corrections say about the recognisers, as a page and as a table to take along."""

from __future__ import annotations

import csv
import io

from flask import Blueprint, Response, make_response

from portal.hypermedia import render_page
from portal.office.gates import current_registry
from portal.office.guard import requires
from portal.office.words import MARK_ACTS, field_label, kind_name
from portal.publication.corrections import Corrections, read_corrections
from portal.staff.permissions import Permission
from redaction import MarkAct

blueprint = Blueprint("review_statistics", __name__, url_prefix="/reviews/statistics")

HEAD = (
    "项目",
    "识别器",
    "类型",
    "字段",
    "识别数",
    "误屏蔽",
    "改变屏蔽",
    "漏屏蔽",
    "标记数",
    "案件数",
)
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@blueprint.get("")
@requires(Permission.READ_RECORDS)
def show() -> Response:
    """Over- and under-masking by recogniser, and what was changed most."""
    return render_page(
        "office/review_statistics.html", corrections=read_corrections(current_registry())
    )


@blueprint.get("/corrections.csv")
@requires(Permission.READ_RECORDS)
def download() -> Response:
    """The same as a CSV file that spreadsheet programs read as UTF-8."""
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(HEAD)
    for row in _rows(read_corrections(current_registry())):
        writer.writerow([_harmless(str(cell)) for cell in row])
    response = make_response(text.getvalue())
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="corrections.csv"'
    return response


def _rows(corrections: Corrections) -> list[tuple[str | int, ...]]:
    rows: list[tuple[str | int, ...]] = [
        (
            "识别器",
            score.recogniser,
            kind_name(score.kind),
            "",
            score.findings,
            score.over,
            score.changed,
            "",
            "",
            "",
        )
        for score in corrections.recognisers
    ]
    rows += [
        ("漏屏蔽", "", kind_name(each.kind), "", each.findings, "", "", each.under, "", "")
        for each in corrections.missed
    ]
    rows += [
        (
            MARK_ACTS[MarkAct(habit.act)],
            "",
            kind_name(habit.kind),
            field_label(habit.field),
            "",
            "",
            "",
            "",
            habit.marks,
            habit.cases,
        )
        for habit in corrections.habits
    ]
    rows += [
        ("保留的文字", "", "", word, "", "", "", "", "", cases)
        for word, cases in corrections.kept_words
    ]
    return rows


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
