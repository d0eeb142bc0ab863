"""Finding names that are known, however they are spaced."""

from __future__ import annotations

import pytest

from redaction.names.known import NameFinder

ROWS = [
    (["乔涵烨"], "被执行人乔涵烨到庭", ["乔涵烨"], "plain"),
    (["乔涵烨"], "乔 涵\u00b7烨", ["乔 涵\u00b7烨"], "blank and middle dot between"),
    (["乔涵烨"], "乔涵\n烨", ["乔涵\n烨"], "over a line break"),
    (["乔涵烨"], "乔涵，烨", [], "a comma ends a word"),
    (["张伟", "张伟明"], "张伟明、张伟", ["张伟明", "张伟"], "the longest name at each place"),
    (["阿依古丽·买买提"], "阿依古丽买买提", ["阿依古丽买买提"], "the dot left out"),
    (["John Smith"], "JOHN SMITH到庭", ["JOHN SMITH"], "Latin letters in capitals"),
    (["Li"], "Liaoning", [], "no part of a longer Latin word"),
    (["X"], "X", [], "one character is no name"),
    ([], "张伟", [], "nobody is known"),
]


@pytest.mark.parametrize(("names", "text", "found", "why"), ROWS)
def test_finds(names: list[str], text: str, found: list[str], why: str) -> None:
    assert [text[start:end] for start, end, _ in NameFinder(names).find(text)] == found, why


def test_returns_the_name_as_it_was_given() -> None:
    ((_, _, name),) = NameFinder(["乔·涵烨"]).find("乔涵烨")
    assert name == "乔·涵烨"
