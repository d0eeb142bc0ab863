"""The filter: lines in, lines or JSON out, whatever bytes come."""

from __future__ import annotations

import io
import json
import subprocess
import sys

from redaction import Redactor
from redaction.filter import run


def objects(redactor: Redactor, lines: list[str], parties: tuple[str, ...] = ()) -> list[dict]:
    out = io.StringIO()
    assert run(lines, out, redactor, parties, as_json=True) == len(lines)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_becomes_one_object(redactor: Redactor) -> None:
    first, second = objects(redactor, ["电话13844120537\n", "无\n"])
    assert first["text"] == "电话×××"
    assert first["findings"][0] | {"reason": ""} == {
        "kind": "phone", "start": 2, "end": 13, "replacement": "×××", "score": 0.98, "reason": ""
    }  # fmt: skip
    assert second == {"text": "无", "findings": []}


def test_windows_line_ends_are_not_part_of_the_text(redactor: Redactor) -> None:
    assert objects(redactor, ["电话13844120537\r\n"])[0]["text"] == "电话×××"


def test_named_parties_are_masked(redactor: Redactor) -> None:
    (line,) = objects(redactor, ["渔家乐的海生"], parties=("海生",))
    assert line["text"] == "渔家乐的海某"


def test_other_line_separators_stay_inside_the_line(redactor: Redactor) -> None:
    (line,) = objects(redactor, ["一\u2028二\x0b三\n"])
    assert line["text"] == "一\u2028二\x0b三"


def test_bytes_that_are_no_utf8_do_not_stop_the_filter() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "redaction", "--json", "--party", "海生"],
        input="\ufeff海生\n".encode() + b"\xff\xfe 13844120537\r\n\n" + "末行".encode(),
        capture_output=True,
        check=True,
    )
    texts = [json.loads(line)["text"] for line in done.stdout.decode("utf-8").splitlines()]
    assert texts == ["海某", "\ufffd\ufffd ×××", "", "末行"]


def test_a_missing_file_is_said_and_fails() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "redaction", "nowhere.txt"], capture_output=True, check=False
    )
    assert done.returncode == 1
    assert "找不到文件" in done.stderr.decode("utf-8")
