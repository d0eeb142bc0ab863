"""``portal redact``: lines in, masked lines out, with no store and no instance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

KINDS = {
    "person", "id_number", "phone", "bank_card", "bank_account", "license_plate", "vehicle",
    "passport", "travel_permit", "address", "email", "social_account", "property_certificate",
    "birth_date", "health", "minor", "other",
}  # fmt: skip
KEYS = {"kind", "start", "end", "replacement", "score", "reason"}

LINES = [
    "被执行人秦椒榕，电话１３９０４１７０００１，身份证210803198003070012。",
    "",
    "二〇一八年三月一日，本院立案执行（2018）辽0803执123号一案。",
    "\ufeff第三行𠮷🙂，邮箱 qin@example.com，秦椒榕到庭。",
    "　　全角空格开头：189 4071 0002　",
    "一行里有\u2028行分隔符和\x85，电话13904170001",
    '{"text": "看起来像 JSON 的一行，电话 13904170001"}',
]


def ask(portal: Any, *arguments: str, text: str | bytes) -> list[str]:
    """Masked lines of the text, by line feeds alone."""
    result = portal("redact", *arguments, input=text)
    assert result.exit_code == 0, result.output
    return result.stdout_bytes.decode("utf-8").removesuffix("\n").split("\n")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_line_becomes_one_object_whose_offsets_fit_the_line(bare: Any, end: str) -> None:
    text = "".join(line + end for line in LINES)
    answers = ask(bare, "--json", "--party", "秦椒榕", text=text)
    assert len(answers) == len(LINES)
    for line, answer in zip(LINES, map(json.loads, answers), strict=True):
        assert set(answer) == {"text", "findings"}
        rebuilt, done = "", 0
        for finding in answer["findings"]:
            assert set(finding) == KEYS
            assert finding["kind"] in KINDS
            assert done <= finding["start"] < finding["end"] <= len(line)
            assert 0 < finding["score"] <= 1
            rebuilt += line[done : finding["start"]] + finding["replacement"]
            done = finding["end"]
        assert rebuilt + line[done:] == answer["text"]


def test_what_was_found_is_named_by_kind_and_place(bare: Any) -> None:
    (answer,) = ask(bare, "--json", "--party", "秦椒榕", text=LINES[0])
    findings = json.loads(answer)["findings"]
    found = {finding["kind"]: LINES[0][finding["start"] : finding["end"]] for finding in findings}
    assert found == {
        "person": "秦椒榕",
        "phone": "１３９０４１７０００１",
        "id_number": "210803198003070012",
    }


def test_without_json_the_masked_lines_come_back(bare: Any) -> None:
    masked = ask(bare, "--party", "秦椒榕", text="被执行人秦椒榕\n电话13904170001\n")
    assert masked[0] == "被执行人秦某"
    assert "1390417" not in masked[1]
    assert len(masked) == 2


def test_every_named_party_is_masked_and_keeps_a_pseudonym_of_its_own(bare: Any) -> None:
    names = ("--party", "秦椒榕", "--party", "秦小米", "--party", "欧阳甘棠")
    (masked,) = ask(bare, *names, text="秦椒榕、秦小米与欧阳甘棠到庭。")
    for name in ("秦椒榕", "秦小米", "欧阳甘棠", "椒榕", "小米", "甘棠"):
        assert name not in masked
    assert "欧阳" in masked
    first, second = masked.split("与")[0].split("、")
    assert first != second


def test_a_name_that_begins_with_a_dash_is_still_a_name(bare: Any) -> None:
    assert "-json" not in ask(bare, "--party", "-json", text="当事人-json到庭")[0]


def test_lines_come_from_files_one_after_another(bare: Any, tmp_path: Path) -> None:
    for name, text in (("a.txt", "电话13904170001\n"), ("-b.txt", "没有换行的末行")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    lines = ask(bare, "--", str(tmp_path / "a.txt"), str(tmp_path / "-b.txt"), text="")
    assert lines == ["电话×××", "没有换行的末行"]


def test_bytes_that_are_no_text_neither_stop_it_nor_hide_what_follows(bare: Any) -> None:
    garbage = "电话13904170001".encode() + b"\xff\xfe 18940710002\n" + "第二行\n".encode()
    first, second = map(json.loads, ask(bare, "--json", text=garbage))
    assert [finding["kind"] for finding in first["findings"]] == ["phone", "phone"]
    assert second == {"text": "第二行", "findings": []}


@pytest.mark.parametrize("name", ["nothing.txt", "."])
def test_a_file_that_cannot_be_read_is_named(bare: Any, tmp_path: Path, name: str) -> None:
    result = bare("redact", str(tmp_path / name))
    assert result.exit_code == 1
    assert str(tmp_path / name).rstrip("/.") in result.stderr
    assert "Traceback" not in result.stderr


def test_no_instance_is_made_and_none_is_needed(bare: Any) -> None:
    ask(bare, "--json", text="电话13904170001")
    assert not bare.home.exists()


def test_the_registry_is_not_asked_even_where_there_is_one(published: Any) -> None:
    (published.home / "office" / "registry.db").write_bytes(b"broken")
    assert ask(published, text="电话13904170001") == ["电话×××"]
