"""``portal import``: good lines go in, bad ones are named, nothing is lost on the way."""

from __future__ import annotations

import gzip
import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

MEGABYTE = 1024 * 1024
KEYS = {"read", "added", "changed", "unchanged", "rejected", "errors", "warnings"}
Export = Callable[..., Path]
MakeRecord = Callable[..., dict[str, Any]]


def counts(report: dict[str, Any]) -> tuple[int, ...]:
    """(read, added, changed, unchanged, rejected)."""
    return tuple(report[key] for key in ("read", "added", "changed", "unchanged", "rejected"))


def numbers(portal: Any) -> list[str]:
    """Case numbers of the registry, in the order they came."""
    rows = portal.read("office/registry", "SELECT case_number FROM registry_case ORDER BY id")
    return [number for (number,) in rows]


def test_a_good_file_goes_in_whole(portal: Any, record: MakeRecord, export: Export) -> None:
    report = portal.json("import", str(export(record(1), record(2))))
    assert set(report) == KEYS
    assert counts(report) == (2, 2, 0, 0, 0)
    assert report["errors"] == report["warnings"] == []
    assert numbers(portal) == ["（2018）辽0803执1号", "（2018）辽0803执2号"]


def test_importing_again_changes_nothing(portal: Any, record: MakeRecord, export: Export) -> None:
    file = str(export(record(1), record(2)))
    portal.json("import", file)
    before = portal.read("office/registry", "SELECT * FROM registry_case")
    assert counts(portal.json("import", file)) == (2, 0, 0, 2, 0)
    assert portal.read("office/registry", "SELECT * FROM registry_case") == before


def test_a_newer_record_replaces_the_older_and_keeps_it(
    portal: Any, record: MakeRecord, export: Export
) -> None:
    portal.json("import", str(export(record(1), record(2))))
    newer = export(record(1, cause="买卖合同纠纷"), record(2), name="newer.jsonl")
    assert counts(portal.json("import", str(newer))) == (2, 0, 1, 1, 0)
    revisions = "SELECT revision FROM case_revision ORDER BY case_id, revision"
    assert portal.read("office/registry", revisions) == [(1,), (2,), (1,)]


def test_two_files_are_counted_together(portal: Any, record: MakeRecord, export: Export) -> None:
    first = export(record(1), name="a.jsonl")
    second = export(record(2), record(3), b"{", name="b.jsonl")
    report = portal.json("import", str(first), str(second), exit_code=1)
    assert counts(report) == (4, 3, 0, 0, 1)
    (error,) = report["errors"]
    assert (error["file"], error["line"]) == ("b.jsonl", 3)


def test_a_zipped_file_goes_in_as_it_is(
    portal: Any, record: MakeRecord, export: Export, tmp_path: Path
) -> None:
    zipped = tmp_path / "export.jsonl.gz"
    zipped.write_bytes(gzip.compress(export(record(1), record(2)).read_bytes()))
    assert counts(portal.json("import", str(zipped))) == (2, 2, 0, 0, 0)


def a_line_of(megabytes: int) -> bytes:
    return b'{"case_number": "' + b"x" * (megabytes * MEGABYTE) + b'"}'


BAD_LINES: dict[str, tuple[Callable[[dict[str, Any]], Any], str, str]] = {
    "cut off": (
        lambda record: json.dumps(record, ensure_ascii=False).encode()[:90],
        "（整行）",
        "不是完整的 JSON",
    ),
    "wrong date": (lambda r: r | {"filed_on": "2018-02-30"}, "filed_on", "须为真实日期"),
    "date in another order": (lambda r: r | {"filed_on": "01/03/2018"}, "filed_on", "YYYY-MM-DD"),
    "impossible court": (lambda r: r | {"court": "京0101"}, "court", "不是本平台的法院代码"),
    "court of another number": (
        lambda r: r | {"court": "辽0811"},
        "（整行）",
        "法院代码与案号中的法院不符",
    ),
    "no case number": (lambda r: r | {"case_number": "甲乙丙"}, "case_number", "案号无法识别"),
    "missing field": (
        lambda r: {key: value for key, value in r.items() if key != "filed_on"},
        "filed_on",
        "缺少必填项",
    ),
    "unknown field": (lambda r: r | {"vip": True}, "vip", "交换格式中没有这个字段"),
    "unknown field of a party": (
        lambda r: r | {"parties": [r["parties"][0] | {"wechat": "x"}]},
        "parties[0].wechat",
        "交换格式中没有这个字段",
    ),
    "money as a float": (lambda r: r | {"amount_claimed": 0.1}, "amount_claimed", "十进制文字"),
    "not an object": (lambda _: b"null", "（整行）", "每行应是一个 JSON 对象"),
    "not UTF-8": (lambda _: "被执行人".encode("gb18030"), "（整行）", "不是 UTF-8 编码"),
    "not a number of JSON": (lambda _: b'{"amount_claimed": NaN}', "（整行）", "数字无效"),
    "a field twice": (lambda _: b'{"court": 1, "court": 2}', "（整行）", "重复的字段"),
    "nested without end": (lambda _: b"[" * 100_000, "（整行）", "嵌套过深"),
    "nine megabytes": (lambda _: a_line_of(9), "（整行）", "超过 8 MB"),
}


