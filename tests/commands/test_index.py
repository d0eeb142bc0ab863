"""``portal index``: rebuild, sync and check the search index against the public store."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

NUMBER = "（2018）辽0803执123号"
SOUND = {"missing": 0, "stale": 0, "repaired": False}


def test_after_a_publication_index_and_store_agree(published: Any) -> None:
    assert published.json("index", "check") == SOUND
    assert "已同步 0 项" in published("index", "sync").stdout


def test_a_rebuilt_index_answers_as_before(published: Any) -> None:
    before = published.json("search", NUMBER)
    result = published("index", "rebuild")
    assert result.exit_code == 0, result.output
    assert "共 6 项" in result.stdout
    assert published.json("search", NUMBER) == before
    assert published.json("index", "check") == SOUND


def test_a_lost_index_is_missed_and_rebuilt(published: Any) -> None:
    shutil.rmtree(published.home / "public" / "index")
    for command in (("search", NUMBER), ("index", "check")):
        refused = published(*command)
        assert refused.exit_code == 1
        assert refused.stderr.startswith("Error: ") and "Traceback" not in refused.output
    assert published("index", "rebuild").exit_code == 0
    assert published.json("index", "check") == SOUND


def test_a_lost_index_is_filled_from_the_outbox_as_well(published: Any) -> None:
    shutil.rmtree(published.home / "public" / "index")
    assert published("index", "sync").exit_code == 0
    assert published.json("index", "check") == SOUND


@pytest.mark.parametrize(
    ("statement", "difference"),
    [
        ("DELETE FROM public_auction", {"missing": 0, "stale": 1}),
        ("UPDATE public_debtor SET id = 'anotherentry0001'", {"missing": 1, "stale": 1}),
    ],
    ids=["row gone", "row renamed"],
)
def test_a_difference_is_counted_both_ways_and_repaired(
    published: Any, statement: str, difference: dict[str, int]
) -> None:
    published.write("public/disclosure", statement)
    assert published.json("index", "check", exit_code=1) == {**difference, "repaired": False}
    assert published.json("index", "check", "--repair") == {**difference, "repaired": True}
    assert published.json("index", "check") == SOUND


def test_the_difference_is_said_in_words(published: Any) -> None:
    published.write("public/disclosure", "DELETE FROM public_auction")
    result = published("index", "check")
    assert result.exit_code == 1
    assert result.stdout == "索引缺少 0 项，多出 1 项\n"


def test_an_index_that_is_damaged_is_named_not_trusted(published: Any) -> None:
    for path in (published.home / "public" / "index").rglob("*"):
        if path.is_file() and path.stat().st_size:
            path.write_bytes(b"\x00" * 64)
    for command in (("search", NUMBER), ("index", "check"), ("index", "sync")):
        result = published(*command)
        assert result.exit_code == 1
        assert "Traceback" not in result.output
    assert published("index", "rebuild").exit_code == 0
    assert published.json("index", "check") == SOUND
