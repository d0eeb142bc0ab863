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
_CHUNK = 1024 * 1024
_WORKBOOK = b"PK\x03\x04"


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


def count_lines(path: Path) -> int:
    """Number of the file's last line; of a damaged gzip file, of what can be read."""
    with path.open("rb") as raw:
        head = raw.read(4)
        if head == _WORKBOOK:
            return max((line.number for line in read_lines(path)), default=0)
        zipped = head.startswith(b"\x1f\x8b")
        raw.seek(0)
        stream: IO[bytes] = gzip.open(raw, "rb") if zipped else raw  # noqa: SIM115
        ends, last = 0, b"\n"
        while chunk := _next_chunk(stream):
            ends, last = ends + chunk.count(b"\n"), chunk[-1:]
        return ends + (last != b"\n")


def _next_chunk(stream: IO[bytes]) -> bytes:
    try:
        return stream.read(_CHUNK)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        # read_lines says so at the line where it happens.
        return b""


def check_format(path: Path) -> None:
    """Raise UnreadableFile where the file is of another format; reads its beginning only."""
    next(read_lines(path), None)


def read_lines(path: Path) -> Iterator[Line]:
    """Yield every line that is not blank.

    Raises UnreadableFile where the file is of another format. A gzip file cut off in
    the middle yields all whole lines, then one line that says so.
    """
    with path.open("rb") as raw:
        head = raw.read(4096)
        raw.seek(0)
        if head.startswith(_WORKBOOK):
            # Here, because a workbook's rows are lines themselves.
            from portal.registry.workbook import read_workbook

            yield from read_workbook(path)
            return
        zipped = head.startswith(b"\x1f\x8b")
        if not zipped:
            _check_head(head)
        stream: IO[bytes] = gzip.open(raw, "rb") if zipped else raw  # noqa: SIM115
        yield from _read_stream(stream, zipped)


def _check_head(head: bytes) -> None:
    if head.startswith(b"PK\x03\x04"):
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
    number = 0
    while True:
        number += 1
        try:
            raw, too_long = _read_line(stream)
        except (EOFError, OSError, zlib.error) as error:
            if not zipped:
                raise
            kind = type(error).__name__
            yield Line(number, None, f"压缩文件不完整或已损坏，其后的内容没有读到（{kind}）")
            return
        if not raw and not too_long:
            return
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
            if zipped:
                _check_head(raw[:4096])
        if too_long:
            yield Line(number, None, f"这一行超过 {MAX_LINE // 1024 // 1024} MB，不是一个案件")
        elif raw.strip():
            yield _parse(number, raw)


def _read_line(stream: IO[bytes]) -> tuple[bytes, bool]:
    raw = stream.readline(MAX_LINE + 1)
    if len(raw) <= MAX_LINE:
        return raw, False
    # Walk to the end of the monster without keeping it.
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(_CHUNK)
    return b"", True


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
