"""Reads an exchange file line by line in bounded memory, whatever the file really is."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

# A case of a court with thousands of events stays far below this; a longer line is no case.
MAX_LINE = 8 * 1024 * 1024
# A million cases stay below this; what unpacks to more is an attack on the machine's time.
MOST_UNPACKED = 8 * 1024**3
_CHUNK = 1024 * 1024
_HEAD = 4096
_WORKBOOK = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
# The box old Excel files come in, and new ones that are locked with a password.
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


class UnreadableFile(Exception):
    """The file as a whole is not an exchange file; the message says why, in Chinese."""


@dataclass(frozen=True)
class Line:
    """One line: its number from 1 and either the JSON object or what is wrong with it."""

    number: int
    record: dict[str, Any] | None
    problem: str = ""
    # In a workbook: the cell of each path of the record, "当事人!F7".
    cells: Mapping[str, str] = field(default_factory=dict)


def file_digest(path: Path) -> str:
    """SHA-256 of the file's bytes: the same file taken up again continues its run."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def is_workbook(path: Path) -> bool:
    """Whether the file is packed as a workbook is."""
    with path.open("rb") as raw:
        return raw.read(len(_WORKBOOK)) == _WORKBOOK


def check_format(path: Path) -> None:
    """Raise UnreadableFile where the file is of another format; reads its beginning only."""
    with path.open("rb") as raw:
        head = raw.read(_HEAD)
        if head.startswith(_WORKBOOK):
            # Here, because a workbook's rows are lines themselves.
            from portal.registry.workbook_reader import check_workbook

            check_workbook(path)
            return
        if head.startswith(_GZIP):
            raw.seek(0)
            try:
                with gzip.open(raw, "rb") as unpacked:
                    head = unpacked.read(_HEAD)
            except (EOFError, OSError, zlib.error):
                raise UnreadableFile("压缩文件已损坏，无法解压，请重新导出") from None
        _check_head(head)


def read_lines(path: Path) -> Iterator[Line]:
    """Yield every line that is not blank.

    Raises UnreadableFile where the file is of another format. A gzip file cut off in
    the middle yields all whole lines, then one line that says so.
    """
    with path.open("rb") as raw:
        head = raw.read(_HEAD)
        raw.seek(0)
        if head.startswith(_WORKBOOK):
            from portal.registry.workbook_reader import read_workbook

            yield from read_workbook(path)
            return
        zipped = head.startswith(_GZIP)
        if not zipped:
            _check_head(head)
        stream: IO[bytes] = gzip.open(raw, "rb") if zipped else raw  # noqa: SIM115
        yield from _read_stream(stream, zipped)


def _check_head(head: bytes) -> None:
    if head.startswith(_OLD_OFFICE):
        raise UnreadableFile(
            "这是旧版 Excel（.xls）或设有密码的工作簿，请另存为不设密码的 .xlsx 文件后再上传"
        )
    if head.startswith(_WORKBOOK):
        raise UnreadableFile("这是 Excel 或压缩文件，不是 JSON Lines 文件")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile("文件是 UTF-16 编码，请另存为 UTF-8 后再导入")
    if b"\x00" in head:
        raise UnreadableFile("这是二进制文件，不是 JSON Lines 文件")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"["):
        raise UnreadableFile("文件是一个 JSON 数组；请改为每行一个案件（JSON Lines）")
    if text and not text.startswith(b"{") and b"{" not in text:
        raise UnreadableFile("文件不是 JSON Lines 格式：没有找到 JSON 对象")


def _read_stream(stream: IO[bytes], zipped: bool) -> Iterator[Line]:
    number, room = 0, MOST_UNPACKED
    while True:
        number += 1
        try:
            raw, too_long, room = _read_line(stream, room)
        except (EOFError, OSError, zlib.error) as error:
            if not zipped:
                raise
            kind = type(error).__name__
            yield Line(number, None, f"压缩文件不完整或已损坏，其后的内容没有读到（{kind}）")
            return
        if not raw and not too_long:
            return
        if room < 0:
            raise UnreadableFile(f"文件内容超过 {MOST_UNPACKED // 1024**3} GB，请分成几个文件导入")
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
            if zipped:
                _check_head(raw[:_HEAD])
        if too_long:
            yield Line(number, None, f"这一行超过 {MAX_LINE // 1024 // 1024} MB，不是一个案件")
        elif raw.strip():
            yield _parse(number, raw)


def _read_line(stream: IO[bytes], room: int) -> tuple[bytes, bool, int]:
    """The next line, whether it was too long to keep, and the room that is left in the file."""
    raw = stream.readline(MAX_LINE + 1)
    room -= len(raw)
    if len(raw) <= MAX_LINE:
        return raw, False, room
    # Walk to the end of the monster without keeping it.
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(_CHUNK)
        room -= len(raw)
        if room < 0:
            break
    return b"", True, room


def _parse(number: int, raw: bytes) -> Line:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return Line(number, None, "这一行不是 UTF-8 编码")
    try:
        value = json.loads(text, object_pairs_hook=_unique_keys, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        return Line(number, None, f"不是完整的 JSON（第 {error.colno} 个字符处）")
    except RecursionError:
        return Line(number, None, "JSON 嵌套过深")
    except ValueError as error:
        return Line(number, None, f"JSON 内容有误：{error}")
    if not isinstance(value, dict):
        return Line(number, None, "每行应是一个 JSON 对象")
    return Line(number, value)


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("同一对象中有重复的字段")
    return result


def _no_constant(_name: str) -> Any:
    raise ValueError("数字无效")
