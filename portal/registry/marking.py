"""An imported file once more as a workbook, with what was wrong marked where it stands.

A clerk's own workbook comes back as he wrote it, cells coloured and commented. Lines of JSON,
and a workbook too large to be held whole, become a workbook of the rows that have problems;
its sheets bear other names, so that it cannot be imported in the place of its file, which says
more than the columns of a workbook hold.

Every cell is a value: formulas are replaced by what they came to, and a text that looks like a
formula stays a text, so nothing a sender wrote can run on a clerk's machine.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from portal.registry.lines import Line, is_workbook, read_lines
from portal.registry.models import ImportProblem
from portal.registry.workbook import CASES, NUMBER, SHEETS, Column

# A workbook held whole takes some twenty times its unpacked size in memory.
MOST_HELD = 30 * 1024 * 1024
# Rows with problems beyond these stand in the plain report only.
MOST_ROWS = 5_000
MOST_COMMENT = 1_000
AUTHOR = "导入核对"
LIST = "问题清单"
COPIED = "（核对）"
WRONG = PatternFill("solid", start_color="F8C7C4")
DOUBTFUL = PatternFill("solid", start_color="FBE7B2")
_NO_FILL = PatternFill()
# Excel refuses a file with one of these in a text.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ENTRY = re.compile(r"(\w+)\[(\d+)\](?:\.(.+))?")


def mark_file(source: Path, problems: Iterable[ImportProblem], target: Path) -> None:
    """Write the marked workbook of an imported file.

    Raises UnreadableFile where the file cannot be read any more.
    """
    found = list(problems)
    own = is_workbook(source) and _unpacked(source) <= MOST_HELD
    book = _own_workbook(source, found) if own else _rows_workbook(source, found)
    book.save(target)


def _unpacked(path: Path) -> int:
    with ZipFile(path) as packed:
        return sum(part.file_size for part in packed.infolist())


def _own_workbook(source: Path, problems: list[ImportProblem]) -> Workbook:
    book = load_workbook(source, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        _remove_marks(sheet)
    if LIST in book.sheetnames:
        del book[LIST]
    notes: defaultdict[tuple[str, str], list[ImportProblem]] = defaultdict(list)
    for problem in problems:
        title, _, place = problem.cell.partition("!")
        notes[title, place].append(problem)
    for (title, place), here in notes.items():
        if title in book.sheetnames and place:
            _mark(book[title][place], here)
    listed = book.create_sheet(LIST)
    for row in _list_rows(problems):
        listed.append(row)
        for cell in listed[listed.max_row]:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    _set_widths(listed)
    return book


def _remove_marks(sheet: Any) -> None:
    """Take away what an earlier report marked: a corrected workbook starts clean."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment and cell.comment.author == AUTHOR:
                cell.comment, cell.fill = None, _NO_FILL


def _rows_workbook(source: Path, problems: list[ImportProblem]) -> Workbook:
    by_line: defaultdict[int, list[ImportProblem]] = defaultdict(list)
    for problem in problems:
        by_line[problem.line].append(problem)
    wanted = set(sorted(by_line)[:MOST_ROWS])
    book = Workbook(write_only=True)
    listed = book.create_sheet(LIST)
    for row in _list_rows(problems[: 20 * MOST_ROWS]):
        listed.append([_text(listed, value) for value in row])
    sheets = {}
    for title, (_, columns) in SHEETS.items():
        sheets[title] = sheet = book.create_sheet(title + COPIED)
        sheet.freeze_panes = "C2"
        for at, column in enumerate(columns, 2):
            sheet.column_dimensions[get_column_letter(at)].width = max(14, 2 * len(column.title))
        sheet.append([_heading(sheet, "行"), *(_heading(sheet, one.title) for one in columns)])
    last = max(wanted, default=0)
    for line in read_lines(source):
        if line.number > last:
            break
        if line.number in wanted:
            _copy_line(sheets, line, by_line[line.number])
    return book


