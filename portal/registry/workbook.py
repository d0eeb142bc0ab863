"""The exchange format as an Excel workbook: one sheet of cases, one sheet a kind of list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

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


NUMBER = Column("案号", "case_number", example="示例：（2018）辽0803执123号")
SHEETS: dict[str, tuple[str, tuple[Column, ...]]] = {
    CASES: (
        "",
        (
            NUMBER,
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
            NUMBER,
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
            NUMBER,
            Column("节点", "node", example="立案"),
            Column("时间", "at", "moment", example="2018-03-01T09:00:00"),
            Column("内容", "text"),
        ),
    ),
    "查控": (
        "property_controls",
        (
            NUMBER,
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
            NUMBER,
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
            NUMBER,
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
