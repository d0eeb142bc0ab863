"""A workbook becomes the same records as lines of JSON, and problems name their cells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.registry import workbook_reader
from portal.registry.intake import import_file
from portal.registry.lines import UnreadableFile, check_format, read_lines
from portal.registry.models import RegistryCase
from portal.registry.overview import look_over
from portal.registry.workbook import SHEETS, blank_workbook

NUMBER = "（2018）辽0803执123号"
CASE = {
    "案号": NUMBER,
    "法院代码": "辽0803",
    "立案日期": datetime(2018, 3, 1),
    "执行标的（元）": 50000.5,
    "公开级别": "公开",
}


def write(path: Path, **sheets: list[dict[str, Any]]) -> Path:
    book: Workbook = blank_workbook()
    for title, rows in sheets.items():
        columns = [column.title for column in SHEETS[title][1]]
        for row in rows:
            book[title].append([row.get(name) for name in columns])
    book.save(path)
    return path


def test_rows_of_all_sheets_become_one_record(
    tmp_path: Path, registry: sessionmaker[Session]
) -> None:
    party = {"地位": "被执行人", "类型": "自然人", "姓名或名称": "秦椒", "电话": 18940710002}
    event = {"节点": "立案", "时间": datetime(2018, 3, 1, 9), "内容": "立案执行。"}
    path = write(
        tmp_path / "cases.xlsx",
        案件=[CASE],
        # The number in another written form still finds its case.
        当事人=[{"案号": "(2018)辽0803执123号", "未成年人": "否"} | party],
        执行经过=[{"案号": NUMBER} | event],
        措施=[
            {"案号": NUMBER, "类型": "失信", "当事人": "秦椒", "决定日期": "2018-05-02"}
            | {"期限（月）": "24"}
        ],
    )
    report = import_file(registry, path, name=path.name, actor="clerk")
    assert [problem.message for problem in report.errors] == []
    with registry() as session:
        content = session.scalars(select(RegistryCase)).one().content
    assert (content["filed_on"], content["amount_claimed"]) == ("2018-03-01", "50000.5")
    assert content["parties"][0]["phone"] == "18940710002"
    assert content["parties"][0]["minor"] is False
    assert content["events"][0]["at"].startswith("2018-03-01T09:00:00")
    assert content["measures"][0]["term_months"] == 24
    assert look_over(path).lines == 3


def test_problems_name_row_and_cell(tmp_path: Path, registry: sessionmaker[Session]) -> None:
    path = write(
        tmp_path / "cases.xlsx",
        案件=[CASE, CASE | {"案号": "（2018）辽0803执124号", "立案日期": "二月三十"}],
        当事人=[
            # Sixteen digits and more as a number: Excel has lost the end of it.
            {
                "案号": NUMBER,
                "地位": "被执行人",
                "类型": "自然人",
                "姓名或名称": "秦椒",
                "证件号码": 210800197501056454,
            },
            {"案号": "（2018）辽0803执999号", "姓名或名称": "无主"},
        ],
    )
    report = import_file(registry, path, name=path.name, actor="clerk")
    found = {(problem.line, problem.cell, problem.message) for problem in report.errors}
    assert (3, "当事人!I3", "应为文字") in found
    assert (4, "案件!C4", "日期应写作 YYYY-MM-DD") in found
    assert any(
        cell == "当事人!A4" and "“当事人”表第 4 行的案号" in message for _, cell, message in found
    )
    assert (report.read, report.rejected) == (3, 3)


def test_the_blank_workbook_holds_no_case_and_offers_what_the_format_knows(
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "blank.xlsx")
    assert list(read_lines(path)) == []
    book = load_workbook(path)
    assert book.sheetnames == list(SHEETS)
    offered = [rule.formula1 for rule in book["案件"].data_validations.dataValidation]
    assert '"公开,不公开"' in offered
    assert all(len(formula) <= 255 for formula in offered), "Excel refuses longer lists"


@pytest.mark.parametrize("sheet", [None, "别的表"])
def test_another_workbook_is_refused_in_words(tmp_path: Path, sheet: str | None) -> None:
    book, path = Workbook(), tmp_path / "other.xlsx"
    book.active.title = sheet or "案件"  # type: ignore[union-attr]
    book.active.append(["甲", "乙"])  # type: ignore[union-attr]
    book.save(path)
    with pytest.raises(UnreadableFile, match="表"):
        list(read_lines(path))


def test_a_column_nobody_knows_refuses_its_rows(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.xlsx", 案件=[CASE])
    book = load_workbook(path)
    book["案件"].cell(1, 30, "备注")
    book["案件"].cell(3, 30, "不可公开")
    book.save(path)
    assert "备注" in (next(iter(read_lines(path))).record or {})


def test_a_cell_is_named_by_the_column_it_stands_in_however_columns_are_ordered(
    tmp_path: Path, registry: sessionmaker[Session]
) -> None:
    path, book = tmp_path / "cases.xlsx", Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "案件"
    sheet.append(["立案日期", "法院代码", "案号"])
    sheet.append(["二月三十", "辽0803", NUMBER])
    book.save(path)
    report = import_file(registry, path, name=path.name, actor="clerk")
    assert [(problem.cell, problem.field) for problem in report.errors] == [("案件!A2", "filed_on")]


def test_a_case_on_two_rows_keeps_its_parties_in_the_version_that_counts(
    tmp_path: Path, registry: sessionmaker[Session]
) -> None:
    party = {"案号": NUMBER, "地位": "被执行人", "类型": "自然人", "姓名或名称": "秦椒"}
    path = write(tmp_path / "cases.xlsx", 案件=[CASE, CASE | {"案由": "借款"}], 当事人=[party])
    import_file(registry, path, name=path.name, actor="clerk")
    with registry() as session:
        content = session.scalars(select(RegistryCase)).one().content
    assert (content["cause"], content["parties"][0]["name"]) == ("借款", "秦椒")


def repack(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The same workbook with one packed part rewritten by hand."""
    with ZipFile(path) as packed:
        parts = {each.filename: packed.read(each) for each in packed.infolist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, change(content) if name == part else content)
    return path


