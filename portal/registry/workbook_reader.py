"""Reads the exchange format's workbook into the same records as lines of JSON.

Everything behind it is the same therefore. The row of a case on the first sheet is its line;
every problem can name its cell. A workbook is a packed file of its sender's making: its size,
its rows and what it says of its own extent are checked before they are believed.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from portal.reference import case_numbers
from portal.registry.lines import Line, UnreadableFile
from portal.registry.workbook import CASES, EXAMPLE, NUMBER, SHEETS, YES

# Unpacked; a workbook larger than this is no clerk's but an attack on the memory.
MOST_BYTES = 400 * 1024 * 1024
# Sheets are read row by row; the texts of all of them, and other parts, as a whole.
MOST_TEXT = 100 * 1024 * 1024
# Rows of all sheets but the first are kept until their case comes by.
MOST_ROWS = 500_000
MOST_COLUMNS = 100
# Excel keeps fifteen digits of a number: what is longer has lost its last ones already.
EXACT = 10**15
_SHEETS = "xl/worksheets/"
# What the library lets through of a damaged file.
_DAMAGED = (zlib.error, EOFError, LookupError, ValueError, TypeError, AttributeError, OSError)


def read_workbook(path: Path) -> Iterator[Line]:
    """Yield every row of the first sheet as a record with the rows that belong to it.

    Rows of other sheets whose case is not on the first one come last, each as a line that
    says so. Raises UnreadableFile.
    """
    book = _open(path)
    try:
        yield from _read_book(book)
    except (BadZipFile, ParseError, *_DAMAGED):
        raise UnreadableFile("工作簿内部已损坏，请在 Excel 中打开后另存为新文件再上传") from None
    finally:
        book.close()


def check_workbook(path: Path) -> None:
    """Raise UnreadableFile where the workbook cannot be opened or has not our first sheet."""
    book = _open(path)
    try:
        _headings(book[CASES], CASES)
    except (BadZipFile, ParseError, *_DAMAGED):
        raise UnreadableFile("工作簿内部已损坏，请在 Excel 中打开后另存为新文件再上传") from None
    finally:
        book.close()


def _read_book(book: Workbook) -> Iterator[Line]:
    entries: dict[str, _Entries] = {}
    room = MOST_ROWS
    for title in SHEETS:
        if title != CASES and title in book.sheetnames:
            entries[title] = _Entries.read(book[title], title, room)
            room -= entries[title].rows
    last = 1
    taken: set[str] = set()
    headings = _headings(book[CASES], CASES)
    for row, values in _rows(book[CASES]):
        written = _by_path(headings, values)
        if str(written.get("case_number") or "").startswith(EXAMPLE):
            continue
        last = row
        record, cells = _record(CASES, headings, row, written)
        number = _key(written.get("case_number"))
        taken.add(number)
        cells[""] = f"{CASES}!A{row}"
        for title, found in entries.items():
            _add_entries(record, cells, title, found, number)
        yield Line(row, record, cells=cells)
    for title, found in entries.items():
        for number, rows in found.by_number.items():
            if number not in taken:
                for row, _ in rows:
                    last += 1
                    cell = f"{title}!A{row}"
                    problem = f"“{title}”表第 {row} 行的案号在“案件”表中没有"
                    yield Line(last, None, problem, cells={"": cell})


def _open(path: Path) -> Workbook:
    try:
        with ZipFile(path) as packed:
            sizes = {part.filename: part.file_size for part in packed.infolist()}
        whole = max(
            (size for name, size in sizes.items() if not name.startswith(_SHEETS)), default=0
        )
        if sum(sizes.values()) > MOST_BYTES or whole > MOST_TEXT:
            raise UnreadableFile("工作簿展开后过大，请分成几个文件，或者改用 JSON Lines 文件")
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (BadZipFile, ParseError, InvalidFileException, *_DAMAGED):
        raise UnreadableFile(
            "这是 Excel 或压缩文件，但无法作为工作簿打开，也不是 JSON Lines 文件"
        ) from None
    if CASES not in book.sheetnames:
        book.close()
        raise UnreadableFile("工作簿中没有“案件”表，请使用本页提供的空白工作簿")
    return book


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Rows below the headings that are not blank, by their number."""
    # What a file says of its own extent may be anything.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(min_row=2, max_col=MOST_COLUMNS, values_only=True)
    for row, values in enumerate(rows, 2):
        if any(value not in (None, "") for value in values):
            yield row, values


