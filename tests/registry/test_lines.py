"""Reading files: whatever arrives is answered in bounded memory and plain words."""

from __future__ import annotations

import gzip
import io

import pytest

from portal.registry import lines
from portal.registry.lines import UnreadableFile, read_lines

GOOD = b'{"a": 1}'


def test_blank_lines_are_passed_over_but_counted(export):
    path = export(GOOD, b"", b"  ", GOOD)
    assert [line.number for line in read_lines(path)] == [1, 4]


def test_a_byte_order_mark_does_no_harm(export):
    assert next(read_lines(export(b"\xef\xbb\xbf" + GOOD))).record == {"a": 1}


BAD_LINES = [
    # (line, words of the message)
    (b'{"a": 1', "不是完整的 JSON"),
    (b'["a"]', "JSON 对象"),
    (b"\xff\xfe\xfd", "UTF-8"),
    (b'{"a": NaN}', "数字无效"),
    (b'{"a": 1, "a": 2}', "重复的字段"),
    (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "JSON"),
    (b'{"a": ' + b"9" * 5_000 + b"}", "JSON"),
]


@pytest.mark.parametrize(("bad", "words"), BAD_LINES)
def test_a_bad_line_is_reported_and_the_next_one_read(export, bad, words):
    first, broken, last = read_lines(export(GOOD, bad, GOOD))
    assert first.record == last.record == {"a": 1}
    assert broken.record is None
    assert words in broken.problem


def test_a_line_longer_than_any_case_is_walked_over(export, monkeypatch):
    monkeypatch.setattr(lines, "MAX_LINE", 1000)
    monkeypatch.setattr(lines, "_CHUNK", 64)
    monster = b'{"a": "' + b"x" * 100_000 + b'"}'
    first, broken, last = read_lines(export(GOOD, monster, GOOD))
    assert (first.number, broken.number, last.number) == (1, 2, 3)
    assert broken.record is None
    assert last.record == {"a": 1}


OTHER_FORMATS = [
    (b"PK\x03\x04....", "Excel"),
    ("案号,法院\n1,2\n".encode("utf-16"), "UTF-16"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "二进制"),
    (b"[\n" + GOOD, "数组"),
    ("案号,法院\n".encode(), "没有找到 JSON 对象"),
]


@pytest.mark.parametrize(("content", "words"), OTHER_FORMATS)
def test_a_file_of_another_format_is_refused_whole(tmp_path, content, words):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=words):
        list(read_lines(path))


def test_gzip_is_read_and_a_cut_one_says_where_it_ended(tmp_path):
    # Random-looking lines, so that the cut falls inside the compressed stream.
    content = b"\n".join(b'{"a": "%x"}' % (n * 2654435761 % 2**64) for n in range(5_000))
    packed = gzip.compress(content)
    path = tmp_path / "export.jsonl.gz"
    path.write_bytes(packed)
    assert sum(1 for _ in read_lines(path)) == 5_000

    path.write_bytes(packed[: len(packed) // 2])
    *whole, last = read_lines(path)
    assert whole
    assert all(line.record for line in whole[:-1])
    assert "不完整" in last.problem


def test_gzip_of_another_format_is_refused_too(tmp_path):
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb") as handle:
        handle.write(b"[1, 2]")
    path = tmp_path / "file.gz"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(UnreadableFile, match="数组"):
        list(read_lines(path))