@pytest.mark.parametrize("kind", BAD_LINES)
def test_a_bad_line_is_named_and_everything_else_goes_in(
    portal: Any, record: MakeRecord, export: Export, kind: str
) -> None:
    spoil, field, message = BAD_LINES[kind]
    file = export(record(1), spoil(record(2)), record(3))
    report = portal.json("import", str(file), exit_code=1)
    assert counts(report) == (3, 2, 0, 0, 1)
    (error,) = report["errors"]
    assert set(error) == {"file", "line", "cell", "case_number", "field", "message"}
    assert (error["file"], error["line"], error["field"]) == ("export.jsonl", 2, field)
    assert message in error["message"]
    assert numbers(portal) == ["（2018）辽0803执1号", "（2018）辽0803执3号"]


def test_a_report_never_repeats_what_it_rejects(
    portal: Any, record: MakeRecord, export: Export
) -> None:
    secret = "秦椒榕18940710002"
    wrong = record(1, filed_on=secret, court=secret, case_number=secret, cause=[secret])
    result = portal("import", str(export(wrong)))
    assert result.exit_code == 1
    assert secret not in result.output


def test_a_file_cut_off_in_the_middle_of_a_line_keeps_its_whole_lines(
    portal: Any, record: MakeRecord, export: Export
) -> None:
    file = export(*map(record, range(1, 6)))
    content = file.read_bytes()
    file.write_bytes(content[: len(content) - 200])
    report = portal.json("import", str(file), exit_code=1)
    assert counts(report) == (5, 4, 0, 0, 1)
    assert report["errors"][0]["line"] == 5