def _headings(sheet: Any, title: str) -> list[str]:
    """The path of each column; a heading nobody knows stays as it is: an unknown field."""
    known = {column.title: column.path for column in SHEETS[title][1]}
    sheet.reset_dimensions()
    first = sheet.iter_rows(max_row=1, max_col=MOST_COLUMNS + 1, values_only=True)
    written = [str(value or "").strip() for value in next(first, ())]
    if NUMBER.title not in written:
        raise UnreadableFile(f"“{title}”表第一行应为表头，且须有“案号”一列")
    if any(written[MOST_COLUMNS:]):
        raise UnreadableFile(f"“{title}”表超过 {MOST_COLUMNS} 列，请使用本页提供的空白工作簿")
    return [known.get(heading, heading) for heading in written]


def _by_path(headings: list[str], values: tuple[Any, ...]) -> dict[str, Any]:
    return {path: value for path, value in zip(headings, values, strict=False) if path}


@dataclass(frozen=True)
class _Entries:
    """Rows of one sheet as they stand there, by the case they belong to."""

    headings: list[str]
    by_number: dict[str, list[tuple[int, tuple[Any, ...]]]]
    rows: int

    @classmethod
    def read(cls, sheet: Any, title: str, room: int) -> _Entries:
        """Read a whole sheet of at most ``room`` rows. Raises UnreadableFile."""
        headings = _headings(sheet, title)
        at = headings.index(NUMBER.path)
        found: defaultdict[str, list[tuple[int, tuple[Any, ...]]]] = defaultdict(list)
        rows = 0
        for row, values in _rows(sheet):
            number = str(values[at] or "") if at < len(values) else ""
            if number.startswith(EXAMPLE):
                continue
            rows += 1
            if rows > room:
                raise UnreadableFile(
                    f"工作簿各表合计超过 {MOST_ROWS} 行，请分成几个文件，或者改用 JSON Lines 文件"
                )
            found[_key(number)].append((row, values[: len(headings)]))
        return cls(headings, dict(found), rows)

    def of(self, number: str) -> list[tuple[int, dict[str, Any]]]:
        """The rows of one case, by the paths of their columns."""
        rows = [
            (row, _by_path(self.headings, values)) for row, values in self.by_number.get(number, ())
        ]
        for _, written in rows:
            del written[NUMBER.path]
        return rows


def _add_entries(
    record: dict[str, Any], cells: dict[str, str], title: str, found: _Entries, number: str
) -> None:
    key = SHEETS[title][0]
    for at, (row, written) in enumerate(found.of(number)):
        entry, places = _record(title, found.headings, row, written)
        record.setdefault(key, []).append(entry)
        cells |= {f"{key}[{at}].{path}": cell for path, cell in places.items()}
        cells[f"{key}[{at}]"] = f"{title}!A{row}"


def _record(
    title: str, headings: list[str], row: int, written: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """One row as an object, and the cell of each of its paths."""
    kinds = {column.path: column.kind for column in SHEETS[title][1]}
    record: dict[str, Any] = {}
    for path, value in written.items():
        if value in (None, ""):
            continue
        target, _, name = path.rpartition(".")
        place = record.setdefault(target, {}) if target else record
        place[name] = _value(value, kinds.get(path, "text"))
    letters = {path: get_column_letter(at) for at, path in enumerate(headings, 1) if path}
    return record, {path: f"{title}!{letter}{row}" for path, letter in letters.items()}


def _value(value: Any, kind: str) -> Any:
    """A cell as the exchange format writes it; what does not fit is left for its validation."""
    if isinstance(value, str):
        text = value.strip()
        if kind == "flag":
            return YES.get(text, text)
        return int(text) if kind == "count" and text.isascii() and text.isdigit() else text
    if isinstance(value, datetime):
        midnight = value.time() == time.min
        return value.date().isoformat() if kind == "day" and midnight else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        if kind == "count" or abs(value) >= EXACT:
            return value
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    return value


def _key(written: Any) -> str:
    """A case number by which rows of several sheets find each other."""
    text = str(written or "").strip()
    try:
        return case_numbers.parse(text).canonical
    except case_numbers.CaseNumberError:
        return text