BOMBS = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 12))
HOSTILE = {
    "an extent nobody filled": lambda xml: xml.replace(b"<sheetData>", b"<sheetData>").replace(
        b'ref="A1:R3"', b'ref="A1:XFD1048576"'
    ),
    "a cut sheet": lambda xml: xml[: len(xml) // 2],
    "entities in entities": lambda xml: (
        b'<!DOCTYPE x [<!ENTITY e0 "lol">'
        + BOMBS
        + b"]>"
        + xml.replace(b"<sheetData>", b"<sheetData><!--&e11;--><row><c><v>&e11;</v></c></row>")
    ),
    "a number that is none": lambda xml: xml.replace(b'r="3"', b'r="x"'),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_read_or_refused_in_words(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "cases.xlsx", 案件=[CASE])
    repack(path, "xl/worksheets/sheet1.xml", HOSTILE[name])
    try:
        found = list(read_lines(path))
    except UnreadableFile as refused:
        assert "工作簿" in str(refused)
    else:
        assert [line.record["case_number"] for line in found if line.record] == [NUMBER]


@pytest.mark.parametrize(
    ("limit", "words"), [("MOST_BYTES", "过大"), ("MOST_TEXT", "过大"), ("MOST_ROWS", "行，请分成")]
)
def test_a_workbook_larger_than_the_memory_it_may_take_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, words: str
) -> None:
    path = write(tmp_path / "cases.xlsx", 案件=[CASE], 当事人=[{"案号": NUMBER}] * 3)
    monkeypatch.setattr(workbook_reader, limit, 2)
    with pytest.raises(UnreadableFile, match=words):
        list(read_lines(path))


def test_more_columns_than_any_sheet_of_ours_has_are_not_passed_over(tmp_path: Path) -> None:
    path, book = tmp_path / "cases.xlsx", Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "案件"
    sheet.append(["案号", *(f"列{n}" for n in range(200))])
    book.save(path)
    with pytest.raises(UnreadableFile, match="列"):
        check_format(path)
