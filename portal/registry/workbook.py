"""The exchange format as an Excel workbook: one sheet of cases, one sheet a kind of list.

A workbook is read into the same records as a JSON line, so that everything behind it is the
same. The row of a case on the first sheet is its line; every problem can name its cell.
"""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from portal.reference import case_numbers
from portal.reference.courts import COURTS
from portal.reference.vocabulary import (
    AuctionRound,
    AuctionStatus,
    ControlAction,
    ControlKind,
    DisclosureLevel,
    Exemption,
    MeasureKind,
    PartyKind,
    PartyRole,
    Performance,
    PropertyStatus,
)
from portal.registry.lines import Line, UnreadableFile

# Unpacked; a workbook larger than this is no clerk's but an attack on the memory.
MOST_BYTES = 400 * 1024 * 1024
# Excel keeps fifteen digits of a number: what is longer has lost its last ones already.
EXACT = 10**15
EXAMPLE = "示例"
CASES = "案件"
YES = {"是": True, "否": False}
_DRAWN_TO = 5000


@dataclass(frozen=True)
class Column:
    """One column: its heading, its path within the case or entry, choices, an example.

    ``kind`` is ``text``, ``money``, ``count``, ``day``, ``moment`` or ``flag``.
    """

    title: str
    path: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    example: str = ""


def _words(vocabulary: Any) -> tuple[str, ...]:
    return tuple(str(word) for word in vocabulary)


_NUMBER = Column("案号", "case_number", example="示例：（2018）辽0803执123号")
SHEETS: dict[str, tuple[str, tuple[Column, ...]]] = {
    CASES: (
        "",
        (
            _NUMBER,
            Column("法院代码", "court", choices=tuple(court.code for court in COURTS)),
            Column("立案日期", "filed_on", "day", example="2018-03-01"),
            Column("案由", "cause", example="民间借贷纠纷"),
            Column("财产状况", "property_status", choices=_words(PropertyStatus)),
            Column("执行标的（元）", "amount_claimed", "money", example="50000.00"),
            Column("到位金额（元）", "amount_recovered", "money"),
            Column("执行依据文号", "basis.document_number"),
            Column("作出单位", "basis.issuing_body"),
            Column("确定的义务", "basis.obligation"),
            Column("承办人", "handler.name"),
            Column("承办人职务", "handler.title"),
            Column("公开级别", "disclosure.level", choices=_words(DisclosureLevel)),
            Column("不公开理由", "disclosure.reason"),
            Column("结案日期", "closing.closed_on", "day"),
            Column("结案方式", "closing.method"),
            Column("未履行金额（元）", "closing.amount_unpaid", "money"),
            Column("裁定内容", "closing.text"),
        ),
    ),
    "当事人": (
        "parties",
        (
            _NUMBER,
            Column("地位", "role", choices=_words(PartyRole)),
            Column("类型", "kind", choices=_words(PartyKind)),
            Column("姓名或名称", "name", example="张三（虚构）"),
            Column("性别", "sex", choices=("男", "女")),
            Column("出生日期", "birth_date", "day"),
            Column("未成年人", "minor", "flag", choices=tuple(YES)),
            Column("证件类型", "id_type"),
            Column("证件号码", "id_number"),
            Column("住址", "address"),
            Column("电话", "phone"),
            Column("法定代表人", "legal_representative"),
        ),
    ),
    "执行经过": (
        "events",
        (
            _NUMBER,
            Column("节点", "node", example="立案"),
            Column("时间", "at", "moment", example="2018-03-01T09:00:00"),
            Column("内容", "text"),
        ),
    ),
    "查控": (
        "property_controls",
        (
            _NUMBER,
            Column("类型", "kind", choices=_words(ControlKind)),
            Column("方式", "action", choices=_words(ControlAction)),
            Column("权利人", "owner"),
            Column("说明", "description"),
            Column("金额（元）", "amount", "money"),
            Column("起始日期", "from", "day"),
            Column("截止日期", "until", "day"),
        ),
    ),
    "措施": (
        "measures",
        (
            _NUMBER,
            Column("类型", "kind", choices=_words(MeasureKind)),
            Column("当事人", "party"),
            Column("决定日期", "decided_on", "day"),
            Column("发布日期", "published_from", "day"),
            Column("失信行为情形", "behaviour"),
            Column("履行情况", "performance", choices=_words(Performance)),
            Column("期限（月）", "term_months", "count"),
            Column("不得列入的情形", "exemption", choices=_words(Exemption)),
            Column("终止日期", "ended_on", "day"),
            Column("终止原因", "end_reason"),
        ),
    ),
    "拍卖": (
        "auctions",
        (
            _NUMBER,
            Column("标的编号", "lot"),
            Column("标题", "title"),
            Column("状态", "status", choices=_words(AuctionStatus)),
            Column("财产类型", "property_kind"),
            Column("平台", "platform"),
            Column("链接", "url"),
            Column("拍卖阶段", "round", choices=_words(AuctionRound)),
            Column("评估价（元）", "appraisal", "money"),
            Column("起拍价（元）", "starting_price", "money"),
            Column("开始时间", "starts_at", "moment"),
            Column("结束时间", "ends_at", "moment"),
            Column("成交价（元）", "final_price", "money"),
        ),
    ),
}


