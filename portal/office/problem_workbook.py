"""The report of an import as a workbook: one row a problem, what is wrong marked by colour."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import PatternFill

from portal.registry.models import ImportProblem

_WRONG = PatternFill("solid", start_color="F8C7C4")
_DOUBTFUL = PatternFill("solid", start_color="FBE7B2")


def problem_workbook(
    columns: Iterable[str],
    problems: Iterable[ImportProblem],
    label: Callable[[str], str],
    harmless: Callable[[str], str],
) -> bytes:
    """An .xlsx file; every text is written as text, so that no cell can be a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("问题与提醒")
    sheet.freeze_panes = "A2"
    sheet.append(list(columns))
    for problem in problems:
        kind = "提醒" if problem.warning else "错误"
        texts = (problem.cell, problem.case_number, label(problem.field), kind, problem.message)
        cells = [WriteOnlyCell(sheet, problem.line)]
        for text in texts:
            cell = WriteOnlyCell(sheet, harmless(text))
            cell.data_type = "s"
            cells.append(cell)
        for cell in cells[3:]:
            cell.fill = _DOUBTFUL if problem.warning else _WRONG
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