def test_a_zipped_file_cut_off_in_the_middle_keeps_its_whole_lines(
    portal: Any, record: MakeRecord, export: Export, tmp_path: Path
) -> None:
    # Noise in the text keeps gzip from packing everything into one block at the end.
    lines = [record(n, cause=os.urandom(200).hex()) for n in range(1, 400)]
    whole = gzip.compress(export(*lines).read_bytes())
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(whole[: len(whole) // 2])
    report = portal.json("import", str(cut), exit_code=1)
    assert 100 < report["added"] < 300
    assert "压缩文件不完整" in report["errors"][-1]["message"]
    assert counts(report) == (report["added"] + 1, report["added"], 0, 0, 1)


OTHER_FORMATS = {
    "workbook": (b"PK\x03\x04\x14\x00\x06\x00", "Excel"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "二进制文件"),
    "UTF-16": ("{}".encode("utf-16"), "UTF-16"),
    "array": (b'[{"case_number": 1}]', "JSON 数组"),
    "table": ("案号,法院\n1,2\n".encode(), "没有找到 JSON 对象"),
    "zipped array": (gzip.compress(b"[1, 2]"), "JSON 数组"),
}


@pytest.mark.parametrize("kind", OTHER_FORMATS)
def test_a_file_of_another_format_is_named_and_leaves_no_trace(
    portal: Any, tmp_path: Path, kind: str
) -> None:
    content, message = OTHER_FORMATS[kind]
    file = tmp_path / "upload.dat"
    file.write_bytes(content)
    report = portal.json("import", str(file), exit_code=1)
    assert counts(report) == (0, 0, 0, 0, 0)
    (error,) = report["errors"]
    assert (error["file"], error["line"]) == ("upload.dat", 0)
    assert message in error["message"]
    assert portal.read("office/registry", "SELECT count(*) FROM import_run") == [(0,)]
    assert portal.read("office/registry", "SELECT count(*) FROM audit_entry") == [(0,)]


@pytest.mark.parametrize(("name", "message"), [("none.jsonl", "没有这个文件"), (".", "文件夹")])
def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    portal: Any, record: MakeRecord, export: Export, tmp_path: Path, name: str, message: str
) -> None:
    report = portal.json("import", str(tmp_path / name), str(export(record(1))), exit_code=1)
    assert counts(report) == (1, 1, 0, 0, 0)
    assert message in report["errors"][0]["message"]


def test_a_duplicate_is_a_warning_and_the_later_line_counts(
    portal: Any, record: MakeRecord, export: Export
) -> None:
    file = export(record(1), record(1, cause="买卖合同纠纷"))
    report = portal.json("import", str(file))
    assert counts(report) == (2, 1, 1, 0, 0)
    (warning,) = report["warnings"]
    assert (warning["line"], warning["case_number"]) == (2, "（2018）辽0803执1号")
    assert "不止一次" in warning["message"]
    (content,) = portal.read("office/registry", "SELECT content FROM registry_case")
    assert json.loads(content[0])["cause"] == "买卖合同纠纷"


def test_a_doubtful_record_goes_in_with_a_warning(
    portal: Any, record: MakeRecord, export: Export
) -> None:
    doubtful = record(1)
    doubtful["parties"][0] |= {"id_type": "居民身份证", "id_number": "210803198003070012"}
    report = portal.json("import", str(export(doubtful)))
    assert counts(report) == (1, 1, 0, 0, 0)
    assert report["warnings"]


def test_the_words_of_the_report_name_file_line_and_field(
    portal: Any, record: MakeRecord, export: Export, tmp_path: Path
) -> None:
    file = export(record(1), record(2, filed_on="昨天"))
    result = portal("import", str(file), str(tmp_path / "none.jsonl"))
    assert result.exit_code == 1
    assert result.stdout.startswith("读取 2 行：新增 1，更新 0，未变 0，退回 1")
    assert "export.jsonl 第 2 行 filed_on：" in result.stderr
    assert "none.jsonl：文件无法读取" in result.stderr


def peak_memory(portal: Any, file: Path) -> tuple[int, dict[str, Any]]:
    """Import in a process of its own: its peak memory in bytes, and its report."""
    process = portal.spawn("import", str(file), "--json")
    output = process.stdout.read()
    _, _, usage = os.wait4(process.pid, 0)
    process.stdout.close()
    process.stderr.close()
    return usage.ru_maxrss * 1024, json.loads(output)


def test_a_line_of_two_hundred_megabytes_takes_no_memory(
    portal: Any, record: MakeRecord, export: Export, tmp_path: Path
) -> None:
    usual, _ = peak_memory(portal, export(record(1), record(2)))
    monster = tmp_path / "monster.jsonl"
    with monster.open("wb") as file:
        file.write(json.dumps(record(3)).encode() + b"\n" + a_line_of(1)[:-2])
        file.seek(200 * MEGABYTE, os.SEEK_CUR)
        file.write(b'"}\n' + json.dumps(record(4)).encode() + b"\n")
    peak, report = peak_memory(portal, monster)
    assert counts(report) == (3, 2, 0, 0, 1)
    (error,) = report["errors"]
    assert (error["line"], "超过 8 MB" in error["message"]) == (2, True)
    assert len(numbers(portal)) == 4
    assert peak - usual < 64 * MEGABYTE


REGISTRY_CONTENT = {
    "cases": "SELECT case_number, court, filed_on, revision, digest, content, withdrawn_reason"
    " FROM registry_case ORDER BY id",
    "revisions": "SELECT case_id, revision, digest, content FROM case_revision ORDER BY id",
    "problems": "SELECT line, case_number, field, warning, message FROM import_problem ORDER BY id",
    "runs": "SELECT file_digest, state, lines_done, read, added, changed, unchanged, rejected"
    " FROM import_run",
    "acts": "SELECT act, subject FROM audit_entry ORDER BY id",
}


def test_an_import_that_was_killed_goes_on_where_it_stopped(
    portal: Any, bare: Any, record: MakeRecord, export: Export, tmp_path: Path
) -> None:
    lines: list[Any] = [record(n) for n in range(1, 1001)]
    # A line that is wrong, one that comes twice, and one that is doubtful, among the many.
    lines[250] = b'{"case_number": '
    lines[500] = record(5, cause="买卖合同纠纷")
    lines[750]["court"] = "辽0811"
    file = export(*lines)

    process = portal.spawn("import", str(file), "--json")
    done = "SELECT coalesce(max(lines_done), 0) FROM import_run"
    while process.poll() is None and portal.read("office/registry", done)[0][0] < 200:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert 200 <= portal.read("office/registry", done)[0][0] < 1000

    resumed = portal.json("import", str(file), exit_code=1)
    assert counts(resumed) == (1000, 997, 1, 0, 2)

    straight = type(portal)(tmp_path / "straight")
    straight("init")
    uninterrupted = straight.json("import", str(file), exit_code=1)
    assert resumed == uninterrupted
    for query in REGISTRY_CONTENT.values():
        assert portal.read("office/registry", query) == straight.read("office/registry", query)
