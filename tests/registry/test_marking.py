"""What was wrong with a file is marked in it, and nothing in the marked file can run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy.orm import Session, sessionmaker

from portal.registry import marking
from portal.registry.intake import import_file
from portal.registry.lines import UnreadableFile, check_format
from portal.registry.marking import AUTHOR, DOUBTFUL, LIST, WRONG, mark_file
from portal.registry.queries import all_problems
from portal.registry.workbook import SHEETS, blank_workbook

NUMBER = "（2018）辽0803执123号"
Mark = Callable[[Path], Workbook]


@pytest.fixture
def mark(registry: sessionmaker[Session], tmp_path: Path) -> Mark:
    """Import a file and open its marked workbook."""

    def import_and_mark(source: Path) -> Workbook:
        report = import_file(registry, source, name=source.name, actor="clerk")
        target = tmp_path / "marked.xlsx"
        mark_file(source, all_problems(registry, report.run_id), target)
        return load_workbook(target)

    return import_and_mark


def workbook(path: Path, **case: Any) -> Path:
    book = blank_workbook()
    row = {"案号": NUMBER, "法院代码": "辽0803", "立案日期": "二月三十", "公开级别": "公开"} | case
    book["案件"].append([row.get(column.title) for column in SHEETS["案件"][1]])
    book["当事人"].append([NUMBER, "被执行人", "自然人", "秦椒", None, "三月"])
    book["当事人"]["B3"].comment = None
    book.save(path)
    return path


def test_a_clerks_own_workbook_comes_back_with_its_wrong_cells_marked(
    tmp_path: Path, mark: Mark
) -> None:
    book = mark(workbook(tmp_path / "cases.xlsx"))
    wrong = book["案件"]["C3"]
    assert (wrong.value, wrong.fill.start_color.rgb) == ("二月三十", WRONG.start_color.rgb)
    assert wrong.comment.author == AUTHOR
    assert "立案日期：日期应写作 YYYY-MM-DD" in wrong.comment.text
    assert book["当事人"]["F3"].comment.text.startswith("当事人 1 出生日期：")
    assert book["案件"]["B3"].comment is None
    # What he wrote and how the sheet looks is as it was.
    assert book["案件"]["A2"].value.startswith("示例")
    assert book["案件"].data_validations.dataValidation
    listed = [row[1].value for row in book[LIST].iter_rows(min_row=2)]
    assert {"案件!C3", "当事人!F3"} <= set(listed)


def test_a_corrected_workbook_starts_clean(tmp_path: Path, mark: Mark) -> None:
    first = tmp_path / "first.xlsx"
    book = mark(workbook(tmp_path / "cases.xlsx"))
    book["案件"]["C3"] = "2018-03-01"
    book["当事人"]["D3"].comment = None
    book.save(first)
    again = mark(first)
    assert again["案件"]["C3"].comment is None
    assert again["案件"]["C3"].fill.fill_type is None
    assert again["当事人"]["F3"].comment.text.count("出生日期") == 1
    assert again.sheetnames.count(LIST) == 1


def test_formulas_become_what_they_came_to_and_texts_stay_texts(tmp_path: Path, mark: Mark) -> None:
    path = workbook(tmp_path / "cases.xlsx", 案由="=1+1", 作出单位="+cmd|' /C calc'!A0")
    book = mark(path)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_lines_of_json_become_rows_with_their_problems_marked(
    export: Callable[..., Path], record: Callable[..., Any], mark: Mark
) -> None:
    hostile = record(
        case_number="（2018）辽0803执124号", cause="=HYPERLINK(1)", filed_on="x", unknown_field="1"
    )
    hostile["parties"][1]["birth_date"] = "三月"
    book = mark(export(record(), hostile, b'{"broken', record(disclosure=None)))
    cases = book["案件（核对）"]
    titles = [cell.value for cell in cases[1]]
    rows = {row[0].value: dict(zip(titles, row, strict=True)) for row in cases.iter_rows(min_row=2)}
    # A line with nothing to say about it is left out.
    assert set(rows) == {2, 3, 4}
    assert "日期" in rows[2]["立案日期"].comment.text
    assert rows[2]["立案日期"].fill.start_color.rgb == WRONG.start_color.rgb
    assert (rows[2]["案由"].value, rows[2]["案由"].data_type) == ("=HYPERLINK(1)", "s")
    assert "unknown_field：交换格式中没有这个字段" in rows[2]["案号"].comment.text
    assert "不是完整的 JSON" in rows[3]["案号"].comment.text
    assert rows[4]["公开级别"].fill.start_color.rgb == DOUBTFUL.start_color.rgb
    parties = list(book["当事人（核对）"].iter_rows(min_row=2))
    marked = [cell.value for row in parties for cell in row if cell.comment]
    assert marked == ["三月"]


def test_a_workbook_of_rows_cannot_be_imported_in_the_place_of_its_file(
    export: Callable[..., Path], record: Callable[..., Any], mark: Mark, tmp_path: Path
) -> None:
    mark(export(record(filed_on="x", related_cases=["（2018）辽0803执9号"])))
    with pytest.raises(UnreadableFile, match="没有“案件”表"):
        check_format(tmp_path / "marked.xlsx")


def test_a_workbook_too_large_to_be_held_becomes_one_of_its_rows(
    tmp_path: Path, mark: Mark, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "MOST_HELD", 10)
    book = mark(workbook(tmp_path / "cases.xlsx"))
    assert "案件（核对）" in book.sheetnames
    assert "案件" not in book.sheetnames


def test_what_no_workbook_can_hold_is_left_out(export: Callable[..., Path], mark: Mark) -> None:
    line = json.dumps({"case_number": "\x00\ud800\x0b" + "长" * 40_000, "\ud800\x01": 1})
    book = mark(export(line.encode()))
    assert book["案件（核对）"]["B2"].value.startswith("长")