def _copy_line(sheets: Mapping[str, Any], line: Line, problems: list[ImportProblem]) -> None:
    """The rows of one line, each problem at its cell or, where it has none, at the number."""
    record = line.record or {}
    notes: defaultdict[tuple[str, int, str], list[ImportProblem]] = defaultdict(list)
    for problem in problems:
        notes[_place(record, problem.field)].append(problem)
    number = record.get(NUMBER.path)
    for title, (key, columns) in SHEETS.items():
        rows = [record] if title == CASES else _entries(record, key)
        for at, row in enumerate(rows):
            sheet, cells = sheets[title], []
            for column in columns:
                value = number if column == NUMBER else _dig(row, column.path)
                cell = _text(sheet, value)
                here = notes[title, at, column.path]
                if here:
                    _mark(cell, here)
                cells.append(cell)
            sheet.append([_text(sheet, line.number), *cells])


def _place(record: Mapping[str, Any], path: str) -> tuple[str, int, str]:
    """Sheet, entry and column of a field; what has no column stands at the case's number."""
    entry = _ENTRY.fullmatch(path)
    for title, (key, columns) in SHEETS.items():
        if entry and entry[1] == key and int(entry[2]) < len(_entries(record, key)):
            return title, int(entry[2]), _column(columns, entry[3] or "")
        if title == CASES and not entry:
            found = _column(columns, path)
            if found != NUMBER.path:
                return title, 0, found
    return CASES, 0, NUMBER.path


def _label(path: str) -> str:
    """A field as its sheet and column call it; one that has no column as it is written."""
    entry = _ENTRY.fullmatch(path)
    for title, (key, columns) in SHEETS.items():
        names = {column.path: column.title for column in columns}
        if entry and entry[1] == key:
            return (
                f"{title} {int(entry[2]) + 1} {names.get(entry[3] or '', entry[3] or '')}".strip()
            )
        if title == CASES and path in names:
            return names[path]
    return path


def _column(columns: tuple[Column, ...], path: str) -> str:
    inside = (column.path for column in columns if f"{column.path}.".startswith(f"{path}."))
    return next(inside, NUMBER.path)


def _entries(record: Mapping[str, Any], key: str) -> list[Any]:
    found = record.get(key)
    return found if isinstance(found, list) else []


def _dig(row: Any, path: str) -> Any:
    for name in path.split("."):
        row = row.get(name) if isinstance(row, dict) else None
    return row


def _mark(cell: Any, problems: list[ImportProblem]) -> None:
    """Colour a cell and say why, below whatever its writer had noted there."""
    cell.fill = DOUBTFUL if all(problem.warning for problem in problems) else WRONG
    said = [cell.comment.text] if cell.comment else []
    said += [f"{_label(problem.field)}：{problem.message}" for problem in problems]
    text = _clean("\n".join(said))[:MOST_COMMENT]
    cell.comment = Comment(text, AUTHOR, width=320, height=60 + 20 * len(problems))


def _list_rows(problems: Iterable[ImportProblem]) -> Iterable[list[Any]]:
    yield ["行", "单元格", "案号", "字段", "性质", "问题"]
    for problem in problems:
        kind = "提醒" if problem.warning else "错误"
        texts = (problem.cell, problem.case_number, _label(problem.field), kind, problem.message)
        yield [problem.line, *map(_clean, texts)]


def _set_widths(sheet: Any) -> None:
    for letter, width in zip("ABCDEF", (8, 16, 28, 24, 8, 60), strict=True):
        sheet.column_dimensions[letter].width = width


def _heading(sheet: Any, text: str) -> Any:
    cell = _text(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _text(sheet: Any, value: Any) -> Any:
    """A cell that is a number of ours or a text, never a formula."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, _clean(str(value))[:32_000])
    cell.data_type = "s"
    return cell


def _clean(text: str) -> str:
    return _UNWANTED.sub("", text)
