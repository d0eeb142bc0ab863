"""Where names end: given names are an open class, what follows them is nearly closed."""

from __future__ import annotations

import pytest

from redaction.names.boundary import read_name

ENDS = [
    ("石瀚溦的妻子", "石瀚溦", "a function word follows"),
    ("尹莲名下的房屋", "尹莲", "a word of procedure follows a short name"),
    ("吴琰浛送达执行通知书", "吴琰浛", "rare characters belong to the name"),
    ("王强于判决生效后", "王强", "于 with what follows is no given name"),
    ("欧阳翀灏到庭", "欧阳翀灏", "compound family name"),
    ("司马迁到庭", "司马迁", "compound family name, one given character"),
    ("于海，男", "于海", "punctuation"),
    ("张伟", "张伟", "the end of the text"),
]


@pytest.mark.parametrize(("text", "name", "why"), ENDS)
def test_reads_a_name_to_its_end(text: str, name: str, why: str) -> None:
    span = read_name(text, 0)
    assert span is not None, why
    assert text[span.start : span.end] == name, why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("送达执行", "送 is no family name"),
        ("张的", "的 is in no given name"),
        ("张，", "nothing follows"),
        ("张某", "masked already"),
        ("", "no text"),
    ],
)
def test_reads_nothing(text: str, why: str) -> None:
    assert read_name(text, 0) is None, why