def read_workbook(path: Path) -> Iterator[Line]:
    """Yield every row of the first sheet as a record with the rows that belong to it.

    Rows of other sheets whose case is not on the first one come last, each as a line that
    says so. Raises UnreadableFile.
    """
    book = _open(path)
    try:
        entries = {
            title: _entries(book[title], title)
            for title in SHEETS
            if title != CASES and title in book.sheetnames
        }
        last = 1
        taken: set[str] = set()
        for row, written in _rows(book[CASES], CASES):
            last = row
            record, cells = _record(CASES, row, written)
            number = _key(written.get("case_number"))
            if number not in taken:
                taken.add(number)
                for title, found in entries.items():
                    _add_entries(record, cells, title, found.get(number, []))
            yield Line(row, record, cells=cells)
    finally:
        book.close()
    for title, found in entries.items():
        for number, rows in found.items():
            if number not in taken:
                for row, _ in rows:
                    last += 1
                    yield Line(last, None, f"“{title}”表第 {row} 行的案号在“案件”表中没有")


def blank_workbook() -> Workbook:
    """The empty workbook for clerks: headings, drop-downs and one row that is an example."""
    book = Workbook()
    book.remove(book.active)
    for title, (_, columns) in SHEETS.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "B2"
        for at, column in enumerate(columns, 1):
            letter = get_column_letter(at)
            heading = sheet.cell(1, at, column.title)
            heading.font = Font(bold=True)
            heading.fill = PatternFill("solid", start_color="DDE7F3")
            example = sheet.cell(2, at, column.example or next(iter(column.choices), None))
            example.font = Font(italic=True, color="808080")
            sheet.column_dimensions[letter].width = max(14, 2 * len(column.title) + 2)
            for cells in (sheet[f"{letter}2"], sheet.column_dimensions[letter]):
                cells.number_format = "@"
            if column.choices:
                rule = DataValidation("list", formula1=f'"{",".join(column.choices)}"')
                rule.add(f"{letter}2:{letter}{_DRAWN_TO}")
                sheet.add_data_validation(rule)
    return book


def _open(path: Path) -> Workbook:
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_BYTES:
                raise UnreadableFile("工作簿展开后过大，请改用 JSON Lines 文件")
        book = load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise UnreadableFile(
            "这是 Excel 或压缩文件，但无法作为工作簿打开，也不是 JSON Lines 文件"
        ) from None
    if CASES not in book.sheetnames:
        raise UnreadableFile("工作簿中没有“案件”表，请使用本页提供的空白工作簿")
    return book


def _rows(sheet: Any, title: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows that are not blank, and not the example, by the paths of their columns."""
    known = {column.title: column.path for column in SHEETS[title][1]}
    headings: list[str] = []
    for row, values in enumerate(sheet.iter_rows(values_only=True), 1):
        if row == 1:
            headings = [str(value or "").strip() for value in values]
            if _NUMBER.title not in headings:
                raise UnreadableFile(f"“{title}”表第一行应为表头，且须有“案号”一列")
            continue
        written = {
            # A column nobody knows is an unknown field: the line is refused, as in JSON.
            known.get(heading, heading): value
            for heading, value in zip(headings, values, strict=False)
            if heading
        }
        filled = any(value not in (None, "") for value in written.values())
        if filled and not str(written.get("case_number") or "").startswith(EXAMPLE):
            yield row, written


def _entries(sheet: Any, title: str) -> dict[str, list[tuple[int, dict[str, Any]]]]:
    found: defaultdict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for row, written in _rows(sheet, title):
        found[_key(written.pop("case_number", None))].append((row, written))
    return found


def _add_entries(
    record: dict[str, Any],
    cells: dict[str, str],
    title: str,
    rows: list[tuple[int, dict[str, Any]]],
) -> None:
    key = SHEETS[title][0]
    for at, (row, written) in enumerate(rows):
        entry, places = _record(title, row, written)
        record.setdefault(key, []).append(entry)
        cells |= {f"{key}[{at}].{path}": cell for path, cell in places.items()}


def _record(title: str, row: int, written: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """One row as an object, and the cell of each of its paths."""
    columns = {column.path: column for column in SHEETS[title][1]}
    record: dict[str, Any] = {}
    for path, value in written.items():
        if value in (None, ""):
            continue
        target, _, name = path.rpartition(".")
        place = record.setdefault(target, {}) if target else record
        place[name] = _value(value, columns[path].kind if path in columns else "text")
    letters = {column.path: get_column_letter(at) for at, column in enumerate(columns.values(), 1)}
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
