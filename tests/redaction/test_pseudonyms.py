"""The same person the same shown name; different persons never the same one (art. 9)."""

from __future__ import annotations

import pytest

from redaction.names.pseudonyms import assign

ROWS: list[tuple[list[list[str]], frozenset[str], dict[str, str], str]] = [
    ([["张伟"]], frozenset(), {"张伟": "张某"}, "one of the name"),
    ([["张伟"], ["张丽华"]], frozenset(), {"张伟": "张某1", "张丽华": "张某2"}, "two collide"),
    ([["欧阳翀灏"]], frozenset(), {"欧阳翀灏": "欧阳某"}, "compound family name"),
    ([["欧阳翀灏"], ["欧文"]], frozenset(), {"欧阳翀灏": "欧阳某", "欧文": "欧某"}, "no collision"),
    ([["张伟", "张大伟"]], frozenset(), {"张伟": "张某", "张大伟": "张某"}, "a former name"),
    ([["阿依古丽·买买提"]], frozenset(), {"阿依古丽·买买提": "阿某"}, "art. 9(二)"),
    ([["John Smith"]], frozenset(), {"John Smith": "J"}, "art. 9(三), Latin letters"),
    ([["张伟"]], frozenset({"张某"}), {"张伟": "张某1"}, "the text already has a 张某"),
    ([["张伟"]], frozenset({"张某1"}), {"张伟": "张某2"}, "and a 张某1"),
    ([["张伟"], ["张伟"]], frozenset(), {"张伟": "张某"}, "said twice, one person"),
]


@pytest.mark.parametrize(("people", "taken", "expected", "why"), ROWS)
def test_assigns(people, taken, expected, why: str) -> None:
    assert dict(assign(people, taken).shown) == expected, why
